import { addressesOf } from "../../core/addresses";
import type { Connection } from "../../core/connection";
import { addressWords } from "../../core/diagnosis/address-words";
import type { DiagnosisStore } from "../../koreader/store/diagnosis-store";
import type { Runtime } from "../runtime";
import { type Line, stamp, yesNo } from "./lines";

/** Every connection, without anything that says whose it is. */
export function serverLines(runtime: Runtime, store: DiagnosisStore): Line[] {
  const connections = runtime.settings.connections();
  if (connections.length === 0) return ["none"];
  const known = connections.flatMap((connection, index) => oneServer(runtime, store, connection, index + 1));
  const others = store.waiting().filter(({ connection }) => !connections.some(({ id }) => id === connection));
  return others.length === 0 ? known : known.concat([`left of removed servers: ${others.length} groups of entries`]);
}

function oneServer(runtime: Runtime, store: DiagnosisStore, connection: Connection, number: number): Line[] {
  const addresses = addressesOf(connection).map(
    ({ url, pin }) => `address: ${addressWords(url)}, certificate ${pin === undefined ? "by authority" : "pinned"}`,
  );
  const lines = [`${number}. ${connection.kind}, key ${connection.key === "" ? "missing" : "set"}`];
  return lines.concat(
    addresses,
    [
      `extra headers: ${(connection.headers ?? []).length}, own rule for sessions: ${yesNo(connection.validity !== undefined)}`,
    ],
    fareLines(runtime, connection),
    roundLines(store, connection),
    waitingLines(store, connection),
  );
}

function fareLines({ health }: Runtime, { id, outsideUrl }: Connection): Line[] {
  const { lastSuccess, failures, failure, address } = health.of(id);
  const lines = [`last contact since KOReader started: ${stamp(lastSuccess)}`];
  if (address !== undefined) lines.push(`begins with: its ${address === outsideUrl ? "second" : "first"} address`);
  if (failure === undefined) return lines;
  const pause = health.pauseLeft(id);
  const next = pause === Infinity ? "when the reader does something" : `in ${Math.floor(pause)} s`;
  const certificate = failure.certificate === undefined ? "" : ` (certificate: ${failure.certificate})`;
  return lines.concat([`fails: ${failure.reason}${certificate}, ${failures} times in a row, next try ${next}`]);
}

/** Of the last 200 rounds. */
function roundLines(store: DiagnosisStore, { id }: Connection): Line[] {
  const rounds = store.rounds().filter(({ connection }) => connection === id);
  return rounds.map(
    ({ reason, count, sent, last }) =>
      `rounds that ended ${reason === "" ? "well" : `with ${reason}`}: ${count}, sent ${sent}, last ${stamp(last)}`,
  );
}

function waitingLines(store: DiagnosisStore, { id }: Connection): Line[] {
  const groups = store.waiting().filter(({ connection }) => connection === id);
  if (groups.length === 0) return ["waits: nothing"];
  return groups.map(({ kind, state, count, oldest }) => `${state}: ${count} of kind ${kind}, oldest ${stamp(oldest)}`);
}
