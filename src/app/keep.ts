import type { BookId, ConnectionId, NewEntry } from "../core/outbox";
import type { Position } from "../core/position";
import type { SessionRecord } from "../core/session";
import { DEFAULT_VALIDITY, isValid } from "../core/validity";
import type { Checkpoint } from "../ports/store";
import { watchCrowd } from "./crowd";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** What is to be told of a book: its place, and the sitting that just ended. */
interface Keepsake {
  readonly book: BookId;
  readonly position: Position;
  readonly session?: SessionRecord;
  /** Where another device's place is newer. */
  readonly yieldedTo: readonly ConnectionId[];
}

/** Whoever looks into a book for less and turns no page has not moved their place in it. */
const SHORTEST_STAY = 10;

/**
 * The sitting for those connections that take it for a session; the place for those and, unless it was but a look, for every
 * one where no newer place stands.
 */
function entriesFor(runtime: Runtime, { book, position, session, yieldedTo }: Keepsake): NewEntry[] {
  const entries: NewEntry[] = [];
  const isLook = session !== undefined && session.pageTurns === 0 && session.duration < SHORTEST_STAY;
  for (const { id: connection, validity } of runtime.settings.connections()) {
    const counts = session !== undefined && isValid(session, validity ?? DEFAULT_VALIDITY);
    const isOwn = !yieldedTo.includes(connection);
    if (isOwn && (counts || !isLook)) entries.push({ connection, book, payload: { kind: "position", position } });
    if (counts) entries.push({ connection, book, payload: { kind: "session", session } });
  }
  return entries;
}

/** Puts the place into the outbox of every connection; it is on disk when this returns. */
export function keepPlace(runtime: Runtime, reading: Reading): void {
  const book = reading.identify(runtime)?.book;
  const position = reading.document.position();
  const yieldedTo = reading.yieldedTo();
  if (book !== undefined) runtime.outbox.add(entriesFor(runtime, { book, position, yieldedTo }));
}

/** Writes down the sitting in progress, so that a crash costs only what comes after. */
export function writeCheckpoint(runtime: Runtime, reading: Reading): void {
  const checkpoint = reading.soFar(runtime);
  if (checkpoint !== undefined) runtime.checkpoints.write(checkpoint);
}

/** Ends the sitting and keeps what it came to, on disk when this returns. A sitting that no connection wants leaves nothing. */
export function finish(runtime: Runtime, reading: Reading): void {
  recover(runtime);
  const left = reading.soFar(runtime);
  reading.forgetSitting();
  if (left !== undefined) keepSession(runtime, left);
}

/** Ends the sitting of a book that was to be loaded again: something else is on screen instead. */
export function finishCarried(runtime: Runtime): void {
  const { carried } = runtime;
  runtime.carried = undefined;
  runtime.isReloading = false;
  if (carried !== undefined) keepSession(runtime, carried.left);
}

function keepSession(runtime: Runtime, left: Checkpoint): void {
  const entries = entriesFor(runtime, left);
  const mayBeWritten = left.session.pageTurns > 0;
  if (!mayBeWritten && entries.length === 0) return;
  runtime.outbox.finish(entries, left.book, left.days);
  watchCrowd(runtime);
}

/** Ends the sitting that a crash, a kill or an empty battery left open, where it stood when it was last written down. */
export function recover(runtime: Runtime): void {
  if (runtime.isRecovered) return;
  runtime.isRecovered = true;
  runtime.outbox.doubt();
  const left = runtime.checkpoints.left();
  if (left !== undefined) runtime.outbox.finish(entriesFor(runtime, left), left.book, left.days);
}
