import type { DataTable } from "../core/sdr/lua-value";

/** Where the positions of an annotation were made: `originOf` of core/sdr. */
export interface Origin {
  /** The partial MD5 of the book's file. */
  readonly md5?: string | undefined;
  /** The version of the engine's document model; absent for fixed pages. */
  readonly dom?: number | undefined;
}

/** Where another device is in a book. */
export interface FirstPlace extends Origin {
  readonly xpointer?: string;
  /** Of fixed pages. */
  readonly page?: number;
}

/** A book at `DocSettingsLoad`: before any module of KOReader reads its sidecar, and before a reflowable document is loaded. */
export interface OpeningBook {
  readonly file: string;
  /** True before a book is opened here for the first time. */
  readonly isNew: boolean;
  /** The sidecar as KOReader has it in memory. */
  data(): DataTable;
  /**
   * Whether annotations from there may go in now: made in the same file and document model, and KOReader will take the list. The
   * rest waits for `OpenBook.holds`: asking a document that is not loaded for an xpointer ends the process.
   */
  admits(origin: Origin): boolean;
  /** Changes the sidecar in memory into `after`, but for what belongs to the device. KOReader sorts the annotations itself. */
  take(after: DataTable): void;
  /** A book that was never opened here begins where another device is, if its file is the same and this engine knows the place. */
  begin(place: FirstPlace): void;
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
   * `isFree`; from the callbacks after `ReaderReady` on, when KOReader has sorted the list itself.
   */
  apply(edits: readonly AnnotationEdit[]): Applied;
  /** False while a dialog is open or a text is being selected: nothing moves under the reader's finger. */
  isFree(): boolean;
}
