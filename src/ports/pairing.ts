import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

/** What the device shows, and what it keeps to itself to ask with. */
export interface ShownCode {
  readonly code: string;
  readonly secret: string;
}

/** A way in that somebody gave us. */
export interface PairedKey {
  readonly key: string;
  /** Whose account it is; absent when the server does not say. */
  readonly account?: string;
}

export type PairingAnswer =
  | { readonly kind: "pending" }
  /** The code is too old, or the server knows it no longer. */
  | { readonly kind: "over" }
  | { readonly kind: "paired"; readonly paired: PairedKey };

/** Getting a key of one's own from a server, by a code that its owner enters there. */
export interface Pairing {
  begin(): Result<ShownCode, Failure>;
  ask(shown: ShownCode): Result<PairingAnswer, Failure>;
}
