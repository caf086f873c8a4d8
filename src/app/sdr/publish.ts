import {
  changedPart,
  encodeSegment,
  entryLines,
  isEmptyState,
  packLines,
  type SegmentFile,
  type SegmentHeader,
} from "../../core/sdr/index";
import type { WorkOn } from "./afar/work";
import type { OwnDevice } from "./own-device";

const FULL = 64 * 1024;

export interface PublishTools {
  readonly device: OwnDevice;
  readonly sha256: (this: void, text: string) => string;
  readonly label: string;
}

/** In a worker: makes a file of our own; it is on the disk before anybody hears of it. */
export function makeSegment(
  { device, sha256, label }: PublishTools,
  kind: "delta" | "snapshot",
  lines: readonly string[],
  seen: Readonly<Record<string, number>>,
): SegmentFile {
  const header: SegmentHeader = { device: device.id(), seq: device.lastSeq() + 1, label, hlc: device.hlc(), seen };
  const file = encodeSegment(kind, header, lines, sha256);
  device.noteSeq(header.seq);
  return file;
}

/** A file that is full already is not to be merged with others soon: that of a first sync would all be sent twice. */
function kindOf(lines: readonly string[]): "delta" | "snapshot" {
  let length = 0;
  for (const line of lines) length += line.length;
  return length > FULL ? "snapshot" : "delta";
}

/** Books whose writes wait to be sent. */
export interface PublishTask {
  readonly books: readonly string[];
  /** None follow: what does not fill a file goes as well. */
  readonly isLast: boolean;
  readonly seen: Readonly<Record<string, number>>;
}

/** So many of the books are in files now. */
export interface Published {
  readonly done: number;
}

const MOST_LINES = 100 * 1024;

/** In the worker: what waits to be sent becomes files; they never change any more, whatever is tried how often. */
export const publish: WorkOn<PublishTask, Published> = (tools, { books, isLast, seen }, handIn) => {
  const { notebook, spool, now } = tools;
  const making: PublishTools = { ...tools, label: tools.label() };
  let lines: string[] = [];
  let taken: string[] = [];
  let [length, done] = [0, 0];
  const write = (): void => {
    for (const pack of packLines(lines)) {
      const { name, bytes } = makeSegment(making, kindOf(pack), pack, seen);
      spool.write("out", name, bytes);
      notebook.store.segments.add(name, bytes, now());
    }
    for (const book of taken) notebook.set("unsent", book, undefined);
    done += taken.length;
    handIn({ done });
    [lines, taken, length] = [[], [], 0];
  };
  for (const book of books) {
    const part = changedPart(notebook.state(book), notebook.unsent(book));
    for (const line of isEmptyState(part) ? [] : entryLines({ book, state: part })) {
      lines.push(line);
      length += line.length;
    }
    taken.push(book);
    if (length > MOST_LINES) write();
  }
  if (isLast || done === 0) write();
};
