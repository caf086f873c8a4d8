import type { RemoteBook } from "../core/book";
import type { Connection } from "../core/connection";
import type { DownloadPreferences } from "../core/download-preferences";
import type { Failure } from "../core/failure";
import type { ConnectionId, EntryId } from "../core/outbox";
import type { Preferences } from "../core/preferences";
import type { TakenOver } from "./neighbours";
import type { NewConnection } from "./overview";
import type { PairedKey } from "./pairing";
import type { Result } from "../core/result";
import type { Validity } from "../core/validity";
import type { Cancel } from "./scheduler";
import type { ServerInfo } from "./server";

/** What happens while a server is asked for a key. */
export interface PairingEvents {
  /** Somebody has to enter this on the server; told again when it got too old. */
  shown(code: string): void;
  /** Once, at the end. */
  done(result: Result<PairedKey, Failure>): void;
}

/** What came of asking a server for all books of this device. */
export interface MatchedBooks {
  /** So many that it was not known to have before. */
  readonly count: number;
  /** Otherwise the time was up before all of them had been looked at; the next go takes the rest. */
  readonly isAll: boolean;
}

/** What a tap can do. Whatever asks a server may ask for a network first, and tells `done` once, unless it is cancelled. */
export interface Actions {
  /** Looks where other devices are, then sends what waits; says by a toast how it went. */
  syncNow(): void;

  /** Whether the server answers and takes the key; and what it says of itself. */
  testConnection(connection: Connection, done: (tested: Result<ServerInfo, Failure>) => void): Cancel;
  /** One with an id is replaced, one without gets a new id. Gives the connection as it was kept. */
  saveConnection(connection: NewConnection): Connection;
  /** Asks the server at an address for a key by a code. Changes nothing; gives what stops it. */
  pair(url: string, events: PairingEvents): () => void;
  /** What this server takes for a session, from the next one on. */
  saveValidity(id: ConnectionId, validity: Validity): void;
  /** What waits for it is discarded with it. */
  removeConnection(id: ConnectionId): void;

  /** A parked entry is tried again with the next delivery. */
  retry(id: EntryId): void;
  /** It is never sent. */
  discard(id: EntryId): void;

  /** Books of a server whose title, author or series have these words. */
  searchServer(id: ConnectionId, words: string, done: (found: Result<RemoteBook[], Failure>) => void): Cancel;
  /** The book on screen is this one of the server's. */
  matchThisBook(id: ConnectionId, book: RemoteBook): void;
  /** The book on screen is not what the server takes it for. */
  forgetMatch(id: ConnectionId): void;
  /** Asks a server, by content, for every book that is not known for certain, and for those on the device that were never opened. */
  matchAllBooks(id: ConnectionId, done: (found: Result<MatchedBooks, Failure>) => void): Cancel;

  /** Its server, key, books and waiting sessions become ours too; nothing of it is changed. */
  takeOverTomeSync(done: (taken: TakenOver) => void): Cancel;
  /** From the next start on, which is asked for. */
  switchOffTomeSync(): void;

  savePreferences(changes: Partial<Preferences>): void;
  saveDownloads(changes: Partial<DownloadPreferences>): void;
  setDeviceName(name: string): void;
  /** For this run of KOReader; switching off keeps what was read in the sitting so far. */
  setRecording(on: boolean): void;
  /** For the book on screen, for good. */
  setBookTracked(on: boolean): void;
}
