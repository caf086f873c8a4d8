import type { Failure } from "../../core/failure";
import { AnswerReader, HEAD_LIMITS } from "../../core/http/answer";
import { Timer, USUAL_DEADLINES } from "../../core/http/deadlines";
import { decideRedirect } from "../../core/http/redirect";
import { requestHead } from "../../core/http/request-head";
import { originOf, parseUrl, type Url } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { EpochSeconds, Seconds } from "../../core/units";
import type { Http, HttpRequest, HttpResponse } from "../../ports/http";
import { exchange, type Lost } from "./exchange";
import { TlsContexts } from "./handshake";
import { KeptStream } from "./kept-stream";
import { openRoute, type Proxy } from "./route";
import type { TrustBase } from "./secure";
import type { Stream } from "./stream";

/** No answer of a library API is larger. */
const USUAL_MAX_BYTES = 16 * 1024 * 1024;

/** What the client needs of the device. */
export interface Surroundings {
  /** Only ever goes forward. */
  monotonic(): Seconds;
  /** What the device takes for the time. */
  now(): EpochSeconds;
  /** A file of certificate authorities, if the device has any. */
  roots(): string | undefined;
  proxy(): Result<Proxy | undefined, string>;
  userAgent(): string;
}

/** Sending these again changes nothing more than sending them once. */
const REPEATABLE: readonly HttpRequest["method"][] = ["GET", "PUT", "PROPFIND", "MKCOL"];

/** HTTP/1.1 with one connection at a time, for a worker: every call blocks, but never beyond its deadlines. */
export class HttpClient implements Http {
  private readonly kept = new KeptStream();
  private readonly base: TrustBase;

  constructor(private readonly around: Surroundings) {
    this.base = { contexts: new TlsContexts(), roots: () => around.roots(), now: () => around.now() };
  }

  send(request: HttpRequest): Result<HttpResponse, Failure> {
    const url = parseUrl(request.url);
    if (!url.ok) return failure({ reason: "unsupported", detail: url.failure });
    const timer = new Timer(() => this.around.monotonic(), { ...USUAL_DEADLINES, ...request.deadlines });
    return this.follow(request, url.value, timer, 0);
  }

  close(): void {
    this.kept.close();
  }

  /** @param stranger where another host than the caller's is asked, because a redirect led there */
  private follow(
    request: HttpRequest,
    url: Url,
    timer: Timer,
    hops: number,
    stranger?: string,
  ): Result<HttpResponse, Failure> {
    const answer = this.ask(request, url, timer);
    if (!answer.ok) return stranger === undefined ? answer : failure(strayed(answer.failure, stranger));
    const redirect = decideRedirect(request, url, answer.value, hops);
    if (redirect.kind === "none") return success(stranger === undefined ? answer.value : { ...answer.value, stranger });
    if (redirect.kind === "refuse") return failure(redirect.failure);
    const next = redirect.isStranger || stranger !== undefined ? originOf(redirect.url) : undefined;
    return this.follow(redirect.request, redirect.url, timer, hops + 1, next);
  }

  /** One request to one place, on the kept connection if it leads there. */
  private ask(request: HttpRequest, url: Url, timer: Timer): Result<HttpResponse, Failure> {
    const proxy = this.around.proxy();
    if (!proxy.ok) return failure({ reason: "offline", detail: `the proxy: ${proxy.failure}` });
    const head = requestHead(request, url, this.around.userAgent(), url.scheme === "http" ? proxy.value : undefined);
    if (!head.ok) return failure({ reason: "unsupported", detail: `the header ${head.failure} cannot be sent` });
    const bytes = `${head.value}${request.body ?? ""}`;
    const key = `${originOf(url)} ${request.trust?.pin ?? ""} ${proxy.value?.host ?? ""} ${proxy.value?.port ?? ""}`;
    const kept = this.kept.take(key, this.around.monotonic());
    if (kept !== undefined) {
      const again = this.talk(kept, key, request, bytes, timer);
      if (again.ok || !again.failure.isStale || !REPEATABLE.includes(request.method)) return plain(again);
    }
    const opened = openRoute(url, proxy.value, request.trust, this.base, timer);
    return opened.ok ? plain(this.talk(opened.value, key, request, bytes, timer)) : opened;
  }

  private talk(
    stream: Stream,
    key: string,
    request: HttpRequest,
    bytes: string,
    timer: Timer,
  ): Result<HttpResponse, Lost> {
    const limits = { ...HEAD_LIMITS, bodyBytes: request.maxBytes ?? USUAL_MAX_BYTES };
    const reader = new AnswerReader(request.method, limits, request.into);
    const lost = exchange(stream, bytes, reader, timer);
    if (lost === undefined && reader.keepsConnection()) this.kept.put(key, stream, this.around.monotonic());
    else stream.close();
    return lost === undefined ? success(reader.response()) : failure(lost);
  }
}

/** What is wrong with another host says nothing about the one that was asked. */
const strayed = ({ reason, detail }: Failure, stranger: string): Failure => ({
  reason: "garbled",
  detail: `moved to ${stranger}: ${reason}, ${detail ?? "no detail"}`,
  movedTo: stranger,
});

const plain = (result: Result<HttpResponse, Lost>): Result<HttpResponse, Failure> =>
  result.ok ? result : failure(result.failure.failure);
