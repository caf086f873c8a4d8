import type { EpochSeconds } from "../core/units";

/** What this device keeps to sync sidecars: a file of its own, which nobody opens who does not sync. */
export interface SdrStore {
  readonly books: SdrBooks;
  readonly sidecars: SdrSidecars;
  readonly segments: SdrSegments;
  readonly spool: SdrSpool;
  readonly questions: SdrQuestions;
  readonly history: SdrHistory;
  readonly values: SdrValues;
  /** All of it or nothing, and on the disk when it returns: a segment counts as seen with what it changed, or not at all. */
  inOneGo(work: (this: void) => void): void;
  /** All of it or nothing, without waiting for the disk: a power cut may take it back, with all that followed. */
  together(work: (this: void) => void): void;
  /** Brings what was written together into its place, which the store otherwise does in the middle of some later writing. */
  settle(): void;
  /** Closes the file; whoever needs it afterwards opens it again. */
  close(): void;
}

/** The merged state of each book of all devices, by the name that all devices give it. */
export interface SdrBooks {
  /** In the canonical text of core/sdr; nothing for a book that is not known. */
  state(book: string): string | undefined;
  saveState(book: string, state: string): void;
  forget(book: string): void;
  /** Names of books after this one ("": from the start), in order. */
  after(book: string, limit: number): string[];
  count(): number;
}

/** A sidecar of this device as it was when it was last read. */
export interface KnownSidecar {
  /** The book's file. */
  readonly file: string;
  /** The book's name in `SdrBooks`. */
  readonly book: string;
  /** `ChangedSidecar.stamp`; empty: look again. */
  readonly stamp: string;
  /** What this device last showed, in the canonical text of core/sdr; empty before the first merge. */
  readonly shadow: string;
}

export interface SdrSidecars {
  find(file: string): KnownSidecar | undefined;
  /** Every file that holds this book here: a book may lie on a device twice. */
  of(book: string): KnownSidecar[];
  save(sidecar: KnownSidecar): void;
  forget(file: string): void;
  /** At most so many known sidecars after this file ("": from the start), in order, without what they showed. */
  after(file: string, limit: number): Pick<KnownSidecar, "file" | "stamp">[];
}

/** The segments that this device wrote. They are never changed, and kept to be put again wherever they are missing. */
export interface SdrSegments {
  add(name: string, content: string, at: EpochSeconds): void;
  content(name: string): string | undefined;
  names(): string[];
  drop(name: string): void;
  /** Our segments that this target (a provider, an address and a folder) was not sent yet, oldest first. */
  unsent(target: string): string[];
  markSent(target: string, name: string): void;
  /** Everything has to be sent again: the target was emptied, or is another one under the same name. */
  forgetSent(target: string): void;
}

/** Other devices' segments: which were joined, and which were fetched and wait to be joined. */
export interface SdrSpool {
  isSeen(target: string, name: string): boolean;
  seen(target: string): string[];
  markSeen(target: string, name: string): void;
  /** It is in the folder no more. Should it ever be again, it is joined once more, which changes nothing. */
  forget(target: string, name: string): void;
  forgetSeen(target: string): void;
  /** Fetched and checked: it need not be fetched again. */
  put(target: string, name: string, content: string): void;
  /** The next that waits, in the order of its arrival. */
  next(): SpooledSegment | undefined;
  drop(target: string, name: string): void;
}

export interface SpooledSegment {
  readonly target: string;
  readonly name: string;
  readonly content: string;
}

/** What only the reader can decide or take back. Payloads are texts of whoever puts them. */
export interface SdrQuestions {
  /** Deletions that nothing proves: one question a book, replaced by the next. */
  hold(book: string, at: EpochSeconds, payload: string): void;
  held(): readonly BookNote[];
  release(book: string): void;
  /** What was deleted anywhere, to be put back. */
  throwAway(book: string, at: EpochSeconds, payload: string): void;
  /** Newest first. */
  trash(limit: number): readonly TrashItem[];
  takeFromTrash(id: number): void;
  /** Everything thrown away before then. */
  emptyTrash(before: EpochSeconds): void;
}

export interface BookNote {
  readonly book: string;
  readonly at: EpochSeconds;
  readonly payload: string;
}

export interface TrashItem extends BookNote {
  readonly id: number;
}

/** The last 500 runs; a payload is a run's account of itself. */
export interface SdrHistory {
  add(at: EpochSeconds, payload: string): void;
  /** Newest first. */
  newest(limit: number): readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly at: EpochSeconds;
  readonly payload: string;
}

/** Single values: this device's name, its counter, its clock. */
export interface SdrValues {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** Keys that begin so, in order: where there are few. */
  keysWith(prefix: string): string[];
  /** At most so many of them, after this key ("": from the start): where there may be one for each book. */
  keysAfter(prefix: string, after: string, limit: number): string[];
  /** The same with their texts. */
  rowsAfter(prefix: string, after: string, limit: number): { readonly key: string; readonly value: string }[];
  countWith(prefix: string): number;
  /** What the open book of `file` lost since it was opened, a payload each: kept until its sidecar was read. */
  noteDeletion(file: string, payload: string): void;
  deletions(file: string): string[];
  forgetDeletions(file: string): void;
}
