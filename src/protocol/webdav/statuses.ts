import type { Failure, Reason } from "../../core/failure";
import { retryAfter } from "../../core/http/dates";
import type { EpochSeconds } from "../../core/units";
import type { HttpResponse } from "../../ports/http";

const REASONS: Readonly<Record<number, Reason>> = {
  401: "auth",
  403: "forbidden",
  404: "missing",
  405: "unsupported",
  408: "busy",
  // The folder that it should go to is not there (RFC 4918, 9.7.1).
  409: "missing",
  410: "missing",
  412: "conflict",
  423: "busy",
  425: "busy",
  429: "busy",
  501: "unsupported",
  503: "busy",
  507: "disk",
  // RFC 6585, 6: whoever stands between wants the reader to sign in.
  511: "portal",
};

function reasonOf(status: number): Reason {
  const known = REASONS[status];
  if (known !== undefined) return known;
  if (status >= 500) return "server";
  return status >= 400 ? "rejected" : "garbled";
}

/** Whether it is a page for people. Of a 2xx that is somebody else's answer; servers explain their 4xx and 201 with pages. */
export function isPage({ headers }: HttpResponse): boolean {
  return (headers["content-type"] ?? "").toLowerCase().startsWith("text/html");
}

/** What a status that is not the one we hoped for means. `disk` names the server, which is what has no room. */
export function failureOf(response: HttpResponse, at: string, now: EpochSeconds): Failure {
  const { status, headers, stranger } = response;
  const reason = reasonOf(status);
  const pause = retryAfter(headers, now);
  return {
    reason: reason === "missing" && stranger !== undefined ? "garbled" : reason,
    detail: `status ${status}${isPage(response) ? ", a page" : ""}`,
    at,
    ...(pause === undefined ? {} : { retryAfter: pause }),
    ...(stranger === undefined ? {} : { movedTo: stranger }),
  };
}
