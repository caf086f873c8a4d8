import type { Match, RemoteBook } from "../core/book";
import type { BookDetails, BookGroup, BookListKey, CatalogueBook, GroupList, ReadState } from "../core/catalogue";
import type { PartProof } from "../core/download";
import type { Failure } from "../core/failure";
import type { Position, RemotePosition } from "../core/position";
import type { Release } from "../core/release";
import type { Result } from "../core/result";
import type { SessionRecord } from "../core/session";
import type { EpochSeconds, Seconds } from "../core/units";
import type { BodySink } from "./http";
import type { PartFile } from "./part-file";

/** Finds our books among the server's. */
export interface Books {
  /** The server's book for this file, or nothing when it has none. `digest` is the partial MD5. */
  resolve(fileName: string, digest: string): Result<Match | undefined, Failure>;
  /** The server's books for these digests, by digest; those it does not know are absent. Any number. */
  matchDigests(digests: readonly string[]): Result<ReadonlyMap<string, Match>, Failure>;
  /** What the server calls a book. Nothing when it does not say. */
  describe(remoteId: string): Result<RemoteBook | undefined, Failure>;
  /** Books whose title, author or series have all these words; the first fifty or so. */
  search(words: string): Result<RemoteBook[], Failure>;
}

/** Keeps one place per book and user. */
export interface Positions {
  /** Nothing when the server has no place for this book yet. */
  read(remoteId: string): Result<RemotePosition | undefined, Failure>;
  /** Overwrites whatever is there: read and compare first. Gives the stamp of what was written. */
  write(remoteId: string, position: Position): Result<string, Failure>;
}

/** Takes sittings. */
export interface Sessions {
  record(remoteId: string, session: SessionRecord): Result<true, Failure>;
  /** Whether it has this sitting already. Absent where an id that the server knows counts once, so that asking is needless. */
  has?(remoteId: string, session: SessionRecord): Result<boolean, Failure>;
}

/** Books of one list. */
export interface BookList {
  readonly books: CatalogueBook[];
  /** Filters of a shelf that the server does not know, by name: the list has more books than the shelf. */
  readonly ignoredFilters: readonly string[];
}

/** What a server has, to choose from. What this version of it cannot do is a failure `unsupported`. */
export interface Catalogue {
  groups(list: GroupList): Result<BookGroup[], Failure>;
  books(list: BookListKey): Result<BookList, Failure>;
  details(remoteId: string): Result<BookDetails, Failure>;
  /** A small picture, as the bytes of a JPEG or PNG; nothing when the book has none. */
  cover(remoteId: string): Result<string | undefined, Failure>;
  /** Only `unread`, `reading` and `read` can be set. */
  mark(remoteId: string, state: ReadState): Result<true, Failure>;
}

/** Sends the files of books. */
export interface Files {
  /**
   * Fetches one file into `part`, going on where an earlier try was cut if `proof` shows that it is still the same file. When it
   * succeeds, all of it is there and written; whoever called syncs it. `begun` is told once the answer has begun, `arrived` for
   * every piece.
   */
  fetch(
    remoteId: string,
    fileId: string,
    part: PartFile,
    proof: PartProof | undefined,
    told: { begun(from: number, proof: PartProof): void; arrived(bytes: number): void },
  ): Result<number, Failure>;
}

/** A book that somebody sent to the reader's devices. */
export interface InboxItem {
  readonly itemId: string;
  readonly book: CatalogueBook;
  /** Which of its files was meant; absent when the device may choose. */
  readonly fileId?: string;
}

/** Books sent from the server's pages. The queue is one for all devices of a user: who acknowledges takes it. */
export interface Inbox {
  /** The oldest first; `unsupported` where it is switched off. */
  items(): Result<InboxItem[], Failure>;
  /** Once is enough; again does no harm. An item that is gone counts as acknowledged. */
  acknowledge(itemId: string): Result<true, Failure>;
}

/** A server's clock, held against the device's. */
export interface ServerTime {
  readonly now: EpochSeconds;
  /** How far it is ahead of the device's clock; negative when it is behind. */
  readonly ahead: Seconds;
}

/** What a server says of itself. */
export interface ServerInfo {
  /** "2.3.0"; absent when it does not say. */
  readonly version?: string;
}

/** Versions of Ribbon that a server hands out. */
export interface Releases {
  /** What it offers now; nothing where it offers none, as a server that knows nothing of Ribbon. */
  newest(): Result<Release | undefined, Failure>;
  /** The update package of a release, in full, into a sink; `missing` when it is not offered any more. */
  fetch(release: Release, into: BodySink): Result<true, Failure>;
}

/** What a server can do for us. A capability that a kind of server lacks is absent; whoever needs one asks for it. */
export interface Server {
  /** The server's time, by its last answer; asks for one when there was none yet. Nothing when it does not tell. */
  time(): ServerTime | undefined;
  /** Reaches the server and proves that the key is good; otherwise tells apart what is wrong. */
  test(): Result<ServerInfo, Failure>;
  /** Which address of its connection answered; nothing before the first answer. */
  address(): string | undefined;
  readonly books?: Books;
  readonly positions?: Positions;
  readonly sessions?: Sessions;
  readonly catalogue?: Catalogue;
  readonly files?: Files;
  readonly inbox?: Inbox;
  readonly releases?: Releases;
}
