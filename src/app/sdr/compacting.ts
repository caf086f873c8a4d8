import {
  type BookState,
  compacted,
  dueForCompaction,
  EMPTY_STATE,
  entryLines,
  joinBooks,
  packLines,
  partLength,
  readEntry,
  type Replaced,
} from "../../core/sdr/index";
import { readSegmentName } from "../../core/sdr/segment-name";
import { epochSeconds } from "../../core/units";
import type { Notebook } from "./notebook";
import { makeSegment, type PublishTools } from "./publish";

/** Our files that newer ones replace, as they are kept: when, how many syncs ago, and by which. */
export function replacedFiles(notebook: Notebook): Replaced[] {
  return notebook.all("replaced").map(name => {
    const [at, syncs, ...by] = (notebook.get("replaced", name) ?? "").split("|");
    return { name, at: tonumber(at ?? "0") ?? 0, syncs: tonumber(syncs ?? "0") ?? 0, by };
  });
}

function keep(notebook: Notebook, { name, at, syncs, by }: Replaced): void {
  notebook.set("replaced", name, `${at}|${syncs}|${by.join("|")}`);
}

/** A sync ended well: what replaces others is in the folder since then. */
export function countSync(notebook: Notebook): void {
  for (const each of replacedFiles(notebook)) keep(notebook, { ...each, syncs: each.syncs + 1 });
  notebook.flush();
}

function readAll(notebook: Notebook, names: readonly string[], breathe: () => void): LuaMap<string, BookState> {
  const books = new LuaMap<string, BookState>();
  for (const name of names) {
    for (const line of (notebook.store.segments.content(name) ?? "").split("\n").slice(1, -1)) {
      const entry = readEntry(line);
      if (!entry.ok) continue;
      const { book, state } = entry.value;
      books.set(book, joinBooks(books.get(book) ?? EMPTY_STATE, state));
      breathe();
    }
  }
  return books;
}

/** Many small files of ours become a few; the small ones go once these are in the folder, for a day and two syncs. */
export function compact(tools: PublishTools, target: string): void {
  const { notebook, device, breathe, now } = tools;
  const gone = new LuaSet<string>();
  for (const { name } of replacedFiles(notebook)) gone.add(name);
  for (const name of notebook.store.segments.unsent(target)) gone.add(name);
  const own = notebook.store.segments.names().filter(name => !gone.has(name));
  const due = dueForCompaction(own, device.id());
  if (due.length === 0) return;
  const authors = [device.id() as string].concat(notebook.all("retired"));
  let lines: string[] = [];
  for (const [book, replaced] of readAll(notebook, due, breathe)) {
    const state = compacted(notebook.state(book), replaced, authors);
    lines = lines.concat(entryLines({ book, state }));
    breathe();
  }
  let total = 0;
  for (const name of own) total += readSegmentName(name)?.length ?? 0;
  const by: string[] = [];
  const seen = device.seen();
  for (const pack of packLines(lines, partLength(total))) {
    const { name, bytes } = makeSegment(tools, "snapshot", pack, seen);
    by.push(name);
    notebook.also(() => {
      notebook.store.segments.add(name, bytes, now());
    });
  }
  for (const name of due) keep(notebook, { name, by, at: epochSeconds(now()), syncs: 0 });
  notebook.flush(true);
}

/** The folder does not have it any more. */
export function dropReplaced(notebook: Notebook, name: string): void {
  notebook.set("replaced", name, undefined);
  notebook.also(() => {
    notebook.store.segments.drop(name);
  });
}
