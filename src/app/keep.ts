import type { BookId, NewEntry } from "../core/outbox";
import type { Position } from "../core/position";
import type { SessionRecord } from "../core/session";
import { DEFAULT_VALIDITY, isValid } from "../core/validity";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** The place for every connection, and the sitting for those that take it for a session. */
function entriesFor(runtime: Runtime, book: BookId, position: Position, session?: SessionRecord): NewEntry[] {
  const entries: NewEntry[] = [];
  for (const { id: connection, validity } of runtime.settings.connections()) {
    entries.push({ connection, book, payload: { kind: "position", position } });
    const counts = session !== undefined && isValid(session, validity ?? DEFAULT_VALIDITY);
    if (counts) entries.push({ connection, book, payload: { kind: "session", session } });
  }
  return entries;
}

/** Puts the place into the outbox of every connection; it is on disk when this returns. */
export function keepPlace(runtime: Runtime, reading: Reading): void {
  const book = reading.identify(runtime)?.book;
  if (book !== undefined) runtime.outbox.add(entriesFor(runtime, book, reading.document.position()));
}

/** Writes down the sitting in progress, so that a crash costs only what comes after. */
export function writeCheckpoint(runtime: Runtime, reading: Reading): void {
  const book = reading.identify(runtime)?.book;
  const position = reading.document.position();
  const session = reading.session?.record(runtime.clock.monotonic(), position.fraction);
  if (book !== undefined && session !== undefined) runtime.checkpoints.write({ book, session, position });
}

/** Ends the sitting and keeps what it came to, on disk when this returns. A short look that turned no page leaves nothing. */
export function finish(runtime: Runtime, reading: Reading): void {
  recover(runtime);
  const turned = reading.session?.hasTurned() ?? false;
  const session = reading.end(runtime);
  if (session === undefined || (!turned && session.duration < DEFAULT_VALIDITY.minSeconds)) return;
  const book = reading.identify(runtime)?.book;
  if (book !== undefined) runtime.outbox.finish(entriesFor(runtime, book, reading.document.position(), session));
}

/** Ends the sitting that a crash, a kill or an empty battery left open, where it stood when it was last written down. */
export function recover(runtime: Runtime): void {
  if (runtime.isRecovered) return;
  runtime.isRecovered = true;
  runtime.outbox.doubt();
  const left = runtime.checkpoints.left();
  if (left !== undefined) runtime.outbox.finish(entriesFor(runtime, left.book, left.position, left.session));
}
