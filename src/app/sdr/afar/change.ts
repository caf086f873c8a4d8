import type { EpochSeconds } from "../../../core/units";
import type { KnownSidecar } from "../../../ports/sdr-store";

/** A change of the store that a worker found to be due. The parent makes it: the store is never opened by a worker. */
export type StoreChange =
  | { readonly kind: "state"; readonly book: string; readonly text: string }
  | { readonly kind: "sidecar"; readonly sidecar: KnownSidecar }
  /** Without a text it is taken away. */
  | { readonly kind: "value"; readonly key: string; readonly text?: string }
  /** Without a payload there is no question any more. */
  | { readonly kind: "question"; readonly book: string; readonly at: EpochSeconds; readonly payload?: string }
  | { readonly kind: "deletions"; readonly file: string }
  | { readonly kind: "segment"; readonly name: string; readonly content: string; readonly at: EpochSeconds };

/** Names of rows: what a worker was given, what it read, what somebody else changed meanwhile. */
export const rowOf = {
  state: (book: string): string => `state ${book}`,
  sidecar: (file: string): string => `sidecar ${file}`,
  files: (book: string): string => `files ${book}`,
  value: (key: string): string => `value ${key}`,
  deletions: (file: string): string => `deletions ${file}`,
  segment: (name: string): string => `segment ${name}`,
};

/** The row that a change is of; nothing where no worker reads it. */
export function changedRow(change: StoreChange): string | undefined {
  switch (change.kind) {
    case "state":
      return rowOf.state(change.book);
    case "sidecar":
      return rowOf.sidecar(change.sidecar.file);
    case "value":
      return rowOf.value(change.key);
    case "deletions":
      return rowOf.deletions(change.file);
    case "question":
    case "segment":
      return undefined;
  }
}

/** What came of one step of a worker's task: all of it becomes true, or nothing. */
export interface Sheet<Result extends object> {
  /** Which task of the batch, from 0. */
  readonly task: number;
  /** The rows that it was made of. */
  readonly read: readonly string[];
  readonly changes: readonly StoreChange[];
  readonly result: Result | false;
  /** Rows that the worker was not given: the task has to be done again, with these. */
  readonly lacks: readonly string[];
  readonly problem: string | false;
}
