import type { EpochSeconds } from "../core/units";

/** Where KOReader keeps what it knows about a book; `legacy` are the places of KOReaders before 2023. */
export type SidecarPlace = "doc" | "dir" | "hash" | "legacy";

/** A file as a listing tells it. */
export interface FileStamp {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: EpochSeconds;
}

/** A file that KOReader takes for a book's sidecar. */
export interface SidecarFile extends FileStamp {
  readonly place: SidecarPlace;
  /** The copy that KOReader keeps of the file before its last change. */
  readonly isOlder: boolean;
}

/** A book that was opened on this device. */
export interface SidecarSighting {
  /** The book's own file. */
  readonly book: string;
  /** Never empty; in the order in which KOReader tries them: the first that can be read is the book's sidecar. */
  readonly files: readonly SidecarFile[];
  /** The reader's own corrections of title, authors and the like. */
  readonly custom?: FileStamp;
}

/** A sidecar that is not as it was when it was last looked at. */
export interface ChangedSidecar {
  readonly sighting: SidecarSighting;
  /** To be remembered once the sidecar was read; empty while the files are too young to be told from their next change. */
  readonly stamp: string;
}

/** What a sweep finds. */
export interface SweepListener {
  /** The stamp that was remembered for a book. */
  readonly stampOf: (this: void, book: string) => string | undefined;
  readonly changed: (this: void, change: ChangedSidecar) => void;
  /** A known book has no sidecar any more. Nobody deleted highlights by that: the sidecar may have been reset, or the card be out. */
  readonly gone: (this: void, book: string) => void;
  /** After everything was looked at; not after `cancel`. */
  readonly done: (this: void, tally: SweepTally) => void;
}

export interface SweepTally {
  /** Books with a sidecar. */
  readonly books: number;
  readonly changed: number;
  readonly gone: number;
}

/** Work in slices between which the reader can do as they like. */
export interface SlicedWork {
  /** No slice until `resume`: a book opens, the device goes to sleep. */
  readonly pause: (this: void) => void;
  /** Goes on where it was. */
  readonly resume: (this: void) => void;
  readonly cancel: (this: void) => void;
}

/** The books that were opened on this device. */
export interface SidecarFinder {
  /** Where a book's sidecar is; nothing when it was never opened here. Up to 14 calls of `stat`, and in the mode `hash` once a digest. */
  find(book: string): SidecarSighting | undefined;
  /** Looks at the known books, KOReader's history, the home folder and both of KOReader's own folders. */
  sweep(known: readonly string[], listener: SweepListener): SlicedWork;
}
