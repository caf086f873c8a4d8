import http = require("socket.http");
import ltn12 = require("ltn12");
import type { Failure, Reason } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import type { Http, HttpRequest, HttpResponse } from "../ports/http";
import { trustedRoots } from "./trusted-roots";

/** Connecting, and every wait for the next piece. The worker's own deadline bounds the whole. */
const WAIT_SECONDS = 10;
/** No answer of a library API is larger. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
const TOO_LARGE = "answer too large";

/** What LuaSocket, LuaSec and the C library say, and what it means. The first text that occurs decides. */
const REASONS: readonly (readonly [text: string, reason: Reason])[] = [
  ["timeout", "timeout"],
  ["wantread", "timeout"],
  ["certificate", "tls"],
  ["refused", "refused"],
  ["unreachable", "offline"],
  ["No route", "offline"],
  ["not known", "dns"],
  ["name resolution", "dns"],
  ["host not found", "dns"],
  ["closed", "server"],
];

function failureOf(problem: string): Failure {
  for (const [text, reason] of REASONS) {
    if (problem.includes(text)) return { reason, detail: problem };
  }
  return { reason: "garbled", detail: problem };
}

/** Collects an answer up to the size that we accept. */
function boundedSink(chunks: string[]): LuaSocket.Sink {
  let received = 0;
  return chunk => {
    if (chunk === undefined) return $multi(1);
    received += chunk.length;
    if (received > LARGEST_ANSWER_BYTES) return $multi(undefined, TOO_LARGE);
    chunks.push(chunk);
    return $multi(1);
  };
}

function send(request: HttpRequest): Result<HttpResponse, Failure> {
  const chunks: string[] = [];
  const headers: Record<string, string | number> = { ...request.headers };
  // Without a length LuaSocket sends a body in chunks, which small servers refuse.
  if (request.body !== undefined) headers["Content-Length"] = request.body.length;
  const [sent, status, answerHeaders] = http.request({
    url: request.url,
    method: request.method,
    headers,
    sink: boundedSink(chunks),
    redirect: false,
    ...(request.body !== undefined ? { source: ltn12.source.string(request.body) } : {}),
    ...(request.url.startsWith("https:") ? { verify: "peer", cafile: trustedRoots(), protocol: "any" } : {}),
  });
  if (sent === undefined) return failure(failureOf(tostring(status)));
  return success({ status, headers: answerHeaders, body: chunks.join("") });
}

/** LuaSocket, for a worker only: it may change the timeout of its copy of KOReader for good. */
export const blockingHttp: Http = {
  send: request => {
    http.TIMEOUT = WAIT_SECONDS;
    return send(request);
  },
};
