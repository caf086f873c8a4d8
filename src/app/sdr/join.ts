import {
  joinBooks,
  openSegment,
  readEntry,
  readSegmentName,
  relinked,
  type SegmentFailure,
} from "../../core/sdr/index";
import type { WorkOn } from "./afar/work";
import { LINKS, type Notebook } from "./notebook";
import { noteNames } from "./book-names";

/** Lines of a file of another device; the first is its header. */
export interface JoinTask {
  readonly name: string;
  readonly from: number;
  /** Not this one any more. */
  readonly to: number;
}

/** A line that was joined, or why none can be. */
export type Joined = { readonly line: number } | { readonly failure: SegmentFailure };

/**
 * In the worker: joins lines of a file that another worker fetched and found to be what its name says: it is not hashed again. Each line
 * is handed in by itself; what is joined once more changes nothing.
 */
export const joinLines: WorkOn<JoinTask, Joined> = (tools, { name, from, to }, handIn) => {
  const { notebook, device, spool } = tools;
  const hash = readSegmentName(name)?.hash ?? "";
  const opened = openSegment(name, spool.read("in", name) ?? "", () => hash);
  if (!opened.ok) return handIn({ failure: opened.failure });
  const { header, lines } = opened.value;
  if (from === 0) {
    device.heard(header.hlc);
    device.noteKnown(header.device, header.label, header.hlc, header.seq);
    handIn({ line: 0 });
  }
  for (const line of $range(Math.max(from, 1), to - 1)) {
    joinLine(notebook, lines[line - 1] ?? "");
    handIn({ line });
  }
};

/** A line that makes no sense is left out; the rest of the file is as good as before. */
function joinLine(notebook: Notebook, line: string): void {
  const entry = readEntry(line);
  if (!entry.ok) return;
  const { book, state } = entry.value;
  const before = notebook.state(book);
  const joined = joinBooks(before, state);
  notebook.setState(book, joined);
  noteNames(notebook, book, joined);
  notebook.set("deliver", book, "1");
  if (book === LINKS) for (const each of relinked(before, joined)) notebook.set("deliver", each, "1");
}
