import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

export interface CloudFile {
  /** Passes `isCloudName`. */
  readonly name: string;
  /** In bytes; absent where the place does not tell. */
  readonly size?: number;
}

export interface CloudListing {
  /** Each name once, in no order. */
  readonly files: readonly CloudFile[];
  /** How many things lie there whose names we would not give: folders, conflict copies, other people's files. */
  readonly others: number;
}

/**
 * One flat folder that several devices write to: on a WebDAV server, on a card, in a folder that Syncthing looks after. There
 * is no verb to change a file and none to move one: each device only ever adds files of its own, under names that say what
 * is in them, and removes them again (docs/decisions/0015). Blocking: for a worker.
 *
 * Failures besides those of the way there: `auth`, `forbidden` (a read-only share), `missing` (the folder, or the file of a
 * `get`), `busy` (with `retryAfter` where it was said), `disk` (no room; with `at` it is the server that has none),
 * `portal` and `garbled` (somebody else answered), `unsupported` (a name that is not ours to give, or no such folder can be
 * had at this address).
 */
export interface CloudFolder {
  /** Everything in it, by one request. At most 20,000 files; more of them are `rejected`. */
  list(): Result<CloudListing, Failure>;
  /** A whole file; `garbled` when it is longer than `maxBytes`. That it is the one that was put shows only in its hash. */
  get(name: string, maxBytes: number): Result<string, Failure>;
  /**
   * Puts a file under a name that nobody else uses, in place of what lies there. A failure that was `sent` leaves open
   * whether it lies there, whole or in part: the same bytes may be put again, under the same name.
   */
  put(name: string, bytes: string): Result<true, Failure>;
  /** Gone afterwards; also when it was not there. */
  delete(name: string): Result<true, Failure>;
  /** The folder is there afterwards, with those above it up to the address; also when it was there. */
  makeRoot(): Result<true, Failure>;
  /** Ends what is kept open for the next call. */
  close(): void;
}
