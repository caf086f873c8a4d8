import type { Failure } from "../../core/failure";
import type { SdrTarget } from "../../core/sdr-settings";
import type { SdrPreview, SdrProgress, SdrTrigger } from "../../ports/sdr-sync";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import type { RunAccount } from "./history";

export interface RunOrder {
  readonly trigger: SdrTrigger;
  readonly target: SdrTarget;
  readonly known?: KnownScheme;
  /** The books to look at; every one where nobody knows which changed. */
  readonly files: readonly string[] | "all";
  readonly isPreview: boolean;
  /** Nobody has seen a preview yet. */
  readonly isFirst: boolean;
  readonly mayBeEmpty: boolean;
  /** Asks no folder. */
  readonly isOwn?: boolean;
}

/** How a run came out. */
export type RunEnd =
  /** `books` are the account's as JSON: they are put into words before, bit by bit. */
  | { readonly kind: "done"; readonly account: RunAccount; readonly books: string }
  | { readonly kind: "failed"; readonly failure: Failure; readonly account: RunAccount; readonly books: string }
  | { readonly kind: "previewed"; readonly preview: SdrPreview }
  | { readonly kind: "stranger" }
  | { readonly kind: "emptied" };

export interface RunListener {
  readonly progress: (this: void, progress: SdrProgress) => void;
  readonly learnt: (this: void, known: KnownScheme) => void;
  readonly newer: (this: void) => void;
  readonly ended: (this: void, end: RunEnd) => void;
}
