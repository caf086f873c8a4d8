import type { Position } from "./position";
import type { SessionRecord } from "./session";
import type { Failure, Reason } from "./failure";
import type { EpochSeconds } from "./units";

export type ConnectionId = string & { readonly of: "connection" };
export type BookId = number & { readonly of: "book" };
export type EntryId = number & { readonly of: "outbox" };

/** What happened, waiting to be told to one server. */
export type Payload =
  | { readonly kind: "session"; readonly session: SessionRecord }
  | { readonly kind: "position"; readonly position: Position };

export interface NewEntry {
  readonly connection: ConnectionId;
  readonly book: BookId;
  readonly payload: Payload;
}

export interface OutboxEntry extends NewEntry {
  readonly id: EntryId;
  readonly createdAt: EpochSeconds;
  /** Why the last try did not work; absent before the first. */
  readonly reason?: Reason;
}

/** How one entry ended in one try. */
export type Outcome =
  | { readonly kind: "delivered" }
  /** The server has no such book: the entry waits until it is matched. */
  | { readonly kind: "unmatched" }
  /** Another device moved the place since; the entry is superseded. */
  | { readonly kind: "superseded" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What becomes of an entry: it leaves the outbox, or it stays with the reason the reader can see. */
export type Settlement = { readonly kind: "remove" } | { readonly kind: "keep"; readonly failure: Failure };

export function settle(outcome: Outcome): Settlement {
  switch (outcome.kind) {
    case "delivered":
    case "superseded":
      return { kind: "remove" };
    case "unmatched":
      return { kind: "keep", failure: { reason: "missing" } };
    case "failed":
      return { kind: "keep", failure: outcome.failure };
  }
}
