import type { Change } from "../../core/sdr/index";
import { sorted } from "../../core/order";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrBookChanges, SdrChange } from "../../ports/sdr-sync";
import { MOST_TOLD } from "./look";
import type { Notebook } from "./notebook";

interface Told {
  outgoing: readonly SdrChange[];
  incoming: readonly SdrChange[];
  title: string;
  authors: string;
}

/** What a run did, or would do, book by book. */
export class Account {
  private readonly books = new LuaMap<string, Told>();
  private readonly names: string[] = [];

  constructor(
    private readonly notebook: Notebook,
    private readonly json: Json,
  ) {}

  incoming(book: string, changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const told = this.of(book);
    told.incoming = told.incoming.concat(changes).slice(0, MOST_TOLD);
  }

  /** What waited to be sent, since it was found. */
  outgoing(breathe: Breathe): void {
    for (const book of this.notebook.all("out")) {
      const read = this.json.decode(this.notebook.get("out", book) ?? "[]");
      if (read.ok) this.of(book).outgoing = read.value as SdrChange[];
      breathe();
    }
  }

  name(book: string, title: string, authors: string): void {
    const told = this.of(book);
    [told.title, told.authors] = [title, authors];
  }

  size(): number {
    return this.names.length;
  }

  /** Those that are told of. */
  first(most: number): readonly string[] {
    return this.names.slice(0, most);
  }

  /** By title; at most so many. */
  told(most: number): SdrBookChanges[] {
    const told: SdrBookChanges[] = [];
    for (const book of this.first(most)) told.push({ book, ...this.of(book) });
    return sorted(told, (a, b) => a.title < b.title || (a.title === b.title && a.book < b.book));
  }

  private of(book: string): Told {
    let told = this.books.get(book);
    if (told === undefined) {
      told = { outgoing: [], incoming: [], title: "", authors: "" };
      this.books.set(book, told);
      this.names.push(book);
    }
    return told;
  }
}
