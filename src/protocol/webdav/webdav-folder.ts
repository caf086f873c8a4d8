import { isCloudName } from "../../core/cloud-name";
import type { Failure } from "../../core/failure";
import { parseUrl } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { CloudFolder, CloudListing } from "../../ports/cloud-folder";
import { ListingSink } from "./listing-sink";
import { makeFolders } from "./webdav-root";
import type { DavRequest, WebDavClient } from "./webdav-client";
import { WebDavVerbs } from "./webdav-verbs";

/** Room for what a server says instead of a file. */
const PAGE_BYTES = 64 * 1024;

/** A folder below an account's address. */
export class WebDavFolder implements CloudFolder {
  private readonly verbs: WebDavVerbs;
  /** From the account's address down to the folder. */
  private readonly urls: readonly string[];
  private readonly root: string;

  /**
   * @param address the account's
   * @param path below it, not encoded, such as `Books/Ribbon`; parts that lead nowhere or upwards are left out
   */
  constructor(
    private readonly client: WebDavClient,
    address: string,
    path: string,
  ) {
    this.verbs = new WebDavVerbs(client);
    const urls = [address.endsWith("/") ? address : `${address}/`];
    for (const part of path.split("/").filter(each => each !== "" && each !== "." && each !== ".."))
      urls.push(`${urls[urls.length - 1] ?? ""}${client.wire.encode(part)}/`);
    this.urls = urls;
    this.root = urls[urls.length - 1] ?? "";
  }

  list(): Result<CloudListing, Failure> {
    const url = parseUrl(this.root);
    if (!url.ok) return failure({ reason: "unsupported", detail: url.failure, at: this.root });
    const listing = new ListingSink(url.value);
    const answer = this.verbs.find(this.root, "1", { maxBytes: PAGE_BYTES, into: listing });
    if (!answer.ok) return answer;
    const read = listing.end();
    return read.ok ? read : this.verbs.fail(read.failure);
  }

  get(name: string, maxBytes: number): Result<string, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    // What is asked for is the file, not a version of it that a server would pack for browsers.
    const headers = { "Accept-Encoding": "identity" };
    const most = Math.max(maxBytes, PAGE_BYTES);
    const answer = this.verbs.send({ method: "GET", url: `${this.root}${name}`, headers, maxBytes: most }, [200]);
    if (!answer.ok) return answer;
    const { body } = answer.value;
    if (body.length <= maxBytes) return success(body);
    return failure({ reason: "garbled", detail: `larger than ${maxBytes} bytes`, at: this.root });
  }

  put(name: string, bytes: string): Result<true, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    const url = `${this.root}${name}`;
    // No If-None-Match: two servers ignore it, Koofr answers 405 to it and Tomcat 400.
    const headers = { "Content-Type": "application/octet-stream" };
    const answer = this.verbs.send({ method: "PUT", url, headers, body: bytes }, [200, 201, 204]);
    if (answer.ok) return success(true);
    return answer.failure.sent === true && this.isThere(url, bytes.length) ? success(true) : answer;
  }

  delete(name: string): Result<true, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    const request: DavRequest = { method: "DELETE", url: `${this.root}${name}`, headers: {} };
    const first = this.verbs.send(request, [200, 204, 404, 410]);
    // To delete twice is to delete; a kept connection may have ended under the first.
    const answer = !first.ok && first.failure.sent === true ? this.verbs.send(request, [200, 204, 404, 410]) : first;
    return answer.ok ? success(true) : answer;
  }

  makeRoot(): Result<true, Failure> {
    return makeFolders(this.verbs, this.urls);
  }

  close(): void {
    this.client.wire.http.close?.();
  }

  /** Whether a file arrived of which that was not said. A part of it has another length. */
  private isThere(url: string, size: number): boolean {
    const found = this.verbs.look(url);
    return found.ok && !found.value.isFolder && found.value.size === size;
  }
}

const notOurs = (name: string): Result<never, Failure> =>
  failure({ reason: "unsupported", detail: `the name ${name.slice(0, 40)} is none of ours` });
