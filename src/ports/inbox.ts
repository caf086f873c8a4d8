import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import type { Cancel } from "./scheduler";
import type { InboxItem } from "./server";

/** A book that was sent to the reader's devices, and is not here yet. */
export interface Offer {
  readonly connection: Connection;
  readonly item: InboxItem;
  /** Its file, when the book is on this device already. */
  readonly here?: string;
}

/** What came of taking books out of an inbox. */
export interface Taken {
  /** How many are on their way now. */
  readonly queued: number;
  /** Another device took them meanwhile. */
  readonly gone: readonly Offer[];
  /** Nothing of them can be downloaded. */
  readonly withoutFile: readonly Offer[];
}

/** Books that somebody sent from the server's pages. */
export interface InboxDesk {
  /** As the last look found them. */
  offers(): Offer[];
  /** Asks all servers; what is on its way already is left out. A failure only when none of them could tell. */
  look(done: (found: Result<Offer[], Failure>) => void): Cancel;
  /** Asks once more what is still there, and puts that in the queue. */
  take(offers: readonly Offer[], done: (taken: Result<Taken, Failure>) => void): Cancel;
  /** Downloads them although another device took them. Gives how many are on their way. */
  fetchAnyway(offers: readonly Offer[]): number;
  /** The reader does not want it: the server forgets it, for all devices. */
  dismiss(offer: Offer): void;
}
