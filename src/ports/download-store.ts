import type { Download, DownloadId, DownloadOrder, DownloadState, PartProof } from "../core/download";
import type { Reason } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import type { ExistingChoice } from "./downloads";

/** A line of the queue as it is kept. */
export interface KeptDownload extends Download {
  /** Those that were ordered before all was over belong together. */
  readonly batch: number;
  /** The partial MD5 of what was fetched, once it is about to get its name. */
  readonly digest?: string;
}

/** What may change of a line. */
export interface DownloadChanges {
  readonly state?: DownloadState;
  /** `false`: there is none any more. */
  readonly reason?: Reason | false;
  /** Goes with its reason, and is forgotten with it. */
  readonly said?: string;
  readonly choice?: ExistingChoice;
  readonly target?: string;
  readonly lacking?: number;
  readonly proof?: PartProof;
  readonly digest?: string;
}

/** An inbox is still to be told that its book is on this device. */
export interface Receipt {
  readonly connection: ConnectionId;
  readonly item: string;
}

/** Books on their way to this device, a thousand at most. It survives a restart and an empty battery. */
export interface DownloadStore {
  /**
   * Puts them behind what waits, on disk when it returns. A book that is on its way already is passed over, and what there is
   * no room for; what was over before the first of a new batch is forgotten, but for what failed. Gives how many it took.
   */
  add(orders: readonly DownloadOrder[]): number;
  get(id: DownloadId): KeptDownload | undefined;
  /** In the order in which they were asked for. */
  list(states: readonly DownloadState[]): KeptDownload[];
  /** The first that waits. */
  next(): KeptDownload | undefined;
  count(states: readonly DownloadState[]): number;
  /** Of the newest batch. */
  tally(): ReadonlyMap<DownloadState, number>;
  /** What failed waits again, in the batch that is under way or in a new one. */
  retryFailed(): void;
  change(id: DownloadId, changes: DownloadChanges): void;
  /** The same, on disk when it returns, with all that was written before. */
  changeForGood(id: DownloadId, changes: DownloadChanges): void;
  /** Every line in these states, of one connection where it is given. */
  changeAll(states: readonly DownloadState[], changes: DownloadChanges, connection?: ConnectionId): void;
  /** It is on the device, or the reader does not want it: its inbox is to be told, in the same breath. On disk when it returns. */
  settle(id: DownloadId, state: "done" | "skipped", changes?: DownloadChanges): void;
  remove(states: readonly DownloadState[]): void;
  /** All lines of a connection that is no more, and what its inbox was to be told. On disk when it returns. */
  forget(connection: ConnectionId): void;
  /** Whether this item of an inbox is on its way, or to be told of. */
  knowsItem(connection: ConnectionId, item: string): boolean;
  /** On disk when it returns. */
  addReceipt(receipt: Receipt): void;
  receipts(): Receipt[];
  removeReceipt(receipt: Receipt): void;
}
