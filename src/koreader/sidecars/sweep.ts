import type { ChangedSidecar, SidecarSighting, SlicedWork, SweepListener } from "../../ports/sidecars";
import { find, stampOf } from "./find";
import { type Breathe, inSlices, type SliceTools } from "./slices";
import { booksAtHome, booksByPath, booksOfHistory, booksOfLegacyHistory, sidecarsByDigest } from "./walk";

/** What the file at `path` says of its book's place. */
export type ReadBookPath = (this: void, path: string) => string | undefined;

/** Looks at each book once, wherever it is met. */
class Sweep {
  private readonly seen = new LuaSet<string>();
  private readonly files = new LuaSet<string>();
  private readonly tally = { books: 0, changed: 0, gone: 0 };

  constructor(
    private readonly listener: SweepListener,
    private readonly readBookPath: ReadBookPath,
  ) {}

  run(known: readonly string[], breathe: Breathe): void {
    const take = (book: string): void => {
      this.look(book);
    };
    for (const book of known) {
      if (!this.look(book)) this.tellGone(book);
      breathe();
    }
    booksOfHistory(breathe, take);
    booksAtHome(breathe, take);
    booksByPath(breathe, take);
    booksOfLegacyHistory(breathe, take);
    sidecarsByDigest(breathe, path => {
      this.lookInto(path);
    });
  }

  finish(): void {
    this.listener.done(this.tally);
  }

  /** Whether the book has a sidecar. */
  private look(book: string): boolean {
    if (this.seen.has(book)) return true;
    this.seen.add(book);
    const sighting = find(book);
    if (sighting === undefined) return false;
    this.tally.books += 1;
    for (const { path } of sighting.files) this.files.add(path);
    this.compare(sighting);
    return true;
  }

  /** A sidecar by digest that no book met so far has: it names its book itself. */
  private lookInto(path: string): void {
    if (this.files.has(path)) return;
    const book = this.readBookPath(path);
    if (book !== undefined) this.look(book);
  }

  private compare(sighting: SidecarSighting): void {
    const stamp = stampOf(sighting);
    if (stamp !== "" && stamp === this.listener.stampOf(sighting.book)) return;
    this.tally.changed += 1;
    const change: ChangedSidecar = { sighting, stamp };
    this.listener.changed(change);
  }

  private tellGone(book: string): void {
    this.tally.gone += 1;
    this.listener.gone(book);
  }
}

/** @see SidecarFinder.sweep */
export function sweep(
  tools: SliceTools,
  readBookPath: ReadBookPath,
  known: readonly string[],
  listener: SweepListener,
): SlicedWork {
  const work = new Sweep(listener, readBookPath);
  return inSlices(
    tools,
    breathe => {
      work.run(known, breathe);
    },
    () => {
      work.finish();
    },
  );
}
