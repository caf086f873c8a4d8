import type { ChangedSidecar, SweepTally } from "../../ports/sidecars";
import { find, stampOf } from "./find";
import { booksAtHome, booksByPath, booksOfHistory, booksOfLegacyHistory, sidecarsByDigest } from "./walk";

/** What the file at `path` says of its book's place. */
export type ReadBookPath = (this: void, path: string) => string | undefined;

type Stamps = Readonly<Record<string, string>>;

/** Looks at each book once, wherever it is met. */
class Sweep {
  private readonly seen = new LuaSet<string>();
  private readonly files = new LuaSet<string>();
  private readonly tally = { books: 0, changed: 0, gone: 0 };

  constructor(
    private readonly known: Stamps,
    private readonly changed: (this: void, change: ChangedSidecar) => void,
    private readonly readBookPath: ReadBookPath,
  ) {}

  run(): SweepTally {
    const take = (book: string): void => {
      this.look(book);
    };
    for (const book in this.known) if (!this.look(book)) this.tally.gone += 1;
    booksOfHistory(take);
    booksAtHome(take);
    booksByPath(take);
    booksOfLegacyHistory(take);
    sidecarsByDigest(path => {
      this.lookInto(path);
    });
    return this.tally;
  }

  /** Whether the book has a sidecar. */
  private look(book: string): boolean {
    if (this.seen.has(book)) return true;
    this.seen.add(book);
    const sighting = find(book);
    if (sighting === undefined) return false;
    this.tally.books += 1;
    for (const { path } of sighting.files) this.files.add(path);
    const stamp = stampOf(sighting);
    if (stamp === "" || stamp !== this.known[book]) {
      this.tally.changed += 1;
      this.changed({ sighting, stamp });
    }
    return true;
  }

  /** A sidecar by digest that no book met so far has: it names its book itself. */
  private lookInto(path: string): void {
    if (this.files.has(path)) return;
    const book = this.readBookPath(path);
    if (book !== undefined) this.look(book);
  }
}

/** @see SidecarFinder.sweep */
export function sweep(
  readBookPath: ReadBookPath,
  known: Stamps,
  changed: (this: void, change: ChangedSidecar) => void,
): SweepTally {
  return new Sweep(known, changed, readBookPath).run();
}
