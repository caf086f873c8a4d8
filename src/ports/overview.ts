import type { MatchMethod } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure, Reason } from "../core/failure";
import type { ConnectionId, EntryId, EntryState, Payload, Room } from "../core/outbox";
import type { Preferences } from "../core/preferences";
import type { Tally } from "../core/session";
import type { EpochSeconds, Fraction } from "../core/units";
import type { JournalEntry, WaitingCount } from "./store";

/** Where one connection stands. */
export interface ConnectionState {
  readonly connection: Connection;
  readonly waiting: WaitingCount;
  /** When the server last took or told something; absent when it has not since KOReader started. */
  readonly lastSuccess?: EpochSeconds;
  /** Why the last exchange did not work; absent when it did. */
  readonly reason?: Reason;
  /** The same, with all that is known. */
  readonly failure?: Failure;
  /** Which of its addresses answered last; absent when none has. */
  readonly address?: string;
  /** When it is tried again by itself; absent when nothing holds it off, or only the reader can help. */
  readonly nextTry?: EpochSeconds;
}

/** One thing that waits to be sent. */
export interface WaitingItem {
  readonly id: EntryId;
  readonly state: EntryState;
  readonly title: string;
  readonly connectionName: string;
  readonly payload: Payload;
  readonly createdAt: EpochSeconds;
  readonly reason?: Reason;
}

/** The book on screen, as one connection knows it. */
export interface BookOnServer {
  readonly connection: Connection;
  /** Absent when the server does not have it, or was not asked yet. */
  readonly match?: { readonly remoteId: string; readonly method: MatchMethod; readonly title?: string };
  /** Where the server has it, once it said so; without a device when this one put it there. */
  readonly place?: { readonly fraction: Fraction; readonly device?: string };
}

export interface ThisBook {
  readonly title: string;
  readonly here: Fraction;
  /** What was read in the sitting in progress. */
  readonly sitting: Tally;
  /** What was read since midnight, this sitting included. */
  readonly today: Tally;
  /** False when the reader switched recording off for this book. */
  readonly isTracked: boolean;
  readonly servers: BookOnServer[];
}

/** What the screens show; reads the store, so only for a screen that is about to appear. */
export interface Overview {
  now(): EpochSeconds;
  connections(): ConnectionState[];
  /** How much more can wait. */
  room(): Room;
  /** The oldest things that wait, at most `limit` of each connection. */
  waiting(limit: number): WaitingItem[];
  /** Nothing in the file browser. */
  thisBook(): ThisBook | undefined;
  /** Whether any book was found on this server. */
  hasMatches(id: ConnectionId): boolean;
  preferences(): Preferences;
  /** What the reader chose for downloads, as it stands in the file. */
  downloadFields(): Readonly<Record<string, unknown>>;
  /** Where downloads go, as `Places.base` tells it. */
  downloadFolder(chosen: string): string | undefined;
  /** Whether this device can switch Wi-Fi on without holding the reader up. */
  canSwitchWifi(): boolean;
  /** TomeSync is switched on too. */
  hasTomeSync(): boolean;
  /** KOReader's own progress sync moves the page too. */
  hasProgressSync(): boolean;
  /** False while recording is paused, until KOReader starts again or the reader goes on. */
  isRecording(): boolean;
  /** Books that are on their way to this device, wait for an answer, or failed. */
  downloads(): number;
  /** Books of this server that are on their way, or wait for an answer. */
  onTheirWay(connection: ConnectionId): number;
  /** Books that were sent to this reader's devices, as far as was heard. */
  sentBooks(): number;
  /** The newest rounds of delivery first. */
  journal(limit: number): JournalEntry[];
  deviceName(): string;
  /** The connection that came with the plugin, as it came; nothing when none did, or it was removed. */
  baked(): Connection | undefined;
}

/** The id that the next new connection gets. */
export type NewConnection = Omit<Connection, "id"> & {
  readonly id?: ConnectionId;
  /** Its address leads to other books than before: what was matched with the old ones is forgotten. */
  readonly isOtherLibrary?: boolean;
};
