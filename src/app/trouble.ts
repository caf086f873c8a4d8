import type { Connection } from "../core/connection";
import { type Failure, needsReader, type Reason } from "../core/failure";
import type { Runtime } from "./runtime";

/** Whoever answered, if anybody did, was not the server: perhaps it is at its other address. */
const NOBODY: readonly Reason[] = [
  "offline",
  "portal",
  "dns",
  "refused",
  "timeout",
  "tls",
  "clock",
  "garbled",
  "server",
];

/**
 * A server as a whole did not do what was asked. What only the reader can put right pauses the connection, and is said once.
 * @param isToldAnyway something else tells the reader of it
 */
export function serverFailed(runtime: Runtime, connection: Connection, failure: Failure, isToldAnyway = false): void {
  const { id, name } = connection;
  const isNews = runtime.health.of(id).failure?.reason !== failure.reason;
  runtime.health.failed(id, failure);
  if (NOBODY.includes(failure.reason)) turn(runtime, connection);
  if (isNews && needsReader(failure.reason) && !isToldAnyway) runtime.notices().asks(name, failure);
}

/** The next worker begins with the other address: this one may have died while it looked for the name of the first. */
function turn(runtime: Runtime, { id, url, outsideUrl }: Connection): void {
  if (outsideUrl === undefined) return;
  const { address = url } = runtime.health.of(id);
  runtime.health.reached(id, address === url ? outsideUrl : url);
}
