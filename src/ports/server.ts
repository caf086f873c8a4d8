import type { Match, RemoteBook } from "../core/book";
import type { Failure } from "../core/failure";
import type { Position, RemotePosition } from "../core/position";
import type { Result } from "../core/result";
import type { SessionRecord } from "../core/session";
import type { EpochSeconds, Seconds } from "../core/units";

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
}
