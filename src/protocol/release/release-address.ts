import type { Failure, Reason } from "../../core/failure";
import { FILE_DEADLINES } from "../../core/http/deadlines";
import { LARGEST_RELEASE, type Release, RELEASE_FILE } from "../../core/release";
import { failure, type Result, success } from "../../core/result";
import type { BodySink, HttpResponse } from "../../ports/http";
import type { Releases } from "../../ports/server";
import type { Wire } from "../wire";
import { checked } from "./checked";

const IN_THE_OPEN: Failure = { reason: "tls", detail: "a release address has to be https" };

/**
 * Any place of the web with a `release.json` and the package beside it. It is public: no key goes there, so that a redirect to
 * another host, as hosting services make them, is followed; never one away from https.
 */
export class ReleaseAddress implements Releases {
  /** @param base with a slash at its end */
  constructor(
    private readonly base: string,
    private readonly wire: Pick<Wire, "http" | "json">,
  ) {}

  newest(): Result<Release | undefined, Failure> {
    const sent = this.get(RELEASE_FILE, LARGEST_RELEASE);
    if (!sent.ok) return sent;
    const body = this.wire.json.decode(sent.value.body);
    return body.ok ? checked(body.value) : failure({ reason: "garbled", detail: body.failure });
  }

  fetch(release: Release, into: BodySink): Result<true, Failure> {
    const { name, bytes } = release.package;
    const sent = this.get(name, bytes, into);
    if (!sent.ok) return sent;
    const { isStreamed, headers, body } = sent.value;
    if (isStreamed === true) return success(true);
    // Another host answers, or what is no package.
    const begun = into.begin(200, headers);
    if (!begun.ok) return begun;
    return begun.value ? into.write(body) : failure({ reason: "garbled", detail: "no package" });
  }

  private get(name: string, maxBytes: number, into?: BodySink): Result<HttpResponse, Failure> {
    if (!this.base.startsWith("https://")) return failure(IN_THE_OPEN);
    const sent = this.wire.http.send({
      method: "GET",
      url: `${this.base}${name}`,
      headers: { Accept: "*/*" },
      maxBytes,
      ...(into === undefined ? {} : { into, deadlines: FILE_DEADLINES }),
    });
    if (!sent.ok || sent.value.status === 200) return sent;
    return failure({ reason: reasonOf(sent.value.status), detail: `status ${sent.value.status}` });
  }
}

function reasonOf(status: number): Reason {
  if (status === 404 || status === 410) return "missing";
  if (status === 429 || status === 503) return "busy";
  return status >= 500 ? "server" : "garbled";
}
