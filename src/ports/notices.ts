import type { Failure, Reason } from "../core/failure";
import type { SdrTarget } from "../core/sdr-settings";
import type { Fraction } from "../core/units";

/** What became of a batch of downloads, in numbers; `title` when it was one book. */
export interface DownloadTally {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  /** They wait for an answer of the reader. */
  readonly asking: number;
  readonly title?: string;
}

/** Short messages that pass by themselves and never stop the reader. */
export interface Notices {
  /** The book went on to where another device was. */
  moved(to: Fraction, device: string | undefined): void;
  /** Another device is elsewhere in this book; nothing was changed. */
  elsewhere(at: Fraction, device: string | undefined): void;
  /** Another device has the same name as this one: their places cannot be told apart by it. */
  namesake(name: string): void;
  /** A server knows the book on screen by its name only: perhaps it is another one. */
  guessed(title: string, connectionName: string): void;
  /** The store was damaged and replaced; so many rows of it were saved. */
  damaged(rows: number): void;
  /** Nearly more waits than the store takes. */
  crowded(): void;
  /** What came of a tap on "Sync now". */
  synced(sent: number, left: number): void;
  /** All that was asked for came, or did not. */
  downloaded(came: DownloadTally): void;
  /** So many books were sent to the reader's devices; told over a page. */
  sent(books: number): void;
  /** The sync of highlights, in the background, put so many changes of other devices into so many books here. */
  highlightsCame(changes: number, books: number): void;
  /** So many changes of other devices wait for the book on screen. */
  highlightsStaged(changes: number): void;
  /** So many books lost more than a reader would delete: nothing is deleted elsewhere before the reader says so. */
  highlightsHeld(books: number): void;
  /** Everything that devices had put into the folder is gone: nothing is synced before the reader says what is meant. */
  highlightsEmptied(target: SdrTarget): void;
  /** The sync of highlights goes no further without the reader; what is tried again by itself is not told. */
  highlightsStopped(failure: Failure, target: SdrTarget): void;
  failed(connectionName: string, reason: Reason): void;
  /** A newer Ribbon was found, without anybody having asked for it. */
  updateFound(version: string): void;
  /** Nothing more is sent to a server until the reader has put something right. */
  asks(connectionName: string, failure: Failure): void;
}
