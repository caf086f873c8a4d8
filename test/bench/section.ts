// What every section of the bench is: one file, one question, a handful of figures.

/** One measured number. */
export interface Figure {
  /** As in the JSON, where dots nest: "page_turn_us.median". */
  readonly name: string;
  /** A text says why there is no number. */
  readonly value: number | string;
  /** What design says it should be; shown beside the figure and never enforced. */
  readonly goal?: string;
}

/** How much is measured. */
export interface Effort {
  /** Fresh processes for what happens once in a process. */
  readonly processes: number;
  readonly pageTurns: number;
  /** How often a whole day at the reader is repeated. */
  readonly rounds: number;
  /** How long an action is watched: 1 is what background work of a healthy network needs. */
  readonly patience: number;
  /** How many books are opened where memory is measured. */
  readonly books: number;
  /** How many sessions wait where an outbox is emptied. */
  readonly waitingSessions: number;
  /** What the library server holds, and how often each of its routes is asked. */
  readonly shelfBooks: number;
  readonly shelfSessions: number;
  readonly shelfRequests: number;
  /** How large a book is downloaded, in MiB, and how often. */
  readonly downloadMib: number;
  readonly downloadRounds: number;
  /** For which numbers of books highlights are synced. */
  readonly sdrBooks: readonly number[];
  /** Hears of each figure that took long. */
  readonly tell: (line: string) => void;
}

export const FULL: Effort = {
  processes: 21,
  pageTurns: 24_000,
  rounds: 3,
  patience: 1,
  books: 1000,
  waitingSessions: 20_000,
  shelfBooks: 10_000,
  shelfSessions: 1_000_000,
  shelfRequests: 4000,
  downloadMib: 500,
  downloadRounds: 7,
  sdrBooks: [200, 1000, 5000],
  tell: line => console.log(line),
};
/** Enough to see that a section works. */
export const SMOKE: Effort = {
  processes: 1,
  pageTurns: 40,
  rounds: 1,
  patience: 0.1,
  books: 3,
  waitingSessions: 20,
  shelfBooks: 5,
  shelfSessions: 20,
  shelfRequests: 20,
  downloadMib: 1,
  downloadRounds: 1,
  sdrBooks: [3],
  tell: () => {},
};

export interface Section {
  /** For the command line: `npm run bench -- load`. */
  readonly name: string;
  readonly title: string;
  measure(effort: Effort): Promise<Figure[]>;
}
