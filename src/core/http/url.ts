import { failure, type Result, success } from "../result";
import { parseIp } from "./ip-address";
import { cut, hasControls, parseDigits } from "./text";

export type Scheme = "http" | "https";

/** Where a request goes. */
export interface Url {
  readonly scheme: Scheme;
  /** In lower case, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query, beginning with a slash. */
  readonly target: string;
}

const DEFAULT_PORT: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };
const STOPS = ["/", "?", "#"];

/** The host with its port, and what follows. */
function splitAuthority(text: string): [authority: string, rest: string] {
  const found = STOPS.map(stop => text.indexOf(stop)).filter(at => at >= 0);
  const end = Math.min(text.length, ...found);
  return [text.slice(0, end), text.slice(end)];
}

function splitPort(authority: string): [host: string, port: string | undefined] {
  if (!authority.startsWith("[")) return cut(authority, ":");
  const [address, after] = cut(authority.slice(1), "]");
  // An address that is no IPv6 one leaves a host that is refused.
  if (after === undefined || parseIp(address)?.length !== 16) return ["", undefined];
  if (after === "") return [address, undefined];
  return after.startsWith(":") ? [address, after.slice(1)] : ["", undefined];
}

function parsePort(port: string | undefined, scheme: Scheme): number | undefined {
  if (port === undefined || port === "") return DEFAULT_PORT[scheme];
  const value = parseDigits(port);
  return value !== undefined && value > 0 && value < 65_536 ? value : undefined;
}

function targetOf(rest: string): string {
  const [withoutFragment] = cut(rest, "#");
  return withoutFragment.startsWith("/") ? withoutFragment : `/${withoutFragment}`;
}

/**
 * An absolute http or https address. A name and password before the host are refused: they would end up in logs.
 * @returns what is wrong with it, in English, when it is none
 */
export function parseUrl(text: string): Result<Url, string> {
  if (hasControls(text, true)) return failure("the address holds a blank or a control character");
  const [name, after] = cut(text, "://");
  const scheme = name.toLowerCase();
  if (after === undefined || (scheme !== "http" && scheme !== "https")) return failure("the address is not http(s)");
  const [authority, rest] = splitAuthority(after);
  if (authority.includes("@")) return failure("the address holds a user name");
  const [host, portText] = splitPort(authority.toLowerCase());
  if (host === "") return failure("the address has no host");
  const port = parsePort(portText, scheme);
  if (port === undefined) return failure("the address has a wrong port");
  return success({ scheme, host, port, target: targetOf(rest) });
}

/** As in a `Host` header: with the port only where it is not the usual one. */
export function authorityOf({ scheme, host, port }: Url): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === DEFAULT_PORT[scheme] ? name : `${name}:${port}`;
}

/** Scheme, host and port: `https://example.org:8443`. */
export function originOf(url: Url): string {
  return `${url.scheme}://${authorityOf(url)}`;
}

/** Without `.` and `..`, which climb no higher than the root (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (part === ".." && kept.length > 1) kept.pop();
    else if (part !== "." && part !== "..") kept.push(part);
    if (isLast && (part === "." || part === "..")) kept.push("");
  }
  return kept.join("/");
}

/** What `reference`, perhaps relative, means on a page of `base` (RFC 3986, 5.2). */
export function resolveUrl(base: Url, reference: string): Result<Url, string> {
  const [beforeColon] = cut(reference, "://");
  if (beforeColon !== reference && splitAuthority(beforeColon)[1] === "") return parseUrl(reference);
  if (reference.startsWith("//")) return parseUrl(`${base.scheme}:${reference}`);
  const [path = "", query] = cut(cut(reference, "#")[0], "?");
  const [basePath] = cut(base.target, "?");
  const ending = query === undefined ? "" : `?${query}`;
  if (path.startsWith("/")) return parseUrl(`${originOf(base)}${withoutDots(path)}${ending}`);
  if (path === "" && query === undefined) return success(base);
  if (path === "") return parseUrl(`${originOf(base)}${basePath}${ending}`);
  const parts = basePath.split("/");
  const folder = parts.slice(0, parts.length - 1).join("/");
  return parseUrl(`${originOf(base)}${withoutDots(`${folder}/${path}`)}${ending}`);
}
