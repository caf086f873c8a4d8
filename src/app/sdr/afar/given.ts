import type { KnownSidecar, SdrStore } from "../../../ports/sdr-store";
import { booksNamed } from "../book-names";
import { rowOf } from "./change";

/** Rows of the store, read for a worker before the fork. False: there is none. */
export type Row = string | false | KnownSidecar | readonly KnownSidecar[] | readonly string[];

/** What is kept of each book besides its state. */
const OF_BOOK = ["unsent", "out", "deliver", "anchor", "ids", "conflict", "trash", "known"];
const OF_FILE = ["session", "pending"];
/** Who we are, our clock, the number of our last file, the rounds of what is told. */
const OF_US = ["me", "hlc", "seq", "round", "round-told"];

/** What a worker knows of the store: it has the parent's memory, and no store. */
export class Given {
  /** How much it is, about. */
  bytes = 0;
  private readonly rows = new LuaMap<string, Row>();

  constructor(private readonly store: SdrStore) {
    for (const key of OF_US) this.value(key);
  }

  row(name: string): Row | undefined {
    return this.rows.get(name);
  }

  book(book: string): void {
    if (this.rows.has(rowOf.state(book))) return;
    this.put(rowOf.state(book), this.store.books.state(book) ?? "");
    for (const kind of OF_BOOK) this.value(`${kind}:${book}`);
  }

  stateText(book: string): string {
    return (this.rows.get(rowOf.state(book)) ?? "") as string;
  }

  /** The files that hold this book here, and what is known of them. */
  files(book: string): readonly KnownSidecar[] {
    const files = this.store.sidecars.of(book);
    this.rows.set(rowOf.files(book), files);
    for (const each of files) this.file(each.file, each);
    return files;
  }

  file(file: string, sidecar: KnownSidecar | undefined = this.store.sidecars.find(file)): KnownSidecar | undefined {
    this.put(rowOf.sidecar(file), sidecar ?? false);
    for (const kind of OF_FILE) this.value(`${kind}:${file}`);
    this.rows.set(rowOf.deletions(file), this.store.values.deletions(file));
    return sidecar;
  }

  /** Those that are like a book, by what they have in common. */
  like(name: string): void {
    const key = `like:${name}`;
    this.value(key);
    const books = this.rows.get(rowOf.value(key));
    for (const book of type(books) === "string" ? booksNamed(books as string) : []) this.book(book);
  }

  /** What a worker asked for. */
  give(row: string): void {
    const [what = "", of = ""] = string.match(row, "^(%w+) (.*)$");
    if (what === "state") return this.book(of);
    if (what === "segment") return this.segment(of);
    const [kind = "", name = ""] = string.match(of, "^(%w+):(.*)$");
    if (what === "value" && kind === "like") this.like(name);
    else if (what === "value" && OF_BOOK.includes(kind)) this.book(name);
    else if (what === "value") this.value(of);
    else this.file(of);
  }

  /** What is in a file of ours. */
  segment(name: string): void {
    this.put(rowOf.segment(name), this.store.segments.content(name) ?? false);
  }

  value(key: string): void {
    this.put(rowOf.value(key), this.store.values.get(key) ?? false);
  }

  private put(name: string, row: string | false | KnownSidecar): void {
    this.rows.set(name, row);
    if (type(row) === "string") this.bytes += (row as string).length;
    else if (row !== false) this.bytes += (row as KnownSidecar).shadow.length;
  }
}
