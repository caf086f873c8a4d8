import { type Failure, nextStep, type Reason } from "./failure";
import type { Position } from "./position";
import type { SessionRecord } from "./session";
import type { EpochSeconds } from "./units";

export type ConnectionId = string & { readonly of: "connection" };
export type BookId = number & { readonly of: "book" };
export type EntryId = number & { readonly of: "outbox" };

/** What happened, waiting to be told to one server. */
export type Payload =
  | { readonly kind: "session"; readonly session: SessionRecord }
  | {
      readonly kind: "position";
      readonly position: Position;
      /** Older places that this one replaced before the server acknowledged them: it may have them all the same. */
      readonly replaced?: readonly Position[];
    };

/** More than years of reading come to. */
export const MOST_ENTRIES = 100_000;

/** How much more the outbox takes: `little` is told to the reader, at `none` sittings of one book are told as one. */
export type Room = "plenty" | "little" | "none";

export function roomLeft(entries: number): Room {
  if (entries >= MOST_ENTRIES) return "none";
  return entries >= MOST_ENTRIES * 0.9 ? "little" : "plenty";
}

export interface NewEntry {
  readonly connection: ConnectionId;
  readonly book: BookId;
  readonly payload: Payload;
}

/**
 * Where an entry stands: it waits to be sent; a worker has it; it was sent, but whether the server took it is unknown, so the
 * server is asked before it is sent again; or it is parked, because it was refused and only the reader can say what now.
 */
export type EntryState = "waiting" | "in flight" | "unknown" | "parked";

export interface OutboxEntry extends NewEntry {
  readonly id: EntryId;
  readonly createdAt: EpochSeconds;
  readonly state: EntryState;
  /** Why the last try did not work; absent before the first. */
  readonly reason?: Reason;
}

/** How one entry ended in one try. */
export type Outcome =
  | { readonly kind: "delivered" }
  /** The server has no such book: the entry waits until it is matched. */
  | { readonly kind: "unmatched" }
  /** The match is a guess that the reader has not seen yet: what no server takes back waits. */
  | { readonly kind: "unconfirmed" }
  /** Another device moved the place since; the entry is superseded. */
  | { readonly kind: "superseded" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What becomes of an entry: it leaves the outbox, or it stays in a state, with the reason that the reader can see. */
export type Settlement =
  { readonly kind: "remove" } | { readonly kind: "stay"; readonly state: EntryState; readonly reason?: Reason };

export function settle(outcome: Outcome): Settlement {
  switch (outcome.kind) {
    case "delivered":
    case "superseded":
      return { kind: "remove" };
    case "unmatched":
      return { kind: "stay", state: "waiting", reason: "missing" };
    case "unconfirmed":
      return { kind: "stay", state: "waiting" };
    case "failed":
      return afterFailure(outcome.failure);
  }
}

/** An answer that was lost leaves the entry unknown; a refusal parks it; anything else is tried again. */
function afterFailure({ reason, sent }: Failure): Settlement {
  if (nextStep(reason) === "park") return { kind: "stay", state: "parked", reason };
  return { kind: "stay", state: sent === true ? "unknown" : "waiting", reason };
}
