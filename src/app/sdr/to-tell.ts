import type { Change } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrChange } from "../../ports/sdr-sync";
import { Names } from "./names";
import type { Notebook } from "./notebook";

/** More of one book is not told; all of it is synced. */
export const MOST_TOLD = 50;

/** Counts the times that what waits was made into files to be sent. */
const ROUND = "round";
/** The last round that was told: taking away what was noted in it and before takes as long as there are books. */
const ROUND_TOLD = "round-told";
/** Notes of rounds that are over may be left. */
const LEFT = "told-left";

const roundNow = (notebook: Notebook): number => tonumber(notebook.getRaw(ROUND)) ?? 0;
const roundTold = (notebook: Notebook): number => tonumber(notebook.getRaw(ROUND_TOLD)) ?? roundNow(notebook) - 1;

export interface ToTell {
  /** What was noted in it last; all of it goes out in this round, or a later one. */
  readonly round: number;
  readonly count: number;
  /** The changes in JSON. */
  readonly text: string;
}

/** What of a book waits to be told once it is sent. */
export function toTell(notebook: Notebook, book: string): ToTell | undefined {
  const [of, count, text] = string.match(notebook.get("out", book) ?? "", "^(%d+)|(%d+)|(.*)$");
  const round = tonumber(of);
  return round === undefined || round <= roundTold(notebook)
    ? undefined
    : { round, count: tonumber(count) ?? 0, text: text ?? "" };
}

/** What of it went out with what was made into files last; what was noted since is told by the next run. */
export function toTellNow(notebook: Notebook, book: string): ToTell | undefined {
  const waiting = toTell(notebook, book);
  return waiting !== undefined && waiting.round < roundNow(notebook) ? waiting : undefined;
}

export function noteToTell(notebook: Notebook, json: Json, book: string, changes: readonly Change[]): void {
  const before = toTell(notebook, book);
  const decoded = before === undefined ? undefined : json.decode(before.text);
  const told = ((decoded?.ok === true ? decoded.value : []) as SdrChange[]).concat(changes).slice(-MOST_TOLD);
  notebook.set("out", book, `${string.format("%d", roundNow(notebook))}|${told.length}|${json.encode(told)}`);
}

/** What was noted until now is about to be made into files; what is noted from here on is not, for all we know. */
export function beginRound(notebook: Notebook): void {
  const [told, next] = [roundTold(notebook), roundNow(notebook) + 1];
  notebook.setRaw(ROUND_TOLD, string.format("%d", told));
  notebook.setRaw(ROUND, string.format("%d", next));
}

/** What went out was told and need not be told again; written with the account that tells it. */
export function endRound(notebook: Notebook): void {
  notebook.setRaw(ROUND_TOLD, string.format("%d", roundNow(notebook) - 1));
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
