import type { LuaValue, DataTable } from "../core/sdr/lua-value";
import type { Unreadable } from "../core/sdr/limits";
import type { Result } from "../core/result";
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
  /** Empty only for a book on screen that was never saved; in the order in which KOReader tries them: the first that can be read is the book's sidecar. */
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

export interface SweepTally {
  /** Books with a sidecar. */
  readonly books: number;
  readonly changed: number;
  /** Known ones without a sidecar. Nobody deleted highlights by that: the sidecar may have been reset, or the card be out. */
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
  /**
   * Looks at the known books, KOReader's history, the home folder and both of KOReader's own folders. It takes as long as it takes: for a
   * worker.
   * @param known the stamps that were remembered, by the books' files
   */
  sweep(known: Readonly<Record<string, string>>, changed: (this: void, change: ChangedSidecar) => void): SweepTally;
}

/** What a book's sidecar says. */
export interface SidecarReading {
  readonly sighting: SidecarSighting;
  /** The file that was read. */
  readonly file: SidecarFile;
  /** Its bytes, to be put back when a writing goes wrong. */
  readonly text: string;
  readonly data: DataTable;
  /** The reader's corrections of the metadata: `custom_props`, and `doc_props` as they were. */
  readonly custom?: DataTable;
}

/** Why a sidecar was not read. `missing`: it is gone since it was sighted. */
export type SidecarUnreadable = Unreadable | "missing";

/** A key of a sidecar and its new value; without one it is taken away. */
export interface KeyChange {
  readonly key: string;
  readonly value?: LuaValue;
}

export interface SidecarChange {
  /** Of the sidecar itself. `annotations` is the whole list, in any order: KOReader sorts it when the book is opened. */
  readonly keys: readonly KeyChange[];
  /** Of `custom_props`. */
  readonly custom?: readonly KeyChange[];
}

/**
 * Why a closed book was left as it was. `open`: it is on screen. `changed`: it is no longer as it was read. `bound`: a key
 * belongs to this device. `old-format`: its highlights are in the form of before 2024, until KOReader opens it. `disk`: it
 * could not be written, and is as before.
 */
export type SidecarUnwritten = "open" | "changed" | "bound" | "old-format" | "disk";

/** What a sidecar may say of its book. */
export interface SidecarGlance {
  readonly digest: string | undefined;
  readonly title: string;
  readonly authors: string;
  /** A line each. */
  readonly identifiers: string;
}

/** A value as Lua has it: what KOReader's own modules take. */
export type NativeValue = unknown;

/** What is to be written into a closed book, worked out to the last byte: plain data, which a worker can hand to its parent. */
export interface PreparedWrite {
  /** As it was read: nothing is written when it is not so any more. */
  readonly sighting: SidecarSighting;
  readonly file: SidecarFile;
  readonly text: string;
  readonly keys: readonly { readonly key: string; readonly value: NativeValue | false; readonly isGone: boolean }[];
  readonly isListChanged: boolean;
  /** The whole sidecar as KOReader has to read it afterwards. */
  readonly expected: NativeValue;
  /** The whole file of corrections, or false. */
  readonly custom: NativeValue | false;
  /** A copy of `text` that is on the disk already, or empty. */
  readonly copy: string;
}

export interface SidecarFiles {
  /** Reads the file that KOReader would load, without running it. */
  read(sighting: SidecarSighting): Result<SidecarReading, SidecarUnreadable>;
  /** What the first file seems to say of its book, by a glance at its text: a guess. */
  glance(sighting: SidecarSighting): SidecarGlance;
  /** Works out what `place` has to do. Changes nothing but a copy in a place of ours: for a worker. */
  prepare(reading: SidecarReading, change: SidecarChange): Result<PreparedWrite, SidecarUnwritten>;
  /**
   * Changes a closed book through KOReader's own DocSettings, with a backup, and loads it again: it is then as it was told,
   * or as it was before. Kept within the mode and the folder that KOReader prefers. Waits for the disk.
   * @param breathe called where the reader may go on; they may open the book then
   */
  place(prepared: PreparedWrite, breathe: (this: void) => void): Result<SidecarSighting, SidecarUnwritten>;
}
