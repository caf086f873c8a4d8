import type { Connection } from "../core/connection";
import type { Failure, Reason } from "../core/failure";
import type { Payload } from "../core/outbox";
import type { EpochSeconds } from "../core/units";
import type { WaitingCount } from "./store";

/** Where one connection stands. */
export interface ConnectionState {
  readonly connection: Connection;
  readonly waiting: WaitingCount;
  /** When the server last took or told something; absent when it has not since KOReader started. */
  readonly lastSuccess?: EpochSeconds;
  /** Why the last exchange did not work; absent when it did. */
  readonly reason?: Reason;
}

/** One thing that waits to be sent. */
export interface WaitingItem {
  readonly title: string;
  readonly connectionName: string;
  readonly payload: Payload;
  readonly createdAt: EpochSeconds;
  readonly reason?: Reason;
}

/** What the screens show. */
export interface Overview {
  now(): EpochSeconds;
  connections(): ConnectionState[];
  /** The oldest things that wait, at most `limit` of each connection. */
  waiting(limit: number): WaitingItem[];
}

/** What a tap can do. */
export interface Actions {
  syncNow(): void;
  /** Tells once how it went; nothing when the server answered and took the key. */
  testConnection(connection: Connection, done: (failure: Failure | undefined) => void): void;
  saveConnection(connection: Connection): void;
}
