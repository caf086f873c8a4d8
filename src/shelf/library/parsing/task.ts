import type { Kind } from "../formats/kinds";
import type { Said } from "../formats/said";

/** What the parser process is asked; paths are absolute. */
export type Task =
  /** `described` is a package document beside the book that counts before what the book says itself. */
  | { readonly work: "read"; readonly path: string; readonly kind: Kind; readonly described?: string }
  /** Writes the cover of a book, scaled down, to a file. `beside` is a picture that counts before the book's own. */
  | {
      readonly work: "cover";
      readonly path: string;
      readonly kind: Kind;
      readonly beside?: string;
      readonly to: string;
    };

export type Result =
  /** `why` the book itself could not be read, when what stands beside it could. */
  | { readonly ok: true; readonly said: Said; readonly why?: string }
  /** Whether there was a cover. */
  | { readonly ok: true; readonly found: boolean }
  /** `why` is a sentence for the owner of the library. */
  | { readonly ok: false; readonly why: string };

/** The first thing that the parser process says. */
export const READY = "ready";
