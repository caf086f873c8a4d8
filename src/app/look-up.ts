import { part } from "../parts";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** Asks every server about the book on screen: which of its books this is, and where it was left. */
export function lookUp(runtime: Runtime, reading: Reading): void {
  if (!runtime.network.isConnected()) return;
  const connections = runtime.settings.connections().filter(({ id }) => !runtime.health.isPausing(id));
  if (connections.length === 0) return;
  const identified = reading.identify(runtime);
  if (identified === undefined) return;
  for (const connection of connections) {
    part("app/exchange").askServer(runtime, connection, identified.book, identified.facts);
  }
}
