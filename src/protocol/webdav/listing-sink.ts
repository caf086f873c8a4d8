import type { Failure } from "../../core/failure";
import { parseDigits } from "../../core/http/text";
import type { Url } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { CloudListing } from "../../ports/cloud-folder";
import type { BodySink, HttpResponse } from "../../ports/http";
import { Listing } from "./listing";

/** 20,000 files with the longest names, as the wordiest server lists them. */
const MOST_BYTES = 24 * 1024 * 1024;

const TOO_LONG = failure<Failure>({ reason: "rejected", detail: `a listing of more than ${MOST_BYTES} bytes` });

/** Reads a listing while it arrives: what is kept of it is the names. */
export class ListingSink implements BodySink {
  private listing: Listing;
  private bytes = 0;

  /** @param root of the folder, with a slash at its end */
  constructor(private readonly root: Url) {
    this.listing = new Listing(root);
  }

  /** May be called again: what was lost on one connection begins anew on the next. */
  begin(status: number, headers: HttpResponse["headers"]): Result<boolean, Failure> {
    this.listing = new Listing(this.root);
    this.bytes = 0;
    const announced = parseDigits(headers["content-length"] ?? "") ?? 0;
    return announced > MOST_BYTES ? TOO_LONG : success(status === 207);
  }

  write(bytes: string): Result<true, Failure> {
    this.bytes += bytes.length;
    if (this.bytes > MOST_BYTES) return TOO_LONG;
    this.listing.push(bytes);
    const problem = this.listing.problem();
    return problem === undefined ? success(true) : failure(problem);
  }

  /** All of it came. */
  end(): Result<CloudListing, Failure> {
    return this.listing.end();
  }
}
