import type { Failure } from "../../core/failure";
import { AnswerReader, HEAD_LIMITS } from "../../core/http/answer";
import type { Deadline, Timer } from "../../core/http/deadlines";
import { tooLate } from "../../core/http/problems";
import { tunnelHead } from "../../core/http/request-head";
import type { Url } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { HttpTrust } from "../../ports/http";
import { dial } from "./dial";
import { Gate, type TrustBase } from "./secure";
import { Stream, TOO_LATE } from "./stream";

/** A proxy between us and every server. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  readonly authorization: string | undefined;
}

/** A connection to the server of `url`, ready for a request: trusted where it is TLS, tunnelled where there is a proxy. */
export function openRoute(
  url: Url,
  proxy: Proxy | undefined,
  trust: HttpTrust | undefined,
  base: TrustBase,
  timer: Timer,
): Result<Stream, Failure> {
  const deadline = timer.begin("connect");
  const reach = (): Result<LuaSocket.Client, Failure> => {
    const reached = dial(proxy?.host ?? url.host, proxy?.port ?? url.port, deadline);
    if (!reached.ok || proxy === undefined || url.scheme === "http") return reached;
    return tunnel(reached.value, url, proxy, timer);
  };
  if (url.scheme === "https") return new Gate(base).open(reach, url.host, trust, deadline);
  const client = reach();
  return client.ok ? success(new Stream(client.value)) : client;
}

/** Has the proxy connect to the server. When it does not, the socket is closed. */
function tunnel(client: LuaSocket.Client, url: Url, proxy: Proxy, timer: Timer): Result<LuaSocket.Client, Failure> {
  const stream = new Stream(client);
  const deadline = timer.begin("connect");
  const problem = stream.send(tunnelHead(url, proxy), timer) ?? awaitTunnel(stream, deadline);
  if (problem === undefined) return success(client);
  stream.close();
  if (typeof problem !== "string") return failure(problem);
  return failure(problem === TOO_LATE ? tooLate(deadline) : { reason: "server", detail: `the proxy: ${problem}` });
}

/** Whatever a proxy says instead of opening a tunnel is not the server's word. */
function awaitTunnel(stream: Stream, deadline: Deadline): Failure | string | undefined {
  const reader = new AnswerReader("CONNECT", { ...HEAD_LIMITS, bodyBytes: HEAD_LIMITS.headBytes });
  let status = statusOf(reader);
  while (status === undefined) {
    const received = stream.receive(deadline);
    if ("problem" in received) return received.problem;
    reader.push(received.bytes);
    status = statusOf(reader);
    if (status === undefined && reader.problem !== undefined) return reader.problem;
  }
  if (status >= 200 && status < 300) return undefined;
  return { reason: status >= 500 ? "server" : "garbled", detail: `the proxy answered with status ${status}` };
}

const statusOf = (reader: AnswerReader): number | undefined => reader.head?.status;
