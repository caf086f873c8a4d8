import { sorted } from "../../core/order";
import { readSegmentName } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import { giveLikes, giveWithLikes } from "./afar/likely";
import type { Joined, JoinTask } from "./join";
import type { SdrTools } from "./tools";

/** What a task is given of the store at most, about. */
const MOST_GIVEN = 128 * 1024;

/** A file that is being joined. */
interface Segment {
  readonly name: string;
  /** With its header. */
  readonly lines: readonly string[];
  readonly joined: LuaSet<number>;
  left: number;
}

export interface JoiningListener {
  readonly told: (this: void, done: number, of: number) => void;
  readonly newer: (this: void) => void;
}

/** Joins what workers fetched, some lines of a file a task. A file is seen with the last of its lines. */
export class Joining implements AfarWork<JoinTask, Joined> {
  readonly kind = "join";
  private readonly names: readonly string[];
  private readonly begun = new LuaMap<string, Segment>();
  private current: Segment | undefined;
  private at = 0;
  private opened = 0;
  private done = 0;

  constructor(
    private readonly tools: SdrTools,
    private readonly target: string,
    private readonly listener: JoiningListener,
  ) {
    this.names = sorted(tools.spool.names("in"), (a, b) => a < b);
  }

  next(given: Given, breathe: Breathe): JoinTask | undefined {
    const segment = this.segment();
    if (segment === undefined) return undefined;
    const { name, lines } = segment;
    const [from, before] = [this.at, given.bytes];
    while (this.at < lines.length && (this.at === from || given.bytes - before < MOST_GIVEN)) {
      this.giveLine(given, lines[this.at] ?? "");
      this.at += 1;
      breathe();
    }
    this.giveAuthor(given, name);
    return { name, from, to: this.at };
  }

  gather({ name, from, to }: JoinTask, given: Given): void {
    for (const line of $range(from, to - 1)) this.giveLine(given, this.begun.get(name)?.lines[line] ?? "");
    this.giveAuthor(given, name);
  }

  take({ name }: JoinTask, result: Joined | undefined): void {
    const segment = this.begun.get(name);
    if (segment === undefined || result === undefined) return;
    if ("failure" in result) {
      if (result.failure === "newer") this.listener.newer();
      return this.finish(segment, result.failure === "newer");
    }
    if (segment.joined.has(result.line)) return;
    segment.joined.add(result.line);
    segment.left -= 1;
    if (segment.left === 0) this.finish(segment, true);
  }

  private finish({ name }: Segment, isSeen: boolean): void {
    const { notebook, spool } = this.tools;
    if (isSeen) notebook.store.spool.markSeen(this.target, name);
    spool.remove("in", name);
    this.begun.delete(name);
    this.done += 1;
    this.listener.told(this.done, this.names.length);
  }

  /** The file that lines are left of to be given away. */
  private segment(): Segment | undefined {
    if (this.current !== undefined && this.at < this.current.lines.length) return this.current;
    const name = this.names[this.opened];
    if (name === undefined) return undefined;
    const lines = (this.tools.spool.read("in", name) ?? "").split("\n").slice(0, -1);
    const segment = { name, lines: lines.length === 0 ? [""] : lines, joined: new LuaSet<number>(), left: 0 };
    segment.left = segment.lines.length;
    this.begun.set(name, segment);
    this.current = segment;
    this.opened += 1;
    this.at = 0;
    return segment;
  }

  /** The book of a line and those like it, by a glance at canonical JSON. What is not seen here the worker asks for. */
  private giveLine(given: Given, line: string): void {
    const [book] = string.match(line, '"b":"([^"]+)"');
    if (book !== undefined) giveWithLikes(given, book);
    giveLikes(given, line);
  }

  private giveAuthor(given: Given, name: string): void {
    const device = readSegmentName(name)?.device;
    if (device !== undefined) given.value(`device:${device}`);
  }
}
