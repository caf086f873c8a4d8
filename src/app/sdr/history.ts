import type { EpochSeconds } from "../../core/units";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrRun } from "../../ports/sdr-sync";
import type { Notebook } from "./notebook";

/** What a run has to say of itself. */
export type RunAccount = Omit<SdrRun, "at">;

/** Runs without anything to tell would only push the others out. */
const isDull = ({ failure, books, trigger }: RunAccount): boolean =>
  failure === undefined && books.length === 0 && trigger !== "tap";

/** The changes of the books as JSON, one after another: those of a first sync at once would hold the loop. */
export function booksText(json: Json, { books }: Pick<RunAccount, "books">, breathe: Breathe): string {
  const texts: string[] = [];
  for (const book of books) {
    texts.push(json.encode(book));
    breathe();
  }
  return `[${texts.join(",")}]`;
}

/** Written with whatever the notebook is about to write: a run and its account are kept together, or neither. */
export function noteRun(notebook: Notebook, json: Json, at: EpochSeconds, account: RunAccount, books: string): void {
  if (isDull(account)) return;
  const { books: _told, ...rest } = account;
  const text = `${json.encode(rest).slice(0, -1)},"books":${books}}`;
  notebook.also(() => {
    notebook.store.history.add(at, text);
  });
}
