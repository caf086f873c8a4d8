import type { BookDetails, CatalogueBook, ListEntry, ListKey, ReadState } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import type { Result } from "../core/result";
import type { EpochSeconds } from "../core/units";
import type { Cancel } from "./scheduler";

/** A list of a server as it was last fetched; it stays as it is while one looks at it. */
export interface SeenList {
  /** How many lines it has. */
  readonly count: number;
  readonly fetchedAt: EpochSeconds;
  /** What the server left unsaid or did not understand: a filter of a shelf, by its name. */
  readonly ignoredFilters: readonly string[];
  /** Lines from `first` (0: the first) on, at most `most`; reads the disk, so for one screen at a time. */
  lines(first: number, most: number): ListEntry[];
}

/** What is on this device of a server's book. */
export interface OnDevice {
  readonly file: string;
}

/** A library of a server, for the screens that show it. */
export interface Browse {
  /** The connections whose server has a catalogue. */
  libraries(): Connection[];
  /** What this server can list, as far as is known: what it said to be unsupported is left out. */
  sections(id: ConnectionId): ListKey["kind"][];
  /** The list as it was last fetched, also without a network; nothing when it never was. */
  seen(id: ConnectionId, list: ListKey): SeenList | undefined;
  /** Asks the server in a worker; may ask for a network first when `byTap`, otherwise only with one that is there. */
  refresh(id: ConnectionId, list: ListKey, byTap: boolean, done: (list: Result<SeenList, Failure>) => void): Cancel;
  /** All books of a list, for a download of them all; the list is fetched where it is not here. */
  allBooks(id: ConnectionId, list: ListKey, done: (books: Result<CatalogueBook[], Failure>) => void): Cancel;
  /** `unsupported` where the server tells no more than its lists; what was told before also without a network, which is not asked for. */
  details(id: ConnectionId, book: CatalogueBook, done: (details: Result<BookDetails, Failure>) => void): Cancel;
  /** The files of covers that are here, and those that a worker fetches meanwhile; each is told once, nothing for those there are none of. */
  covers(id: ConnectionId, remoteIds: readonly string[], shown: (remoteId: string, file: string) => void): Cancel;
  /** Which of these books are on this device, by content and link, never by name. */
  onDevice(id: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, OnDevice>;
  mark(id: ConnectionId, remoteId: string, state: ReadState, done: (marked: Result<true, Failure>) => void): Cancel;
  /** What was searched for lately on this server, newest first. */
  recentSearches(id: ConnectionId): string[];
}
