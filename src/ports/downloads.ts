import type { Download, DownloadId, DownloadOrder } from "../core/download";
import type { Reason } from "../core/failure";
import type { Cancel } from "./scheduler";

/** How the whole queue stands, for a popup: "3 of 12 — Title, 41 %, 2.1 MB/s". */
export interface DownloadProgress {
  /** The one that runs; absent between two, and when all is over. */
  readonly current?: {
    readonly title: string;
    /** Its place in the batch, from 1. */
    readonly number: number;
    readonly bytes: number;
    /** Absent when the server does not say. */
    readonly total?: number;
    /** Over the last seconds. */
    readonly bytesPerSecond?: number;
  };
  /** How many the batch has. */
  readonly of: number;
  /** Why nothing runs although something waits. */
  readonly pausedBy?: { readonly reason: Reason; readonly connectionName: string };
  readonly isOver: boolean;
}

/** What came of a batch. */
export interface DownloadSummary {
  readonly done: readonly Download[];
  readonly skipped: readonly Download[];
  readonly failed: readonly Download[];
  /** Waits for an answer of the reader: another file has its name. */
  readonly asking: readonly Download[];
}

/** What a reader says of a file that is there already. */
export type ExistingChoice = "keep-both" | "replace" | "skip";

/** The queue of books on their way to this device. It survives a restart; one book is fetched at a time. */
export interface Downloads {
  /**
   * Puts them in the queue, and begins where there is a network; a tap may ask for one. Gives how many it took: those that are
   * on their way already are passed over, and so is what comes after a thousand.
   */
  add(orders: readonly DownloadOrder[]): number;
  /** Tells now, and whenever it changes, at most twice in a second, until it is cancelled. */
  watch(changed: (progress: DownloadProgress) => void): Cancel;
  /** The reader looks at it: the device does not go to sleep by itself meanwhile. Otherwise a notification tells the end. */
  setWatched(on: boolean): void;
  /** Of the last batch, also when it is still running. */
  summary(): DownloadSummary;
  /** How many are on their way, or wait for an answer. */
  count(): number;
  /** Ends what runs and forgets what waits; within a second. What is fetched of it is thrown away. */
  cancel(): void;
  retryFailed(): void;
  /** What is over is not shown any more. */
  clear(): void;
  answer(id: DownloadId, choice: ExistingChoice): void;
}
