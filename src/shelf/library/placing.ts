import { dirname } from "node:path/posix";
import type { BookFile, NewFile } from "../store/files";
import type { Store } from "../store/store";
import { formatOf, richnessRank, stemOfBook } from "./formats/kinds";
import type { SeenFile } from "./scan";
import type { FoundFile, Walk } from "./walk";

export type Outcome = "added" | "changed" | "moved";

/** Finds out which book a file belongs to, and writes it down. */
export class Placing {
  private readonly known: Map<string, BookFile>;
  /** Where a book's other formats are looked for: under its name in its folder, or in its folder of a Calibre library. */
  private readonly bookOfPlace = new Map<string, number>();
  /** Whose places these were, before their files moved within this scan. */
  private readonly formerBookOfPlace = new Map<string, number>();
  private readonly bookOfDigest: Map<string, number>;
  /** Files whose bytes may stand elsewhere now, by digest: they are gone, or their path holds something else. */
  private readonly loose = new Map<string, BookFile[]>();
  private readonly gone: Set<BookFile>;

  constructor(
    private readonly store: Store,
    found: Walk,
    /** ISO-8601, UTC. */
    private readonly at: string,
  ) {
    const files = store.files.all();
    this.known = new Map(files.map(file => [file.path, file]));
    for (const file of files) this.bookOfPlace.set(placeOfFile(file), file.bookId);
    this.bookOfDigest = new Map(files.map(file => [digestOf(file), file.bookId]));
    this.gone = new Set(goneAmong(files, found));
    const changed = found.files.filter(file => !this.isUnchanged(file)).map(({ path }) => this.known.get(path));
    const loose = [...this.gone, ...changed.filter(file => file !== undefined)];
    for (const file of loose) this.loose.set(digestOf(file), [...this.looseAs(file), file]);
    refuseEmptiness(files, found, this.gone);
  }

  /** Whether a file looks as it did, from outside. */
  isUnchanged(file: FoundFile): boolean {
    const known = this.known.get(file.path);
    if (known?.missing !== false) return false;
    const isSame = known.size === file.size && known.modifiedMs === file.modifiedMs;
    return isSame && known.describedMs === (file.described?.modifiedMs ?? 0);
  }

  /**
   * Files in the order in which they have to be placed: first those at new paths, so that a book that was renamed is found
   * before something else that has its old name.
   */
  inOrder(files: readonly FoundFile[]): FoundFile[] {
    const isKnown = ({ path }: FoundFile) => this.known.has(path);
    return [...files.filter(file => !isKnown(file)), ...files.filter(isKnown)];
  }

  place(seen: SeenFile): Outcome {
    const here = this.known.get(seen.path);
    const same = this.looseAs(seen);
    // Files may have changed places with each other: the bytes count, not the name.
    const moved = same.find(file => file === here) ?? same[0];
    if (moved === undefined) return here ? this.update(here, seen, "changed") : this.add(seen);
    if (moved === here) return this.update(here, seen, "changed");
    if (here) this.displace(here);
    return this.update(moved, seen, "moved");
  }

  /** Puts away what is gone; returns the paths of what was still there last time. */
  finish(): string[] {
    const removed = [...this.gone].filter(file => !file.missing);
    this.store.transaction(() => {
      for (const file of removed) this.store.files.markMissing(file.id);
      this.store.files.refreshBooks();
    });
    return removed.map(file => file.path);
  }

  private looseAs(file: { readonly md5: string; readonly size: number }): readonly BookFile[] {
    return this.loose.get(digestOf(file)) ?? [];
  }

  /** Another file stands where this one stood: it is gone, unless its bytes turn up. */
  private displace(file: BookFile): void {
    this.store.files.freePath(file.id);
    this.known.delete(file.path);
    this.gone.add(file);
  }

  /** A file was found: it is neither loose nor gone any more. */
  private settle(file: BookFile, path: string): void {
    this.loose.set(
      digestOf(file),
      this.looseAs(file).filter(each => each !== file),
    );
    this.gone.delete(file);
    if (file.path === path || this.known.get(file.path) !== file) return;
    this.known.delete(file.path);
    this.bookOfPlace.delete(placeOfFile(file));
    this.formerBookOfPlace.set(placeOfFile(file), file.bookId);
  }

  private update(known: BookFile, seen: SeenFile, outcome: Outcome): Outcome {
    const { files, books } = this.store;
    this.settle(known, seen.path);
    this.store.transaction(() => {
      files.update(known.id, columnsOf(seen));
      books.addHash(known.bookId, seen.md5, "raw", this.at);
      // A file that was only touched says nothing new: what was put right since stays.
      const saysMore = seen.md5 !== known.md5 || (seen.described?.modifiedMs ?? 0) !== known.describedMs;
      if (saysMore) this.describe(known.bookId, known.id, seen);
    });
    this.bookOfPlace.set(placeOfSeen(seen), known.bookId);
    return outcome;
  }

  private add(seen: SeenFile): Outcome {
    const { books, files } = this.store;
    const bookId = this.store.transaction(() => {
      const known = this.bookOf(seen);
      const id = known ?? books.add(seen.look.facts, this.at);
      const fileId = files.add({ ...columnsOf(seen), bookId: id });
      books.addHash(id, seen.md5, "raw", this.at);
      if (known === undefined) this.label(id, seen, []);
      else this.describe(id, fileId, seen);
      return id;
    });
    this.bookOfPlace.set(placeOfSeen(seen), bookId);
    this.bookOfDigest.set(digestOf(seen), bookId);
    return "added";
  }

  /** The book that a new file is another format, or another copy, of. */
  private bookOf(seen: SeenFile): number | undefined {
    const { books } = this.store;
    const [own] = seen.described ? seen.look.identifiers.filter(({ scheme }) => scheme === "uuid") : [];
    const described = own && books.findByIdentifier(own);
    const place = placeOfSeen(seen);
    const digest = this.bookOfDigest.get(digestOf(seen));
    return this.bookOfPlace.get(place) ?? described ?? digest ?? this.formerBookOf(place, seen.look.facts.title);
  }

  /** Whoever keeps a copy under another name and works on under the old one has still the same book. */
  private formerBookOf(place: string, title: string): number | undefined {
    const former = this.formerBookOfPlace.get(place);
    return former !== undefined && this.store.books.title(former) === title ? former : undefined;
  }

  /** A book in several formats goes by the one that says most of it. */
  private describe(bookId: number, fileId: number, seen: SeenFile): void {
    const others = this.store.files.ofBook(bookId).filter(file => file.id !== fileId && !file.missing);
    const rank = rankOf(formatOf(seen.path), seen.look.why);
    const isBest = others.every(file => rank <= rankOf(file.format, file.problem ?? undefined));
    if (isBest || seen.described) this.store.books.setFacts(bookId, seen.look.facts, this.at);
    this.label(bookId, seen, others);
  }

  /** What the other formats of a book are known by stays. */
  private label(bookId: number, { look }: SeenFile, others: readonly BookFile[]): void {
    const { books } = this.store;
    const isAlone = others.length === 0;
    books.setIdentifiers(bookId, [...(isAlone ? [] : books.identifiers(bookId)), ...look.identifiers]);
    books.setTags(bookId, [...(isAlone ? [] : books.tags(bookId)), ...look.tags]);
  }
}

/** The lower, the more can be told of a book by its file. */
function rankOf(format: string, why: string | undefined): number {
  return richnessRank(format) + (why === undefined ? 0 : 100);
}

/** A library does not vanish by and by: an empty folder where many books were is a drive that is not connected. */
const MANY = 10;

function refuseEmptiness(files: readonly BookFile[], found: Walk, gone: ReadonlySet<BookFile>): void {
  const present = files.filter(file => !file.missing).length;
  if (found.files.length === 0 && present > MANY && gone.size >= present)
    throw new Error(`it is empty, and there were ${present} books in it`);
}

/** Known files that are not there any more, apart from those that nobody could look for. */
function goneAmong(files: readonly BookFile[], found: Walk): BookFile[] {
  const seen = new Set(found.files.map(file => file.path));
  const isHidden = (path: string) => found.failed.some(({ path: at }) => path === at || path.startsWith(`${at}/`));
  return files.filter(file => !seen.has(file.path) && !isHidden(file.path));
}

function placeOf(path: string, isDescribed: boolean): string {
  return isDescribed ? dirname(path) : stemOfBook(path);
}

function placeOfFile({ path, describedMs }: BookFile): string {
  return placeOf(path, describedMs !== 0);
}

function placeOfSeen({ path, described }: FoundFile): string {
  return placeOf(path, described !== undefined);
}

function digestOf({ md5, size }: { readonly md5: string; readonly size: number }): string {
  return `${md5}-${size}`;
}

function columnsOf({ path, size, modifiedMs, md5, described, look }: SeenFile): Omit<NewFile, "bookId"> {
  const seen = { path, size, modifiedMs, md5, format: formatOf(path) };
  return { ...seen, describedMs: described?.modifiedMs ?? 0, problem: look.why ?? null };
}
