import type { Failure, Reason } from "../../core/failure";
import { type Release, RELEASE_FILE } from "../../core/release";
import { failure, type Result, success } from "../../core/result";
import type { BodySink } from "../../ports/http";
import type { Releases } from "../../ports/server";
import { checked } from "../release/checked";
import type { TomeClient } from "./tome-client";

/** Below `/api`, with the plugin's key. */
const FOLDER = "/ribbon/release";
/** A Tome has no such address: some versions say so, others answer with their web page. */
const NOT_OFFERED: readonly Reason[] = ["missing", "unsupported", "garbled"];

/** Shelf hands Ribbon out, too (docs/shelf-api.md); a Tome does not, which is no failure. */
export class ShelfReleases implements Releases {
  constructor(private readonly client: TomeClient) {}

  newest(): Result<Release | undefined, Failure> {
    const answer = this.client.get(`${FOLDER}/${RELEASE_FILE}`);
    if (answer.ok) return checked(answer.value.body);
    const { reason, movedTo, sent } = answer.failure;
    const isOwnAnswer = movedTo === undefined && sent !== true;
    return isOwnAnswer && NOT_OFFERED.includes(reason) ? success(undefined) : answer;
  }

  fetch(release: Release, into: BodySink): Result<true, Failure> {
    const answer = this.client.fetch(`${FOLDER}/${release.package.name}`, {}, into);
    if (!answer.ok) return answer;
    return answer.value.isStreamed === true ? success(true) : failure({ reason: "garbled", detail: "no package" });
  }
}
