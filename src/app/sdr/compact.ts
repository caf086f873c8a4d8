import {
  type BookState,
  compacted,
  EMPTY_STATE,
  entryLines,
  joinBooks,
  openSegment,
  readEntry,
} from "../../core/sdr/index";
import { epochSeconds } from "../../core/units";
import type { WorkOn, WorkerTools } from "./afar/work";
import type { Notebook } from "./notebook";
import { makeSegment } from "./publish";
import { keepReplaced } from "./replaced";

/** Files made by a compaction that did not come to its end: what is in them is in those that it was made of as well. */
export const MADE = "compacting";

export const madeBefore = (notebook: Notebook): string[] =>
  (notebook.getRaw(MADE) ?? "").split("|").filter(name => name !== "");

/** Files of ours to be merged. */
export interface CompactTask {
  due: readonly string[];
  /** How long a file may become. */
  readonly most: number;
  readonly authors: readonly string[];
  readonly seen: Readonly<Record<string, number>>;
}

/** Lines of files that are whole by their books, as far as a glance can tell, in the order in which these are met. */
interface Gathered {
  readonly whole: string[];
  readonly books: string[];
  readonly lines: LuaMap<string, string[]>;
}

function gatherLines({ notebook, sha256 }: WorkerTools, due: readonly string[]): Gathered {
  const gathered: Gathered = { whole: [], books: [], lines: new LuaMap() };
  const { whole, books, lines } = gathered;
  for (const name of due) {
    const opened = openSegment(name, notebook.store.segments.content(name) ?? "", sha256);
    if (!opened.ok) continue;
    whole.push(name);
    for (const line of opened.value.lines) {
      const [book = ""] = string.match(line, '"b":"([^"]+)"');
      const known = lines.get(book);
      if (known === undefined) books.push(book);
      if (known === undefined) lines.set(book, [line]);
      else known.push(line);
    }
  }
  return gathered;
}

/** What these lines come to; of one book, as a rule. */
function joinedIn(lines: readonly string[]): LuaMap<string, BookState> {
  const states = new LuaMap<string, BookState>();
  for (const line of lines) {
    const entry = readEntry(line);
    if (!entry.ok) continue;
    const { book, state } = entry.value;
    states.set(book, joinBooks(states.get(book) ?? EMPTY_STATE, state));
  }
  return states;
}

/**
 * In the worker: says in few files what these say. Each new one is handed in by itself; they replace the old ones with the last, so
 * that whoever is killed has said some of it twice.
 */
export const compact: WorkOn<CompactTask, object> = (tools, { due, most, authors, seen }, handIn) => {
  const { notebook, spool, now } = tools;
  const by: string[] = [];
  let [pack, length]: [string[], number] = [[], 0];
  const write = (): void => {
    const { name, bytes } = makeSegment({ ...tools, label: tools.label() }, "snapshot", pack, seen);
    spool.write("out", name, bytes);
    notebook.store.segments.add(name, bytes, now());
    by.push(name);
    notebook.setRaw(MADE, madeBefore(notebook).concat(name).join("|"));
    handIn(undefined);
    [pack, length] = [[], 0];
  };
  const { whole, books, lines } = gatherLines(tools, due);
  for (const each of books) {
    for (const [book, state] of joinedIn(lines.get(each) ?? [])) {
      for (const line of entryLines({ book, state: compacted(state, state, authors) })) {
        if (pack.length > 0 && length + line.length > most) write();
        pack.push(line);
        length += line.length + 1;
      }
    }
  }
  if (pack.length > 0) write();
  for (const name of whole) keepReplaced(notebook, { name, by, at: epochSeconds(now()), syncs: 0 });
  if (whole.length > 0) notebook.setRaw(MADE, undefined);
  handIn(undefined);
};
