// One device of a household: a sidecar per book as text, and the engine run over it in the order in which the app runs it.
import { createHash } from "node:crypto";
import { changedPart, EMPTY_STATE, isEmptyState, joinBooks, type BookState } from "../../../../src/core/sdr/book-state";
import type { Change } from "../../../../src/core/sdr/change";
import { compacted, dueForCompaction } from "../../../../src/core/sdr/compaction";
import { deliver } from "../../../../src/core/sdr/deliver";
import { diff, openedIn } from "../../../../src/core/sdr/diff";
import type { Evidence } from "../../../../src/core/sdr/deletions";
import { entryLines, readEntry } from "../../../../src/core/sdr/entry";
import { readLuaData } from "../../../../src/core/sdr/lua-reader";
import type { DataTable } from "../../../../src/core/sdr/lua-value";
import { luaFile } from "../../../../src/core/sdr/lua-writer";
import { recovered } from "../../../../src/core/sdr/recovered";
import { encodeSegment, openSegment } from "../../../../src/core/sdr/segment";
import { readSegmentName } from "../../../../src/core/sdr/segment-name";
import type { Shadow } from "../../../../src/core/sdr/shadow";
import { viewSidecar, type SidecarView } from "../../../../src/core/sdr/sidecar";
import { NEVER, stampOf, tick, type DeviceId, type Hlc, type Stamp } from "../../../../src/core/sdr/stamp";
import type { Cloud, Fault } from "./cloud";

export const sha256 = (bytes: string): string => createHash("sha256").update(bytes, "latin1").digest("hex");

/** What goes wrong on the way, one after the other and round again; each number is a fault or none. */
export class Weather {
  private index = 0;
  constructor(private readonly faults: readonly number[]) {}

  next(): number {
    const fault = this.faults[this.index % Math.max(this.faults.length, 1)] ?? 0;
    this.index += 1;
    return fault;
  }
}

export interface Book {
  sidecar: string | undefined;
  shadow: Shadow | undefined;
  /** Kept before a sidecar is written, so that a crash between the two does no harm. */
  pending: Shadow | undefined;
  state: BookState;
  unsent: BookState;
}

/** What a file stood for when it was written: the edits that its author knew. */
export type Knowledge = Map<string, ReadonlySet<number>>;

const PUT_FAULTS: readonly Fault[] = ["none", "torn", "ambiguous", "lost"];
const GET_FAULTS = ["none", "torn", "rotten", "lost"] as const;
const ENOUGH_TO_COMPACT = 3;

export class Device {
  hlc: Hlc = NEVER;
  seq = 0;
  readonly books = new Map<string, Book>();
  /** Our files as they shall stand in the cloud. */
  readonly own = new Map<string, string>();
  readonly replaced: { name: string; by: string[] }[] = [];
  readonly seen = new Set<string>();
  known = new Set<number>();

  constructor(
    readonly id: DeviceId,
    /** What this device's clock shows, in milliseconds. */
    private readonly now: () => number,
    private readonly knowledge: Knowledge,
    /** Whether what this device holds contains an edit: a file may come before an older one of its author. */
    private readonly hasHeard: (device: Device, edit: number) => boolean = () => true,
  ) {}

  book(id: string): Book {
    let book = this.books.get(id);
    if (book === undefined) {
      book = { sidecar: undefined, shadow: undefined, pending: undefined, state: EMPTY_STATE, unsent: EMPTY_STATE };
      this.books.set(id, book);
    }
    return book;
  }

  stamp(): Stamp {
    this.hlc = tick(this.hlc, this.now());
    return stampOf(this.hlc, this.id);
  }

  data(id: string): DataTable | undefined {
    const { sidecar } = this.book(id);
    const data = sidecar === undefined ? undefined : readLuaData(sidecar);
    if (data?.ok === false) throw new Error(`the sidecar is ${data.failure.reason}`);
    return data?.value;
  }

  view(id: string): SidecarView | undefined {
    const data = this.data(id);
    return data === undefined ? undefined : viewSidecar(data);
  }

  write(id: string, data: DataTable): void {
    this.book(id).sidecar = luaFile("/books/a.epub", data);
  }

  /** Joins writes of our own, which are then to be sent. */
  take(id: string, delta: BookState): void {
    const book = this.book(id);
    book.state = joinBooks(book.state, delta);
    book.unsent = joinBooks(book.unsent, delta);
  }

  /** Looks at a sidecar; what it finds is known and waits to be sent. */
  look(id: string, evidence: Evidence = { kind: "closed" }): readonly Change[] {
    const book = this.book(id);
    const view = this.view(id);
    if (view === undefined) return [];
    if (book.pending !== undefined) book.shadow = recovered(book.shadow, book.pending, view);
    book.pending = undefined;
    const found = diff({ shadow: book.shadow, view, state: book.state, evidence, stamp: this.stamp(), sha256 });
    this.take(id, found.delta);
    book.shadow = found.shadow;
    return found.outgoing;
  }

  /** What is known is delivered into a book that opens, before anything else reads its settings. */
  open(id: string, session: string): void {
    this.look(id);
    this.applyTo(id, false);
    const book = this.book(id);
    if (book.shadow !== undefined) book.shadow = openedIn(book.shadow, session);
  }

  private segment(kind: "delta" | "snapshot", lines: string[]): string {
    this.seq += 1;
    const header = { device: this.id, seq: this.seq, label: "", hlc: this.hlc, seen: {} };
    const { name, bytes } = encodeSegment(kind, header, lines, sha256);
    this.own.set(name, bytes);
    this.knowledge.set(name, new Set(this.known));
    return name;
  }

  private publish(): void {
    const lines: string[] = [];
    for (const [id, book] of this.books) {
      if (!isEmptyState(book.unsent))
        lines.push(...entryLines({ book: id, state: changedPart(book.state, book.unsent) }));
      book.unsent = EMPTY_STATE;
    }
    if (lines.length > 0) this.segment("delta", lines);
  }

  private upload(cloud: Cloud, weather: Weather): void {
    const listed = new Map(cloud.list().map(({ name, length }) => [name, length]));
    for (const [name, bytes] of this.own) {
      if (listed.get(name) !== bytes.length) cloud.put(name, bytes, PUT_FAULTS[weather.next() % 4] ?? "none");
    }
  }

  private download(cloud: Cloud, weather: Weather): void {
    for (const { name, length } of cloud.list()) {
      const parsed = readSegmentName(name);
      const isWanted = parsed !== undefined && parsed.device !== this.id && parsed.length === length;
      if (!isWanted || this.seen.has(name)) continue;
      const bytes = cloud.get(name, GET_FAULTS[weather.next() % 4] ?? "none");
      const opened = bytes === undefined ? undefined : openSegment(name, bytes, sha256);
      if (opened?.ok !== true) continue;
      this.join(opened.value.lines);
      if (this.hlc < opened.value.header.hlc) this.hlc = opened.value.header.hlc;
      for (const edit of this.knowledge.get(name) ?? []) if (this.hasHeard(this, edit)) this.known.add(edit);
      this.seen.add(name);
    }
  }

  join(lines: readonly string[]): void {
    for (const line of lines) {
      const entry = readEntry(line);
      if (!entry.ok) throw new Error(`a line of a whole file is ${entry.failure}`);
      const book = this.book(entry.value.book);
      book.state = joinBooks(book.state, entry.value.state);
    }
  }

  /** Puts what is known into a sidecar. `crashes` ends it between the writing of the sidecar and the keeping of its shadow. */
  private applyTo(id: string, crashes: boolean): void {
    const book = this.book(id);
    const data = this.data(id);
    if (data === undefined || book.shadow === undefined) return;
    const { state, shadow } = book;
    const delivery = deliver({ state, shadow, view: viewSidecar(data), data, admits: () => true });
    book.pending = delivery.shadow;
    if (delivery.data !== data) this.write(id, delivery.data);
    if (crashes) return;
    book.shadow = delivery.shadow;
    book.pending = undefined;
  }

  private compact(cloud: Cloud): void {
    const listed = new Set(cloud.list().map(each => each.name));
    for (const { name, by } of this.replaced) {
      const isSafe = by.every(each => listed.has(each) && cloud.files.get(each) === this.own.get(each));
      if (isSafe && this.own.delete(name)) cloud.files.delete(name);
    }
    const current = [...this.own.keys()].filter(name => !this.replaced.some(each => each.name === name));
    const due = dueForCompaction(current, this.id, ENOUGH_TO_COMPACT);
    const touched = new Map<string, BookState>();
    for (const name of due) {
      for (const line of (this.own.get(name) ?? "").split("\n").slice(1, -1)) {
        const entry = readEntry(line);
        if (!entry.ok) throw new Error("our own file is garbled");
        touched.set(entry.value.book, joinBooks(touched.get(entry.value.book) ?? EMPTY_STATE, entry.value.state));
      }
    }
    if (due.length === 0) return;
    const lines = [...touched].flatMap(([id, replaced]) =>
      entryLines({ book: id, state: compacted(replaced, replaced, [this.id]) }),
    );
    const name = this.segment("snapshot", lines);
    for (const each of due) this.replaced.push({ name: each, by: [name] });
  }

  /** One run, as in sdr-sync.md 4.7. */
  sync(cloud: Cloud, weather = new Weather([]), crashes = false): void {
    for (const id of this.books.keys()) this.look(id);
    this.publish();
    this.upload(cloud, weather);
    this.download(cloud, weather);
    for (const id of this.books.keys()) this.applyTo(id, crashes);
    this.compact(cloud);
  }
}
