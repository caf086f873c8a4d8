import type { BookFacts } from "../core/book";
import type { BookId, NewEntry } from "../core/outbox";
import { Session, type SessionRecord } from "../core/session";
import { DEFAULT_VALIDITY, isValid } from "../core/validity";
import type { OpenDocument } from "../ports/document";
import type { Runtime } from "./runtime";

/** The book on screen and the sitting in progress. */
export class Reading {
  /** Absent while the device sleeps. */
  session: Session | undefined;
  private identified: { readonly book: BookId; readonly facts: BookFacts } | undefined;

  constructor(readonly document: OpenDocument) {}

  /** Which book this is; asked of the file once, and of the store. Nothing when the file cannot be read. */
  identify(runtime: Runtime): { readonly book: BookId; readonly facts: BookFacts } | undefined {
    if (this.identified === undefined) {
      const facts = this.document.facts();
      if (facts !== undefined) this.identified = { book: runtime.books.identify(facts), facts };
    }
    return this.identified;
  }

  isOf(book: BookId): boolean {
    return this.identified?.book === book;
  }

  begin(runtime: Runtime): void {
    const { clock, random, settings } = runtime;
    const start = {
      id: random.uuid(),
      at: { epoch: clock.epoch(), monotonic: clock.monotonic() },
      progress: this.document.position().fraction,
      page: this.document.page(),
    };
    this.session = new Session(start, settings.idleCap());
  }

  /** Ends the sitting and gives its record, however short it was. */
  end(runtime: Runtime): SessionRecord | undefined {
    const record = this.session?.record(runtime.clock.monotonic(), this.document.position().fraction);
    this.session = undefined;
    return record;
  }
}

/**
 * Puts the place, and the sitting where it is long enough to be one, into the outbox of every connection: all of it or
 * nothing, and on disk when this returns.
 */
export function keep(runtime: Runtime, reading: Reading, session?: SessionRecord): void {
  const book = reading.identify(runtime)?.book;
  if (book === undefined) return;
  const position = reading.document.position();
  const entries: NewEntry[] = [];
  for (const { id: connection, validity } of runtime.settings.connections()) {
    entries.push({ connection, book, payload: { kind: "position", position } });
    const counts = session !== undefined && isValid(session, validity ?? DEFAULT_VALIDITY);
    if (counts) entries.push({ connection, book, payload: { kind: "session", session } });
  }
  runtime.outbox.add(entries);
}

/** Ends the sitting and keeps what it came to. A short look into a book that turned no page leaves nothing behind. */
export function finish(runtime: Runtime, reading: Reading): void {
  const turned = reading.session?.hasTurned() ?? false;
  const session = reading.end(runtime);
  if (session !== undefined && (turned || session.duration >= DEFAULT_VALIDITY.minSeconds)) {
    keep(runtime, reading, session);
  }
}
