import type { ExtraHeader } from "./extra-headers";
import { cut } from "./http/text";
import { parseUrl } from "./http/url";
import type { ConnectionId } from "./outbox";
import { failure, type Result, success } from "./result";
import type { Validity } from "./validity";

/** The servers that Ribbon can speak to. */
export type ServerKind = "tome";

/** A certificate that the reader compared with the server's own, and trusts in one place. */
export interface Pin {
  /** Scheme, host and port. */
  readonly place: string;
  /** SHA-256, in hex. */
  readonly fingerprint: string;
}

/** One configured server. */
export interface Connection {
  readonly id: ConnectionId;
  /** What the reader calls it: "Home". */
  readonly name: string;
  readonly kind: ServerKind;
  /** Scheme, host and port, perhaps a path; never with a slash at the end. */
  readonly url: string;
  /** Of the same server, for when the first does not lead to it; it gets the same key. */
  readonly outsideUrl?: string;
  readonly key: string;
  /** Sent along with every request. */
  readonly headers?: readonly ExtraHeader[];
  readonly pins?: readonly Pin[];
  /** What it takes for a session; the usual when absent. */
  readonly validity?: Validity;
}

/**
 * An id for a new connection: it never changes, whatever the connection is called, and no later one gets it, so that nothing that
 * was kept for a removed server passes to the next one.
 */
export function newConnectionId(uuid: string): ConnectionId {
  return `server-${uuid}` as ConnectionId;
}

export type AddressProblem = "empty" | "scheme" | "host" | "login" | "port";

/**
 * An address as a person types it, made usable: blanks, slashes at the ends and what a browser shows after ? or # go, a
 * missing scheme is http.
 * @returns the address, or what is wrong with it
 */
export function normalizeAddress(typed: string): Result<string, AddressProblem> {
  const address = typed.split(" ").join("");
  if (address === "") return failure("empty");
  const [scheme, rest] = address.includes("://") ? splitAtScheme(address) : ["http", address];
  if (scheme !== "http" && scheme !== "https") return failure("scheme");
  const place = withoutSlashesAtEnd(cut(cut(rest, "#")[0], "?")[0]);
  if (place === "" || place.startsWith("/")) return failure("host");
  if (place.includes("@")) return failure("login");
  const url = `${scheme}://${place}`;
  if (parseUrl(url).ok) return success(url);
  return failure(parseUrl(`${scheme}://${cut(place, ":")[0]}`).ok ? "port" : "host");
}

function splitAtScheme(address: string): [scheme: string, rest: string] {
  const at = address.indexOf("://");
  return [address.slice(0, at), address.slice(at + 3)];
}

function withoutSlashesAtEnd(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === "/") end -= 1;
  return text.slice(0, end);
}
