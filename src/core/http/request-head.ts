import type { HttpRequest } from "../../ports/http";
import { failure, type Result, success } from "../result";
import { hasControls, stripBlanks } from "./text";
import { authorityOf, originOf, type Url } from "./url";

/** Ours to say: what a caller says instead would contradict the body or the connection. */
const OWN = ["host", "content-length", "transfer-encoding", "connection"];

/** How a plain request goes through a proxy. */
export interface ProxyForm {
  /** The value of `Proxy-Authorization`, if the proxy wants one. */
  readonly authorization: string | undefined;
}

/** A line break in a header would begin another one, or another request. */
function wrongHeader(headers: HttpRequest["headers"]): string | undefined {
  const wrong = Object.entries(headers).find(
    ([name, value]) => name === "" || name.includes(":") || hasControls(name, true) || hasControls(value),
  );
  return wrong?.[0];
}

function fieldsOf(request: HttpRequest, url: Url, userAgent: string): [name: string, value: string][] {
  const said = Object.entries(request.headers).filter(([name]) => !OWN.includes(name.toLowerCase()));
  const fields: [name: string, value: string][] = [["Host", authorityOf(url)]];
  if (!said.some(([name]) => name.toLowerCase() === "user-agent")) fields.push(["User-Agent", userAgent]);
  // Some servers refuse a PUT or POST without a length, even one without a body.
  const writes = request.method === "POST" || request.method === "PUT";
  if (writes || request.body !== undefined) fields.push(["Content-Length", `${(request.body ?? "").length}`]);
  return fields.concat(said);
}

/**
 * The bytes before the body, up to the empty line.
 * @param proxy given when the request itself, and not a tunnel, goes to a proxy
 * @returns the name of a header that cannot be sent, when there is one
 */
export function requestHead(
  request: HttpRequest,
  url: Url,
  userAgent: string,
  proxy?: ProxyForm,
): Result<string, string> {
  const wrong = wrongHeader(request.headers);
  if (wrong !== undefined) return failure(wrong);
  const fields = fieldsOf(request, url, userAgent);
  if (proxy?.authorization !== undefined) fields.push(["Proxy-Authorization", proxy.authorization]);
  const target = proxy === undefined ? url.target : `${originOf(url)}${url.target}`;
  const lines = fields.map(([name, value]) => `${name}: ${stripBlanks(value)}`);
  return success(`${request.method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
}

/** What asks a proxy for a tunnel to a server. */
export function tunnelHead({ host, port }: Url, { authorization }: ProxyForm): string {
  const place = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const secret = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  return `CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${secret}\r\n`;
}
