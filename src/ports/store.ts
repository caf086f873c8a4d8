import type { BookFacts, Match } from "../core/book";
import type { BookId, ConnectionId, EntryId, EntryState, NewEntry, OutboxEntry } from "../core/outbox";
import type { Reason } from "../core/failure";
import type { Position } from "../core/position";
import type { SessionRecord } from "../core/session";

/** A book of ours as one server knows it. */
export interface Link extends Match {
  /** The server's stamp of the newest place that we know it to have; absent before the first look. */
  readonly seen?: string;
}

/** The books that were ever opened here, and which book of which server each of them is. */
export interface BookStore {
  /** The book that has one of these aliases, known from now on by all of them; a new book when none is known. */
  identify(facts: BookFacts): BookId;
  facts(book: BookId): BookFacts | undefined;
  link(book: BookId, connection: ConnectionId): Link | undefined;
  saveLink(book: BookId, connection: ConnectionId, match: Match): void;
  /** Remembers the stamp of the server's place, as it was when we last looked. */
  saw(book: BookId, connection: ConnectionId, stamp: string): void;
}

/** What waits to be told to servers. */
export interface OutboxStore {
  /**
   * Keeps all of these or none, on disk when it returns. Of positions only the newest per book and connection waits:
   * an older one is replaced.
   */
  add(entries: readonly NewEntry[]): void;
  /** The same, at the end of a sitting: its checkpoint is forgotten in the same breath. */
  finish(entries: readonly NewEntry[]): void;
  /** The oldest entries of one connection, parked ones too: for a screen. */
  list(connection: ConnectionId, limit: number): OutboxEntry[];
  /**
   * Hands out the oldest entries that may be sent and came after this one (0: from the start), in the state they had. Those
   * that waited are in flight from now on; what is unknown stays so.
   */
  take(connection: ConnectionId, after: EntryId, limit: number): OutboxEntry[];
  /** Entries still in flight were not touched by the worker: they wait again. */
  release(connection: ConnectionId): void;
  /** Entries still in flight may or may not have been sent: their worker died, or KOReader did. */
  doubt(): void;
  count(connection: ConnectionId): WaitingCount;
  remove(id: EntryId): void;
  /** Another device has been elsewhere since: a place that still waits for this book would overwrite it. */
  supersede(connection: ConnectionId, book: BookId): void;
  stay(id: EntryId, state: EntryState, reason?: Reason): void;
}

/** A sitting as it stood when it was last written down. */
export interface Checkpoint {
  readonly book: BookId;
  readonly session: SessionRecord;
  readonly position: Position;
}

/** The sitting in progress, on disk: what is left of it when KOReader is killed or the battery is empty. */
export interface CheckpointStore {
  write(checkpoint: Checkpoint): void;
  /** The sitting that nobody ended; nothing when the last one ended properly. */
  left(): Checkpoint | undefined;
}

export interface WaitingCount {
  readonly sessions: number;
  readonly positions: number;
  /** Of these, so many were refused and wait for the reader. */
  readonly parked: number;
}
