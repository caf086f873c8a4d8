import type { CatalogueBook, RemoteFile } from "./catalogue";
import type { Failure, Reason } from "./failure";
import type { ConnectionId } from "./outbox";
import { type EpochSeconds, seconds } from "./units";

/** The longest that one book may take; one that no longer comes is given up long before. */
export const LONGEST_DOWNLOAD = seconds(6 * 3600);

export type DownloadId = number & { readonly of: "download" };

/** A book that the reader wants on this device. */
export interface DownloadOrder {
  readonly connection: ConnectionId;
  readonly book: CatalogueBook;
  /** Which of its files. */
  readonly file: RemoteFile;
  /** What it was sent to this device as; absent for what the reader chose here. */
  readonly inboxItem?: string;
}

/**
 * Where a download stands: it waits for its turn; a worker has it; the reader is asked, because a file of its name is there already;
 * it is on the device; it was left out, because the book is on the device already; or it failed.
 */
export type DownloadState = "waiting" | "running" | "asking" | "done" | "skipped" | "failed";

/** What makes sure that a download that was cut goes on with the same file. */
export interface PartProof {
  /** The server's strong ETag, or its date; without one nothing is resumed. */
  readonly validator?: string;
  /** Of the whole file, in bytes; absent when the server does not say. */
  readonly total?: number;
  /** The run of the system in which it was written: of an earlier one's file the end may never have reached the disk. */
  readonly boot?: string;
}

/** One line of the queue. */
export interface Download extends DownloadOrder {
  readonly id: DownloadId;
  readonly state: DownloadState;
  readonly createdAt: EpochSeconds;
  /** Where it goes, once that is decided: an absolute path. */
  readonly target?: string;
  readonly proof?: PartProof;
  /** Why it failed, or why the last try did not work. */
  readonly reason?: Reason;
  /** What the server said about that, in its own words. */
  readonly said?: string;
  /** What the reader said of a file that has its name; absent before the question. */
  readonly choice?: "keep-both" | "replace" | "skip";
  /** Of the reason `disk`: so many bytes more have to be free, where that is the trouble. */
  readonly lacking?: number;
}

/** What a worker tells while it fetches one book. */
export type DownloadNews =
  /** The answer has begun: `from` bytes are here already. */
  | { readonly kind: "begun"; readonly from: number; readonly proof: PartProof }
  /** So many bytes are here; told at most a few times in a second. */
  | { readonly kind: "progress"; readonly bytes: number }
  /**
   * The whole file lies under its temporary name, on disk and synced, and is as long as the server said. `digest`: its partial MD5;
   * `isKnown` when the server knows that as this book's.
   */
  | { readonly kind: "fetched"; readonly bytes: number; readonly digest: string; readonly isKnown: boolean }
  /** What is here of it stays, for the next try to go on with. */
  | { readonly kind: "failed"; readonly failure: Failure }
  /** Which address of the connection answers. */
  | { readonly kind: "reached"; readonly address: string };
