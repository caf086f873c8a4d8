import type { CloudAccount } from "../core/cloud-accounts";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import type { SdrOptions, SdrTarget } from "../core/sdr-settings";
import type { EpochSeconds } from "../core/units";
import type { Cancel } from "./scheduler";

/** What made it sync. */
export type SdrTrigger = "tap" | "close" | "sleep" | "wake" | "connected" | "hours";

/** Looks for what changed here, asks the folder, fetches, merges, puts into the books, sends. Not every run has every step. */
export type SdrStep = "looking" | "asking" | "fetching" | "merging" | "sending" | "writing";

export interface SdrProgress {
  readonly step: SdrStep;
  /** Books, or files, of this step. */
  readonly done: number;
  /** 0 while nobody knows. */
  readonly of: number;
}

/** One thing that changes in a book; plain data, also for the history. */
export type SdrChange =
  /** `text` is what a highlight marks, or its note; a page bookmark has neither. `parted`: is in its own book alone again. */
  | { readonly kind: "added" | "deleted" | "folded" | "parted"; readonly uid: string; readonly text: string }
  | {
      readonly kind: "changed";
      readonly uid: string;
      readonly text: string;
      /** `pos`: its limits; `sty`: its colour or style; `note`: its note. */
      readonly groups: readonly ("pos" | "sty" | "note")[];
    }
  /** `summary.status`, `summary.rating`, `summary.note`, `custom.title`, `set.<a setting of KOReader>`. */
  | { readonly kind: "set" | "unset"; readonly name: string };

/** What a sync does to one book, both ways. */
export interface SdrBookChanges {
  readonly book: string;
  readonly title: string;
  readonly authors: string;
  /** From this device to the others. */
  readonly outgoing: readonly SdrChange[];
  /** From the others to this device. */
  readonly incoming: readonly SdrChange[];
  /** True when the book is not on this device, or is open: nothing is put into it now. */
  readonly isLater?: boolean;
}

export interface SdrPreview {
  /** Only books in which something changes, by title; at most 500 of them. */
  readonly books: readonly SdrBookChanges[];
  /** How many more there are. */
  readonly others: number;
  /** Of the folder: how many files would be fetched, and their length. */
  readonly files: number;
  readonly bytes: number;
}

/** What is only counted, where it is too much to be told one by one. */
export interface SdrOthers {
  readonly books: number;
  /** Those of them that something came for. */
  readonly receiving: number;
  /** Changes. */
  readonly incoming: number;
  readonly outgoing: number;
}

/** A run that is over. */
export interface SdrRun {
  readonly at: EpochSeconds;
  readonly trigger: SdrTrigger;
  /** Absent when it worked; `cancelled` when somebody ended it: what was done stays done. */
  readonly failure?: Failure;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly seconds: number;
  /** Of at most 200 books and a thousand changes, 50 each way of a book. */
  readonly books: readonly SdrBookChanges[];
  readonly others?: SdrOthers;
}

/**
 * `off`: no folder chosen. `preview`: this device syncs for the first time, and others already did: the reader is shown the
 * preview before anything is changed. `emptied`: files that were in the folder are gone, all of them: a wrong folder, or somebody
 * removed them. `stopped`: only the reader can help (password, certificate, rights, room): `failure` says with what.
 */
export type SdrState =
  | { readonly kind: "off" }
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly progress: SdrProgress; readonly trigger: SdrTrigger }
  | { readonly kind: "preview" }
  | { readonly kind: "emptied" }
  /** Tried again by itself, not before `nextTry`. */
  | { readonly kind: "waiting"; readonly failure: Failure; readonly nextTry?: EpochSeconds }
  | { readonly kind: "stopped"; readonly failure: Failure };

export interface SdrStatus {
  readonly state: SdrState;
  readonly target?: SdrTarget;
  /** The last run that worked. */
  readonly lastSuccess?: EpochSeconds;
  /** Books known from all devices. */
  readonly books: number;
  /** Files of this device that the folder does not have yet. */
  readonly unsent: number;
  /** Books with deletions that wait for the reader's word. */
  readonly held: number;
  /** A device writes in a newer form: this Ribbon has to be updated to read it. */
  readonly hasNewer: boolean;
}

/** What a test of a folder found. Nothing was written but the folder itself. */
export interface SdrTested {
  /** Files of ours in it. */
  readonly files: number;
  /** Devices that write to it. */
  readonly devices: number;
  /** Things in it that are not ours. */
  readonly others: number;
}

/** Why nothing begins. */
export type SdrRefusal = "off" | "running" | "offline" | "preview" | "emptied" | "disk";

/** Values that two devices gave without knowing of each other. */
export interface SdrConflict {
  readonly book: string;
  readonly title: string;
  /** What is meant by it stays the same while the values do. */
  readonly id: string;
  /** As in `SdrChange`. */
  readonly what:
    | { readonly kind: "annotation"; readonly group: "pos" | "sty" | "note"; readonly text: string }
    | { readonly kind: "field"; readonly name: string };
  /** Oldest first. Notes count both, of other things the last counts or what the rules say. */
  readonly values: readonly SdrConflictValue[];
}

export interface SdrConflictValue {
  /** What the reader calls the device. */
  readonly device: string;
  readonly at?: EpochSeconds;
  /** Nothing where it was taken away. */
  readonly text?: string;
}

/** A highlight, note or bookmark that was deleted on some device. */
export interface SdrTrashItem {
  readonly book: string;
  readonly title: string;
  readonly uid: string;
  readonly text: string;
  readonly note: string;
}

export interface SdrTrashBook {
  readonly book: string;
  readonly title: string;
  readonly authors: string;
  readonly count: number;
}

export interface SdrDevice {
  readonly id: string;
  readonly label: string;
  readonly isThis: boolean;
  /** When it last wrote something that came here. */
  readonly lastSeen?: EpochSeconds;
  /** Its files were taken over; it may come back. */
  readonly isRetired: boolean;
}

/** A book that some device has: all of its files together, or one of them. */
export interface SdrKnownBook {
  readonly book: string;
  /** The file's name where it says none; empty where nobody said anything. */
  readonly title: string;
  readonly authors: string;
  /** Highlights, notes and bookmarks. */
  readonly count: number;
  /** What the reader calls those that have it. */
  readonly devices: readonly string[];
  /** As a PDF or a comic has; absent where nobody said. */
  readonly hasPages?: boolean;
  readonly isOnScreen?: boolean;
}

export interface SdrBookQuery {
  /** Words of title or authors; empty: all. */
  readonly words: string;
  /** First those that may be the same as this one; not itself. */
  readonly like?: string;
}

export interface SdrBooksFound {
  /** At most a hundred: those that may be meant, then by title. */
  readonly books: readonly SdrKnownBook[];
  /** How many more there are, about. */
  readonly others: number;
}

/** "12 of 40 highlights disappeared on this device". */
export interface SdrHeld {
  readonly book: string;
  readonly title: string;
  readonly count: number;
  readonly of: number;
  /** What they mark, at most twenty. */
  readonly texts: readonly string[];
}

/** What the other devices changed in the book on screen: it cannot be put into it while it is open. */
export interface SdrStaged {
  readonly title: string;
  readonly incoming: readonly SdrChange[];
}

/**
 * Highlights, notes, bookmarks, status and settings of books, in step with the reader's other devices through a folder in a cloud.
 * Reads the disk, so for a screen that is about to appear. Whatever asks the folder works in the background; with a tap it may ask for a
 * network, and tells `done` once unless it is cancelled.
 */
export interface SdrSync {
  status(): SdrStatus;
  /** Tells now, and whenever it changes, at most five times in a second, until it is cancelled. */
  watch(changed: (this: void, status: SdrStatus) => void): Cancel;

  /** The reader's places in KOReader's own cloud storage. */
  accounts(): CloudAccount[];
  /** Whether the folder can be had: makes it, lists it. Keeps nothing. */
  test(target: SdrTarget, done: (this: void, tested: Result<SdrTested, Failure>) => void): Cancel;
  /** From now on. What was synced elsewhere stays there. */
  choose(target: SdrTarget): void;
  /** Syncs no more. Books stay as they are, and so do the files in the folder. */
  switchOff(): void;
  options(): SdrOptions;
  saveOptions(changes: Partial<SdrOptions>): void;

  /** Begins a run, or says why not; with `preview` the reader has to see the preview and call `applyPreview`. */
  syncNow(): SdrRefusal | undefined;
  /** Ends what runs, within a second. What was done stays done; the next run goes on. */
  cancel(): void;
  /** Asks the folder and merges, but changes no book and sends nothing. Progress is told by `watch`. */
  preview(done: (this: void, preview: Result<SdrPreview, Failure>) => void): Cancel;
  /** What the preview showed, and whatever happened since. */
  applyPreview(): SdrRefusal | undefined;
  /** For `emptied`: everything that this device knows is written again. */
  publishAgain(): SdrRefusal | undefined;

  /** Newest first. */
  history(limit: number): SdrRun[];
  /** Of books on which they are, newest first is not promised; at most so many. */
  conflicts(limit: number): SdrConflict[];
  /** "Use the other one": counts on every device from the next sync on. `index` is of `values`. */
  settle(conflict: SdrConflict, index: number): void;

  /** Books of which something was deleted, by title. */
  trashBooks(): SdrTrashBook[];
  trash(book: string): SdrTrashItem[];
  /** Back on every device with the next sync. */
  restore(items: readonly SdrTrashItem[]): void;

  devices(): SdrDevice[];
  /** What the others call this device; servers call it so too. */
  renameThis(label: string): void;
  /** Another device is no more: what it wrote is kept by this one, and its files go with the next syncs. */
  retire(id: string): void;

  /** Looks through all books and leaves the loop free meanwhile; tells `done` once, unless it is cancelled. */
  books(query: SdrBookQuery, done: (this: void, found: SdrBooksFound) => void): Cancel;
  /** The files that are this book, that of this id first: with what was marked in each. */
  filesOf(book: string): SdrKnownBook[];
  /** The reader's word that two books are one; counts on every device with its next sync. */
  join(book: string, other: string): void;
  /** The reader's word that this file is another book than the files that it is one with. */
  part(book: string): void;

  held(): SdrHeld[];
  deleteHeld(book: string): void;
  putHeldBack(book: string): void;

  /** Of the book on screen. */
  staged(): SdrStaged | undefined;
  /** Puts them into it, unless something else is on screen: then they stay staged. */
  applyStaged(): void;
}
