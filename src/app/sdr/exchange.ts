import type { Failure } from "../../core/failure";
import type { Replaced } from "../../core/sdr/compaction";
import type { SdrTarget } from "../../core/sdr-settings";
import type { EpochSeconds } from "../../core/units";
import type { KnownScheme } from "../../protocol/webdav/sign-in";

/** What a worker is sent off with. Contents are in the spool's files, never in a pipe. */
export interface ExchangePlan {
  readonly target: SdrTarget;
  /** How the server wanted the password the last time. */
  readonly known?: KnownScheme;
  readonly device: string;
  /** Every file of ours that shall be in the folder. */
  readonly own: readonly string[];
  /** Those of them that it was never told of. */
  readonly unsent: readonly string[];
  readonly seen: readonly string[];
  /** Fetched or found damaged lately: not fetched. */
  readonly passed: readonly string[];
  readonly replaced: readonly Replaced[];
  /** Devices that are no more; what they wrote is among our own files. */
  readonly retired: readonly string[];
  readonly now: EpochSeconds;
  /** Nothing is put or deleted: a preview. */
  readonly isReadOnly: boolean;
  /** This device has not synced here before: when others have, nothing is put before the reader saw what comes. */
  readonly isFirst: boolean;
  /** The reader knows that the folder was emptied. */
  readonly mayBeEmpty: boolean;
  /** The time may be short: what is ours goes first. */
  readonly putsFirst: boolean;
}

/** What a worker tells, in order; `done` is the last. */
export type ExchangeNews =
  | { readonly kind: "listed"; readonly files: number; readonly devices: number; readonly others: number }
  /** Our device's name on files that we did not write. Nothing was changed. */
  | { readonly kind: "clone" }
  /** Nothing of what was there is there any more. Nothing was changed. */
  | { readonly kind: "emptied" }
  /** Others have synced here, and we have not: nothing was put. */
  | { readonly kind: "stranger" }
  /** So many files are to be fetched, and to be put. */
  | { readonly kind: "work"; readonly gets: number; readonly puts: number; readonly bytes: number }
  | { readonly kind: "fetched"; readonly name: string }
  | { readonly kind: "bad"; readonly name: string }
  | { readonly kind: "put"; readonly name: string }
  /** Ours, not in the folder, and not in the spool either. */
  | { readonly kind: "lacking"; readonly name: string }
  | { readonly kind: "deleted"; readonly name: string }
  /** Seen once, and removed since by whoever wrote it. */
  | { readonly kind: "gone"; readonly name: string }
  /** There are more to be fetched than one run may. */
  | { readonly kind: "more" }
  | {
      readonly kind: "done";
      readonly requests: number;
      readonly bytesIn: number;
      readonly bytesOut: number;
      readonly learnt?: KnownScheme;
      readonly failure?: Failure;
    };
