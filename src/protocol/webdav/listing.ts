import { isCloudName } from "../../core/cloud-name";
import type { Failure } from "../../core/failure";
import type { Url } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { CloudFile, CloudListing } from "../../ports/cloud-folder";
import { placeOfUrl, readHref } from "./hrefs";
import { type DavEntry, MultistatusReader } from "./multistatus";

/** Forty files for each device are the most that compaction leaves: this is five hundred devices. */
const MOST_FILES = 20_000;

interface Found extends CloudFile {
  readonly host: string;
}

/**
 * What a server's answer to PROPFIND says of the files in one folder. Hrefs are never followed: only names are taken from them, of
 * things that lie in this folder itself, on the host that was asked or on what the server takes for its own name.
 */
export class Listing {
  private readonly reader = new MultistatusReader(entry => this.take(entry));
  private readonly found: Found[] = [];
  private readonly names = new Set<string>();
  private others = 0;
  /** What the server calls its host where it lists the folder itself. */
  private ownHost: string | undefined;
  private readonly host: string;
  private readonly path: string;
  private isTooMuch = false;

  /** @param root of the folder, with a slash at its end */
  constructor(root: Url) {
    const { host, folder, name } = placeOfUrl(root);
    this.host = host;
    this.path = name === "" ? folder : `${folder}${name}/`;
  }

  push(bytes: string): void {
    this.reader.push(bytes);
  }

  /** Why this is no listing that is taken, as soon as that is known. */
  problem(): Failure | undefined {
    const detail = this.reader.problem();
    if (detail === undefined) return undefined;
    return { reason: this.isTooMuch ? "rejected" : "garbled", detail };
  }

  end(): Result<CloudListing, Failure> {
    this.reader.end();
    const problem = this.problem();
    if (problem !== undefined) return failure(problem);
    // Of another folder, then: that ours is empty is not said.
    if (this.ownHost === undefined)
      return failure({ reason: "garbled", detail: "the folder is not in its own listing" });
    const files = this.found.filter(({ host }) => this.isOwn(host));
    const foreign = this.found.length - files.length;
    return success({ files: files.map(({ host: _, ...file }) => file), others: this.others + foreign });
  }

  private isOwn(host: string): boolean {
    return host === "" || host === this.host || host === this.ownHost;
  }

  private take({ href, isFolder, size }: DavEntry): string | undefined {
    const { host, folder, name } = readHref(href);
    if (`${folder}${name}/` === this.path || (name === "" && folder === this.path)) this.ownHost ??= host;
    else if (folder !== this.path || isFolder || href.endsWith("/") || !isCloudName(name)) this.others += 1;
    else if (!this.names.has(name)) {
      this.names.add(name);
      this.found.push({ name, host, ...(size === undefined ? {} : { size }) });
    }
    this.isTooMuch = this.found.length + this.others > MOST_FILES;
    return this.isTooMuch ? `more than ${MOST_FILES} files` : undefined;
  }
}
