import type { Failure } from "../../core/failure";
import { failure, type Result } from "../../core/result";
import type { BodySink, HttpResponse } from "../../ports/http";
import { type DavEntry, MultistatusReader } from "./multistatus";
import { failureOf, isPage } from "./statuses";
import type { DavRequest, WebDavClient } from "./webdav-client";

/** Only what is used: an ETag that tells one version from another exists on half of the servers (docs/sdr-servers.md). */
const QUESTION =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop></propfind>';
/** Of one thing. */
const ENTRY_BYTES = 64 * 1024;

/** Requests of which the answer is what was asked for, or else a failure. */
export class WebDavVerbs {
  constructor(private readonly client: WebDavClient) {}

  /** An answer with one of these statuses. A 200 that is a page for people is somebody else's. */
  send(request: DavRequest, good: readonly number[]): Result<HttpResponse, Failure> {
    const answer = this.client.send(request);
    if (!answer.ok) return this.fail(answer.failure);
    const { status, stranger } = answer.value;
    if (status >= 300 || status < 200) {
      return good.includes(status) ? answer : this.fail(failureOf(answer.value, request.url, this.client.wire.now()));
    }
    if (good.includes(status) && (status !== 200 || !isPage(answer.value))) return answer;
    const detail = `status ${status}, but no answer of a WebDAV server`;
    const movedTo = stranger === undefined ? {} : { movedTo: stranger };
    return this.fail({ reason: "garbled", detail, at: request.url, ...movedTo });
  }

  /** PROPFIND. */
  find(url: string, depth: "0" | "1", more: { maxBytes: number; into?: BodySink }): Result<HttpResponse, Failure> {
    // lighttpd answers 415 to a question that is not said to be XML.
    const headers = { Depth: depth, "Content-Type": "application/xml; charset=utf-8" };
    return this.send({ method: "PROPFIND", url, headers, body: QUESTION, ...more }, [207]);
  }

  /** One thing as the server tells of it; `missing` when it is not there. */
  look(url: string): Result<DavEntry, Failure> {
    const answer = this.find(url, "0", { maxBytes: ENTRY_BYTES });
    if (!answer.ok) return answer;
    const entries: DavEntry[] = [];
    const reader = new MultistatusReader(entry => {
      entries.push(entry);
      return undefined;
    });
    reader.push(answer.value.body);
    reader.end();
    const [first] = entries;
    const detail = reader.problem();
    if (detail !== undefined) return this.fail({ reason: "garbled", detail, at: url });
    return first === undefined ? failure({ reason: "missing", at: url }) : { ok: true, value: first };
  }

  fail(found: Failure): Result<never, Failure> {
    return failure(this.client.explain(found));
  }
}
