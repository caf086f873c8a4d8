import type { DataTable } from "../core/sdr/lua-value";

/** Where the positions of an annotation were made: `originOf` of core/sdr. */
export interface Origin {
  /** The partial MD5 of the book's file. */
  readonly md5?: string | undefined;
  /** The version of the engine's document model; absent for fixed pages. */
  readonly dom?: number | undefined;
}

/** What is done to one annotation. `before` is the item as this device showed it. */
export type AnnotationEdit =
  | { readonly kind: "add"; readonly item: DataTable }
  | { readonly kind: "change"; readonly before: DataTable; readonly item: DataTable }
  | { readonly kind: "remove"; readonly before: DataTable };

/** What became of edits to an open book. */
export interface Applied {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Not in this document, or changed by the reader meanwhile: the reader's edit stands. */
  readonly left: readonly AnnotationEdit[];
  /** Not put in: what they mark is marked here in the same way. */
  readonly there: readonly AnnotationEdit[];
}

/** A book on screen, from `DocSettingsLoad` until its sidecar is written after `CloseDocument`. */
export interface OpenBook {
  readonly file: string;
  /** Names this opening: the shadow of a watched session carries it. */
  readonly session: string;
  /** Keys (`AnnotationView.key`) of annotations whose removal KOReader reported since the book was opened. */
  removed(): readonly string[];
  /** The whole sidecar as KOReader has it in memory, with the live list of annotations. */
  data(): DataTable;
  /** Whether an annotation is in this document where it says, and marks its text. Not before the document is loaded. */
  holds(item: DataTable, origin: Origin): boolean;
  /**
   * Changes the list that is on screen, keeping it in the order of the book's pages and every time as it was. Only while
   * `isFree`; from the callbacks after `ReaderReady` on, when KOReader has sorted the list itself. Not shown before `repaint`.
   */
  apply(edits: readonly AnnotationEdit[]): Applied;
  /** Draws the page with what was changed. */
  repaint(): void;
  /** False while a dialog is open or a text is being selected: nothing moves under the reader's finger. */
  isFree(): boolean;
}
