import type { BookFacts, Match } from "../core/book";
import type { BookId, ConnectionId, EntryId, EntryState, NewEntry, OutboxEntry, Room } from "../core/outbox";
import type { Reason } from "../core/failure";
import type { EpochSeconds } from "../core/units";
import type { Position } from "../core/position";
import type { SessionRecord, Tally } from "../core/session";

/** A book of ours as one server knows it. */
export interface Link extends Match {
  /** False for a guess that the reader has not seen yet. */
  readonly isConfirmed: boolean;
  /** The server's stamp of the newest place that we know it to have; absent before the first look. */
  readonly seen?: string;
  /** The stamp of the newest place that we put there ourselves, as far as the server told us. */
  readonly written?: string;
}

/** The books that were ever opened here. */
export interface BookStore {
  /** The book that has one of these aliases, known from now on by all of them; a new book when none is known. */
  identify(facts: BookFacts): BookId;
  /** The book with this content, if it was ever opened here. */
  find(digest: string): BookId | undefined;
  facts(book: BookId): BookFacts | undefined;
  /** Whether reading this book is recorded: it is, unless the reader switched it off. */
  isTracked(book: BookId): boolean;
  setTracked(book: BookId, on: boolean): void;
}

/** Which book of which server each of them is; loaded when a server or a screen first asks. */
export interface LinkStore {
  link(book: BookId, connection: ConnectionId): Link | undefined;
  /** A match by content or by hand is certain; one by name is a guess until it is confirmed. */
  saveLink(book: BookId, connection: ConnectionId, match: Match): void;
  /** The reader has seen the guess and left it. */
  confirm(book: BookId, connection: ConnectionId): void;
  /** The reader says that this match is wrong: it is forgotten, and not guessed again for long. */
  forget(book: BookId, connection: ConnectionId): void;
  /** The server does not have the book any more that ours was taken for. */
  unlink(book: BookId, connection: ConnectionId): void;
  hasLinks(connection: ConnectionId): boolean;
  /** Another library answers there from now on: all that was matched with it, by hand too, and every miss. */
  unlinkAll(connection: ConnectionId): void;
  /** The server does not have this book: it is asked again after a pause that grows with every miss. */
  missed(book: BookId, connection: ConnectionId): void;
  /** Whether the server was asked in vain and it is too early to ask again. */
  isMissing(book: BookId, connection: ConnectionId): boolean;
  /** Servers may have got new books: every one may be asked for at once. */
  forgiveMisses(connection: ConnectionId): void;
  /** Books after this one (0: from the start) whose match is no certainty. */
  uncertain(connection: ConnectionId, after: BookId, limit: number): UncertainBook[];
  /** Remembers the stamp of the server's place, as it was when we last looked. */
  saw(book: BookId, connection: ConnectionId, stamp: string): void;
  /** The server acknowledged a place of ours under this stamp: it is seen, and ours. */
  wrote(book: BookId, connection: ConnectionId, stamp: string): void;
}

export interface UncertainBook {
  readonly book: BookId;
  readonly digest: string;
}

/** What waits to be told to servers. */
export interface OutboxStore {
  /**
   * Keeps all of these or none, on disk when it returns. Of positions only the newest per book and connection waits:
   * an older one is replaced. Without room, a session is added to the last one of the same book that waits.
   */
  add(entries: readonly NewEntry[]): void;
  /** The same, at the end of a sitting, with what was read on each of its days: its checkpoint is forgotten in the same breath. */
  finish(entries: readonly NewEntry[], book: BookId, days: readonly DayPart[]): void;
  /** Entries still in flight may or may not have been sent: their worker died, or KOReader did. */
  doubt(): void;
  /** Of all connections together. */
  room(): Room;
}

/** The entries of the outbox on their way out of it; loaded when they are first sent or shown. */
export interface WaitingStore {
  /** The oldest entries of one connection, parked ones too: for a screen. */
  list(connection: ConnectionId, limit: number): OutboxEntry[];
  /**
   * Hands out the oldest entries that may be sent (their book is matched for certain, or may be asked for again) and came after this one (0: from the start), in the state they had. Those
   * that waited are in flight from now on; what is unknown stays so.
   */
  take(connection: ConnectionId, after: EntryId, limit: number): OutboxEntry[];
  /** Whether `take` would hand out anything. */
  isDue(connection: ConnectionId): boolean;
  /** Entries still in flight were not touched by the worker: they wait again. */
  release(connection: ConnectionId): void;
  count(connection: ConnectionId): WaitingCount;
  /** The place that waits for this book, and those that it replaced: what the server may have of ours without our knowing. */
  placesOf(connection: ConnectionId, book: BookId): Position[];
  remove(id: EntryId): void;
  /** Everything that waits for a connection that is no more. */
  discardAll(connection: ConnectionId): void;
  /** Another device has been elsewhere since: a place that still waits for this book would overwrite it. */
  supersede(connection: ConnectionId, book: BookId): void;
  stay(id: EntryId, state: EntryState, reason?: Reason): void;
  /** Without room: adds a sitting to the last one of its book that waits; false when there is none. */
  fold(connection: ConnectionId, book: BookId, session: SessionRecord): boolean;
}

/** What was read of a book within one day of the reader's time zone. */
export interface DayPart extends Tally {
  readonly startedAt: EpochSeconds;
}

/** What was read here lately, whoever was told of it. */
export interface DiaryStore {
  /** What was read of a book from a moment on; sittings in progress are not in it. */
  since(book: BookId, from: EpochSeconds): Tally;
}

/** A sitting as it stood when it was last written down. */
export interface Checkpoint {
  readonly book: BookId;
  readonly session: SessionRecord;
  /** The same, cut at every midnight. What was read back from disk is one part, of the day on which it began. */
  readonly days: readonly DayPart[];
  readonly position: Position;
  /** Where another device's place is newer than this one. */
  readonly yieldedTo: readonly ConnectionId[];
}

/** The sitting in progress, on disk: what is left of it when KOReader is killed or the battery is empty. */
export interface CheckpointStore {
  write(checkpoint: Checkpoint): void;
  /** Another device's place is newer than what was written down of this book, if anything was. */
  yieldTo(connection: ConnectionId, book: BookId): void;
  /** The sitting that nobody ended; nothing when the last one ended properly. */
  left(): Checkpoint | undefined;
}

/** How one round of delivery ended. */
export interface JournalEntry {
  readonly at: EpochSeconds;
  readonly connection: ConnectionId;
  /** Entries that left the outbox. */
  readonly sent: number;
  /** Why it ended early; absent when it did not. */
  readonly reason?: Reason;
}

/** The last 200 rounds. */
export interface JournalStore {
  note(entry: JournalEntry): void;
  newest(limit: number): JournalEntry[];
}

export interface WaitingCount {
  readonly sessions: number;
  readonly positions: number;
  /** Of these, so many were refused and wait for the reader. */
  readonly parked: number;
}
