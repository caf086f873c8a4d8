import type { Change } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrChange } from "../../ports/sdr-sync";
import { Names } from "./names";
import type { Notebook } from "./notebook";

/** More of one book is not told; all of it is synced. */
export const MOST_TOLD = 50;
/** Books that were changed while the run that tells of them was on its way: they are few. */
const MOST_CARRIED = 50;

/** Counts the runs that told. What was noted in a round that is over was told: taking all of it away takes as long as there are books. */
const ROUND = "round";
/** Notes of rounds that are over may be left. */
const LEFT = "told-left";

const roundNow = (notebook: Notebook): string => notebook.getRaw(ROUND) ?? "0";

interface ToTell {
  readonly count: number;
  /** The changes in JSON. */
  readonly text: string;
}

/** What of a book waits to be told once it is sent. */
export function toTell(notebook: Notebook, book: string): ToTell | undefined {
  const [round, count, text] = string.match(notebook.get("out", book) ?? "", "^(%d+)|(%d+)|(.*)$");
  return round !== roundNow(notebook) ? undefined : { count: tonumber(count) ?? 0, text: text ?? "" };
}

function keep(notebook: Notebook, book: string, round: string, { count, text }: ToTell): void {
  notebook.set("out", book, `${round}|${count}|${text}`);
}

export function noteToTell(notebook: Notebook, json: Json, book: string, changes: readonly Change[]): void {
  const before = toTell(notebook, book);
  const decoded = before === undefined ? undefined : json.decode(before.text);
  const told = ((decoded?.ok === true ? decoded.value : []) as SdrChange[]).concat(changes).slice(-MOST_TOLD);
  keep(notebook, book, roundNow(notebook), { count: told.length, text: json.encode(told) });
}

/** What was told need not be told again; written with the account that tells it. Whatever was noted meanwhile is not sent yet. */
export function endRound(notebook: Notebook): void {
  const waiting = notebook.after("unsent", "", MOST_CARRIED);
  const next = `${(tonumber(roundNow(notebook)) ?? 0) + 1}`;
  for (const book of waiting) {
    const left = toTell(notebook, book);
    if (left !== undefined) keep(notebook, book, next, left);
  }
  notebook.setRaw(ROUND, next);
  notebook.setRaw(LEFT, "1");
}

/** Takes away what was told by earlier runs. */
export function forgetTold(notebook: Notebook, breathe: Breathe): void {
  if (notebook.getRaw(LEFT) === undefined) return;
  const names = new Names(notebook, "out");
  let book = names.next();
  while (book !== undefined) {
    if (toTell(notebook, book) === undefined) notebook.set("out", book, undefined);
    if (notebook.isFull()) notebook.flush();
    breathe();
    book = names.next();
  }
  notebook.setRaw(LEFT, undefined);
  notebook.flush();
}
