import {
  changedPart,
  encodeSegment,
  entryLines,
  isEmptyState,
  packLines,
  type SegmentFile,
  type SegmentHeader,
} from "../../core/sdr/index";
import type { EpochSeconds } from "../../core/units";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { SlowHash } from "../../ports/hashes";
import type { Notebook } from "./notebook";
import type { OwnDevice } from "./own-device";

/** 128 KiB hashed at once would hold the loop for longer than it may be held. */
const PIECE = 16 * 1024;
const FULL = 64 * 1024;

export interface PublishTools {
  readonly notebook: Notebook;
  readonly device: OwnDevice;
  readonly newHash: (this: void) => SlowHash;
  readonly label: string;
  readonly now: (this: void) => EpochSeconds;
  readonly breathe: Breathe;
}

/** Makes a file of our own; it is on the disk before anybody hears of it. */
export function makeSegment(
  { device, newHash, label, breathe }: PublishTools,
  kind: "delta" | "snapshot",
  lines: readonly string[],
  seen: Readonly<Record<string, number>>,
): SegmentFile {
  const header: SegmentHeader = { device: device.id(), seq: device.lastSeq() + 1, label, hlc: device.hlc(), seen };
  const bytes = encodeSegment(kind, header, lines, () => "0".repeat(64)).bytes;
  breathe();
  const hash = newHash();
  let at = 0;
  while (at < bytes.length) {
    hash.add(bytes.slice(at, at + PIECE));
    at += PIECE;
    breathe();
  }
  const hex = hash.hex();
  const file = encodeSegment(kind, header, lines, () => hex);
  device.noteSeq(header.seq);
  return file;
}

/** A file that is full already is not to be merged with others soon: that of a first sync would all be sent twice. */
function kindOf(lines: readonly string[]): "delta" | "snapshot" {
  let length = 0;
  for (const line of lines) length += line.length;
  return length > FULL ? "snapshot" : "delta";
}

/** Everything that waits to be sent becomes files; they never change any more, whatever is tried how often. */
export function publish(tools: PublishTools): void {
  const { notebook, device, breathe, now } = tools;
  const books = notebook.all("unsent");
  if (books.length === 0) return;
  const seen = device.seen();
  let lines: string[] = [];
  let taken: { readonly book: string; readonly text: string | undefined }[] = [];
  const write = (): void => {
    for (const pack of packLines(lines)) {
      breathe();
      const { name, bytes } = makeSegment(tools, kindOf(pack), pack, seen);
      notebook.also(() => {
        notebook.store.segments.add(name, bytes, now());
      });
    }
    // A book that was opened meanwhile may have more to send.
    for (const { book, text } of taken) {
      if (notebook.get("unsent", book) === text) notebook.set("unsent", book, undefined);
    }
    breathe();
    notebook.flush(true);
    lines = [];
    taken = [];
  };
  let length = 0;
  for (const book of books) {
    const part = changedPart(notebook.state(book), notebook.unsent(book));
    for (const line of isEmptyState(part) ? [] : entryLines({ book, state: part })) {
      lines.push(line);
      length += line.length;
    }
    taken.push({ book, text: notebook.get("unsent", book) });
    if (length > 100 * 1024) {
      write();
      length = 0;
    }
    breathe();
  }
  write();
}
