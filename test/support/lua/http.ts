// What the specs of the HTTP client share: a client on this machine's servers, and the control port of those.
import cjson = require("cjson");
import http = require("socket.http");
import ltn12 = require("ltn12");
import socket = require("socket");
import type { Failure } from "../../../src/core/failure";
import { HttpClient, type Surroundings } from "../../../src/koreader/http/client";
import { success } from "../../../src/core/result";
import { epochSeconds, seconds } from "../../../src/core/units";
import type { HttpRequest, HttpResponse } from "../../../src/ports/http";

interface Places {
  readonly ports: Record<string, number>;
  readonly roots: string;
  readonly fingerprints: Record<string, string>;
  readonly hasIpv6: boolean;
}

/** Where the servers of support/node/http-servers.ts are. */
export const places = cjson.decode(os.getenv("RIBBON_HTTP") ?? error("run by test/http/specs.test.ts")) as Places;

export function portOf(name: string): number {
  return places.ports[name] ?? error(`no server ${name}`);
}

/** For what must not run out of time, however busy the machine is. */
export const PATIENT = { connect: seconds(60), firstByte: seconds(60), idle: seconds(60), total: seconds(120) };
/** For the one phase that is to run out of time. */
export const SHORT = seconds(0.4);

export function client(around: Partial<Surroundings> = {}): HttpClient {
  return new HttpClient({
    monotonic: () => seconds(socket.gettime()),
    now: () => epochSeconds(os.time()),
    roots: () => places.roots,
    proxy: () => success(undefined),
    userAgent: () => "Ribbon's specs",
    ...around,
  });
}

/** A request as a server saw it. */
export interface Seen {
  readonly server: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly clientPort: number;
}

/** What arrived anywhere since the order before. */
export interface Report {
  readonly seen: Seen[];
  readonly proxy: string[];
  readonly proxyAuthorization?: string;
  readonly traffic: { readonly connections: number; readonly bytesUp: number; readonly bytesDown: number };
}

/** Sets faults by the control port (support/node/http-servers.ts says what an order may hold). LuaSocket's own client carries it. */
export function tell(order: object): Report {
  const text = cjson.encode(order);
  const chunks: string[] = [];
  const [sent, problem] = http.request({
    url: `http://127.0.0.1:${portOf("control")}/`,
    method: "POST",
    headers: { "Content-Length": text.length },
    source: ltn12.source.string(text),
    sink: ltn12.sink.table(chunks),
  });
  if (sent === undefined) error(`the control port: ${problem}`);
  return cjson.decode(chunks.join("")) as Report;
}

/** What arrived since the last look. */
export function report(): Report {
  return tell({ look: true });
}

/** Whether a server gets exactly one request, which may be on its way to it when its client has given it up. */
export function hasActedOnce(): boolean {
  let count = 0;
  for (const _ of $range(1, 600)) {
    count += report().seen.length;
    if (count > 0) break;
    socket.sleep(0.1);
  }
  return count === 1;
}

/** The failure, or none. */
export function failureOf(result: ReturnType<HttpClient["send"]>): Failure | undefined {
  return result.ok ? undefined : result.failure;
}

/** The answer; the spec fails when there is none. */
export function answerOf(result: ReturnType<HttpClient["send"]>): HttpResponse {
  return result.ok ? result.value : error(`${result.failure.reason}: ${result.failure.detail ?? ""}`);
}

export function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, headers: {}, ...more };
}

export function post(url: string, body: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "POST", url, headers: {}, body, ...more };
}
