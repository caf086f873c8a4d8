import type { Change } from "../../core/sdr/index";
import { sorted } from "../../core/order";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { SdrBookChanges, SdrChange, SdrOthers } from "../../ports/sdr-sync";
import { Names } from "./names";
import type { Notebook } from "./notebook";
import { MOST_TOLD, type ToTell } from "./to-tell";

/** What is told one by one at most; the rest is only counted. */
export interface Most {
  readonly books: number;
  readonly changes: number;
}

/** What of a book is to be told. */
type Waiting = (this: void, notebook: Notebook, book: string) => ToTell | undefined;

interface Told {
  outgoing: readonly SdrChange[];
  incoming: readonly SdrChange[];
  title: string;
  authors: string;
}

/** What a run did, or would do, book by book. However many books there are, it is of a size. */
export class Account {
  private readonly books = new LuaMap<string, Told>();
  private readonly names: string[] = [];
  private changes = 0;
  private readonly beyond = new LuaSet<string>();
  private readonly counted = { books: 0, receiving: 0, incoming: 0, outgoing: 0 };

  constructor(
    private readonly notebook: Notebook,
    private readonly json: Json,
    private readonly most: Most,
  ) {}

  incoming(book: string, changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const told = this.of(book);
    if (told === undefined) return this.count(book, changes.length, 0);
    const before = told.incoming.length;
    told.incoming = told.incoming.concat(changes).slice(0, MOST_TOLD);
    this.changes += told.incoming.length - before;
  }

  /** What waited to be sent, since it was found. */
  outgoing(waiting: Waiting, breathe: Breathe): void {
    const names = new Names(this.notebook, "out");
    let book = names.next();
    while (book !== undefined) {
      this.sent(book, waiting(this.notebook, book));
      breathe();
      book = names.next();
    }
  }

  name(book: string, title: string, authors: string): void {
    const told = this.of(book);
    if (told !== undefined) [told.title, told.authors] = [title, authors];
  }

  /** Those that are told of. */
  told(): readonly string[] {
    return this.names;
  }

  /** The same, by title. */
  byTitle(): SdrBookChanges[] {
    const told: SdrBookChanges[] = [];
    for (const [book, each] of this.books) told.push({ book, ...each });
    return sorted(told, (a, b) => a.title < b.title || (a.title === b.title && a.book < b.book));
  }

  others(): SdrOthers {
    return this.counted;
  }

  private sent(book: string, waiting: ToTell | undefined): void {
    if (waiting === undefined) return;
    const told = this.of(book);
    if (told === undefined) return this.count(book, 0, waiting.count);
    const read = this.json.decode(waiting.text);
    if (read.ok) told.outgoing = read.value as SdrChange[];
    this.changes += told.outgoing.length;
  }

  private count(book: string, incoming: number, outgoing: number): void {
    const { counted, beyond } = this;
    counted.incoming += incoming;
    counted.outgoing += outgoing;
    if (beyond.has(book)) return;
    beyond.add(book);
    counted.books += 1;
    if (incoming > 0) counted.receiving += 1;
  }

  /** Nothing where a book is one too many. */
  private of(book: string): Told | undefined {
    let told = this.books.get(book);
    const hasRoom = this.names.length < this.most.books && this.changes < this.most.changes;
    if (told === undefined && hasRoom) {
      told = { outgoing: [], incoming: [], title: "", authors: "" };
      this.books.set(book, told);
      this.names.push(book);
    }
    return told;
  }
}
