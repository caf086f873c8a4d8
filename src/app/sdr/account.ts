import { type Change, titleOf } from "../../core/sdr/index";
import { sorted } from "../../core/order";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrBookChanges, SdrChange } from "../../ports/sdr-sync";
import { MOST_TOLD } from "./look";
import type { Notebook } from "./notebook";
import type { OneBook } from "./one-book";

interface Both {
  outgoing: readonly SdrChange[];
  incoming: readonly SdrChange[];
  isLater: boolean;
}

/** What a run did, or would do, book by book. */
export class Account {
  private readonly books = new LuaMap<string, Both>();
  private count = 0;

  constructor(
    private readonly notebook: Notebook,
    private readonly json: Json,
  ) {}

  incoming(book: string, changes: readonly Change[], isLater: boolean): void {
    if (changes.length === 0) return;
    const both = this.of(book);
    both.incoming = both.incoming.concat(changes).slice(0, MOST_TOLD);
    both.isLater = isLater;
  }

  /** What waited to be sent, since it was found. */
  outgoing(breathe: Breathe): void {
    for (const book of this.notebook.all("out")) {
      const read = this.json.decode(this.notebook.get("out", book) ?? "[]");
      if (read.ok) this.of(book).outgoing = read.value as SdrChange[];
      breathe();
    }
  }

  size(): number {
    return this.count;
  }

  /** By title; at most so many. */
  told(one: OneBook, most: number, breathe: Breathe): SdrBookChanges[] {
    const told: SdrBookChanges[] = [];
    for (const [book, { outgoing, incoming, isLater }] of this.books) {
      if (told.length >= most) break;
      const { title = "", authors = "" } = titleOf(one.stateOf(book)) ?? {};
      told.push({ book, title, authors, outgoing, incoming, ...(isLater && { isLater: true }) });
      breathe();
    }
    return sorted(told, (a, b) => a.title < b.title || (a.title === b.title && a.book < b.book));
  }

  private of(book: string): Both {
    let both = this.books.get(book);
    if (both === undefined) {
      both = { outgoing: [], incoming: [], isLater: false };
      this.books.set(book, both);
      this.count += 1;
    }
    return both;
  }
}
