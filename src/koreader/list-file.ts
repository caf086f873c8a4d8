import type { ListEntry } from "../core/catalogue";
import { type EpochSeconds, epochSeconds } from "../core/units";
import type { SeenList } from "../ports/browse";
import { json } from "./json";
import { entryOf, type Fields, tableOf, textsOf } from "./list-entry";

/** A change of the format is a change of this number: files of another are fetched again. */
const FORMAT = 1;
/** Lines between two offsets in the head: what is read for one screen. */
const PAGE = 50;
/** Far beyond the head of the longest list. */
const LONGEST_HEAD = 64 * 1024;
/** Far beyond fifty lines. */
const LONGEST_PAGE = 1024 * 1024;
const MOST_LINES_AT_ONCE = 200;

/** What a list says of itself. */
export interface ListHead {
  /** Which list it is: a file of another one does not count. */
  readonly list: string;
  readonly fetchedAt: EpochSeconds;
  readonly ignoredFilters: readonly string[];
}

/**
 * Writes a list: its head in one line, then each entry in one. Blocking, for a worker: ten thousand books never pass over
 * the pipe, and nobody holds them in memory but the worker.
 * @returns what went wrong, if anything did
 */
export function writeList(file: string, head: ListHead, entries: readonly ListEntry[]): string | undefined {
  const lines = entries.map(entry => `${json.encode(entry)}\n`);
  const pages: number[] = [];
  let bytes = 0;
  lines.forEach((line, index) => {
    if (index === pages.length * PAGE) pages.push(bytes);
    bytes += line.length;
  });
  const first = json.encode({ ...head, format: FORMAT, count: entries.length, pages, bytes });
  const [handle, problem] = io.open(file, "wb");
  if (handle === undefined) return problem;
  const [written, why] = handle.write(`${first}\n`, lines.join(""));
  handle.close();
  return written === undefined ? why : undefined;
}

/**
 * A list as it lies on disk. The file stays open as long as somebody looks at it, so that the list stays what it is when a newer
 * one takes its name.
 */
export class ListFile implements SeenList {
  private constructor(
    private readonly file: LuaFile,
    /** Where the entries begin. */
    private readonly start: number,
    private readonly pages: readonly number[],
    private readonly bytes: number,
    readonly count: number,
    readonly fetchedAt: EpochSeconds,
    readonly ignoredFilters: readonly string[],
    /** Told when what lies there cannot be read. */
    private readonly damaged: () => void,
  ) {}

  /** Nothing when there is no such file, or one that is damaged, or of another list. */
  static open(path: string, list: string, damaged: () => void): ListFile | undefined {
    const [file] = io.open(path, "rb");
    if (file === undefined) return undefined;
    const text = readUpTo(file, LONGEST_HEAD);
    const end = text.indexOf("\n");
    const head = end < 0 ? {} : tableOf(json.decode(text.slice(0, end)));
    const opened = ListFile.read(file, end + 1, head, list, damaged);
    if (opened === undefined) file.close();
    return opened;
  }

  lines(first: number, most: number): ListEntry[] {
    const entries: ListEntry[] = [];
    const last = Math.min(this.count, first + Math.min(most, MOST_LINES_AT_ONCE));
    let at = Math.max(0, first);
    while (at < last) {
      const page = Math.floor(at / PAGE);
      const texts = this.read(page);
      const end = Math.min(last, (page + 1) * PAGE);
      for (const text of texts.slice(at - page * PAGE, end - page * PAGE)) this.add(text, entries);
      at = end;
    }
    return entries;
  }

  private add(text: string, entries: ListEntry[]): void {
    const entry = entryOf(json.decode(text));
    if (entry === undefined) this.damaged();
    else entries.push(entry);
  }

  /** The lines of one page. */
  private read(page: number): string[] {
    const from = this.pages[page] ?? 0;
    const length = (this.pages[page + 1] ?? this.bytes) - from;
    this.file.seek("set", this.start + from);
    const text = length > 0 && length <= LONGEST_PAGE ? readUpTo(this.file, length) : "";
    if (text.length !== length) this.damaged();
    return text.split("\n").filter(line => line !== "");
  }

  private static read(
    file: LuaFile,
    start: number,
    head: Fields,
    list: string,
    damaged: () => void,
  ): ListFile | undefined {
    const { count, bytes, fetchedAt } = head;
    if (head["format"] !== FORMAT || head["list"] !== list) return undefined;
    if (type(count) !== "number" || type(bytes) !== "number" || type(fetchedAt) !== "number") return undefined;
    const pages = offsetsOf(head["pages"]);
    const isWhole =
      file.seek("end")[0] === start + (bytes as number) && pages.length === Math.ceil((count as number) / PAGE);
    if (!isWhole) return undefined;
    const filters = textsOf(head["ignoredFilters"]);
    const at = epochSeconds(fetchedAt as number);
    return new ListFile(file, start, pages, bytes as number, count as number, at, filters, damaged);
  }
}

/** Nothing is left at the end of a file: the types do not say so. */
function readUpTo(file: LuaFile, bytes: number): string {
  return (file.read(bytes) as string | undefined) ?? "";
}

function offsetsOf(value: unknown): number[] {
  const offsets: number[] = [];
  if (type(value) !== "table") return offsets;
  for (const offset of value as unknown[]) if (type(offset) === "number") offsets.push(offset as number);
  return offsets;
}
