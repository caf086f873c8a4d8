import type { Group } from "./book-state";

/** One line of a preview or of the history: what changes, on the way out or on the way in. Plain data, to be printed and kept. */
export type Change =
  /** `text` is what the annotation marks, or its note; a page bookmark has neither. */
  | { readonly kind: "added"; readonly uid: string; readonly text: string }
  | { readonly kind: "changed"; readonly uid: string; readonly text: string; readonly groups: readonly Group[] }
  | { readonly kind: "deleted"; readonly uid: string; readonly text: string }
  /** Stood twice at the same place: one of them stays, with the notes of both. */
  | { readonly kind: "folded"; readonly uid: string; readonly text: string }
  /** Came from another book that the reader took for this one, and is in that one alone again. */
  | { readonly kind: "parted"; readonly uid: string; readonly text: string }
  /** `name` as in BookState: `summary.status`, `custom.title`, `set.hyph_lang`. */
  | { readonly kind: "set"; readonly name: string }
  | { readonly kind: "unset"; readonly name: string };
