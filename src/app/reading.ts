import type { BookFacts } from "../core/book";
import type { BookId, NewEntry } from "../core/outbox";
import type { Position } from "../core/position";
import { Session, type SessionRecord } from "../core/session";
import type { OpenDocument } from "../ports/document";
import { momentOf, type Runtime } from "./runtime";

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
    const { fraction } = this.document.position();
    this.session = new Session(runtime.random.uuid(), momentOf(runtime.clock), fraction);
    this.session.turn(this.document.page());
  }

  /** Ends the sitting; its record when it was long enough to be one. */
  end(runtime: Runtime): SessionRecord | undefined {
    const record = this.session?.end(momentOf(runtime.clock), this.document.position().fraction);
    this.session = undefined;
    return record;
  }
}

/** Puts the place, and the sitting when there is one, into the outbox of every connection: all of it or nothing. */
export function keep(runtime: Runtime, reading: Reading, position: Position, session: SessionRecord | undefined): void {
  const book = reading.identify(runtime)?.book;
  if (book === undefined) return;
  const entries: NewEntry[] = [];
  for (const { id: connection } of runtime.settings.connections()) {
    entries.push({ connection, book, payload: { kind: "position", position } });
    if (session !== undefined) entries.push({ connection, book, payload: { kind: "session", session } });
  }
  runtime.outbox.add(entries);
}

/** Ends the sitting and keeps what it came to. A short look into a book that turned no page leaves nothing behind. */
export function finish(runtime: Runtime, reading: Reading): void {
  const turned = reading.session?.hasTurned() ?? false;
  const record = reading.end(runtime);
  if (turned || record !== undefined) keep(runtime, reading, reading.document.position(), record);
}
