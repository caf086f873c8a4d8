import { joinBooks, openSegment, readEntry, readSegmentName, type SegmentFailure } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Notebook } from "./notebook";
import { noteNames } from "./one-book";
import type { OwnDevice } from "./own-device";

export interface JoinTools {
  readonly notebook: Notebook;
  readonly device: OwnDevice;
  readonly breathe: Breathe;
}

/**
 * Joins a file of another device that a worker fetched and found to be what its name says: it is not hashed again. Written down as
 * seen with the last of what it changed; whatever ends before joins it once more, which changes nothing.
 */
export function joinSegment(tools: JoinTools, target: string, name: string, bytes: string): SegmentFailure | undefined {
  const { notebook, device, breathe } = tools;
  const hash = readSegmentName(name)?.hash ?? "";
  const opened = openSegment(name, bytes, () => hash);
  if (!opened.ok) return opened.failure;
  const { header, lines } = opened.value;
  device.heard(header.hlc);
  device.noteKnown(header.device, header.label, header.hlc, header.seq);
  for (const line of lines) {
    joinLine(notebook, line);
    if (notebook.isFull()) notebook.flush();
    breathe();
  }
  notebook.also(() => {
    notebook.store.spool.markSeen(target, name);
  });
  notebook.flush();
  return undefined;
}

/** A line that makes no sense is left out; the rest of the file is as good as before. */
function joinLine(notebook: Notebook, line: string): void {
  const entry = readEntry(line);
  if (!entry.ok) return;
  const { book, state } = entry.value;
  const joined = joinBooks(notebook.state(book), state);
  notebook.setState(book, joined);
  noteNames(notebook, book, joined);
  notebook.set("deliver", book, "1");
}
