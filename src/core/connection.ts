import type { ConnectionId } from "./outbox";
import { failure, type Result, success } from "./result";
import type { Validity } from "./validity";

/** The servers that Ribbon can speak to. */
export type ServerKind = "tome";

/** One configured server. */
export interface Connection {
  readonly id: ConnectionId;
  /** What the reader calls it: "Home". */
  readonly name: string;
  readonly kind: ServerKind;
  /** Scheme, host and port, perhaps a path; never with a slash at the end. */
  readonly url: string;
  readonly key: string;
  /** What it takes for a session; the usual when absent. */
  readonly validity?: Validity;
}

/** An id that no connection has yet: it never changes, whatever the connection is called. */
export function freeId(known: readonly ConnectionId[]): ConnectionId {
  let number = known.length + 1;
  while (known.includes(`server-${number}` as ConnectionId)) number += 1;
  return `server-${number}` as ConnectionId;
}

export type AddressProblem = "empty" | "scheme" | "host";

/**
 * An address as a person types it, made usable: blanks and slashes at the ends go, a missing scheme is http.
 * @returns the address, or what is wrong with it
 */
export function normalizeAddress(typed: string): Result<string, AddressProblem> {
  const address = typed.split(" ").join("");
  if (address === "") return failure("empty");
  const [scheme, rest] = address.includes("://") ? splitAtScheme(address) : ["http", address];
  if (scheme !== "http" && scheme !== "https") return failure("scheme");
  const place = withoutSlashesAtEnd(rest);
  return place === "" || place.startsWith("/") ? failure("host") : success(`${scheme}://${place}`);
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
