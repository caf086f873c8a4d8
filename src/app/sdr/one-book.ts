import { sortedKeys } from "../../core/order";
import { apartFrom, type BookState, components, EMPTY_STATE, joinBooks, linkedTo, namesOf } from "../../core/sdr/index";
import { booksNamed } from "./book-names";
import { LINKS, type Notebook } from "./notebook";
import { stateOfText } from "./state-text";

type Members = LuaMap<string, readonly string[]>;

/** Those that may be one with a book: under its id, and under every name that it goes by. */
function neighbours(notebook: Notebook, book: string, published: BookState): string[] {
  let found = booksNamed(notebook.get("like", book)).slice();
  for (const name of namesOf(book, published)) {
    if (name.startsWith("md5:")) found.push(name);
    found = found.concat(booksNamed(notebook.get("like", name)));
  }
  return found;
}

/** Which books are one. It is looked up book by book, in what `noteNames` keeps, however many there are. */
export class OneBook {
  private links: BookState;
  private linksAge: number;

  constructor(
    private readonly notebook: Notebook,
    private known: Members = new LuaMap(),
    private readonly keepsWhatItFinds = true,
    links?: BookState,
  ) {
    this.links = links ?? notebook.state(LINKS);
    this.linksAge = notebook.linksAge;
  }

  /** The same books, as another notebook knows them. What it finds out by itself it may have been told too little for. */
  over(notebook: Notebook): OneBook {
    return new OneBook(notebook, this.known, false, this.links);
  }

  /** All ids of this book, itself among them. */
  idsOf(book: string): readonly string[] {
    this.hearReader();
    const known = this.known.get(book);
    if (known !== undefined) return known;
    const found = this.look(book);
    if (this.keepsWhatItFinds) this.known.set(book, found);
    return found;
  }

  /** All that is known of it under any of them. */
  stateOf(book: string): BookState {
    const ids = this.idsOf(book);
    let state = this.notebook.state(ids[0] ?? book);
    for (const id of ids.slice(1)) state = joinBooks(state, this.notebook.state(id));
    return state;
  }

  /** The same without annotations. */
  fieldsOf(book: string): BookState {
    const ids = this.idsOf(book);
    let state = this.notebook.fields(ids[0] ?? book);
    for (const id of ids.slice(1)) state = joinBooks(state, this.notebook.fields(id));
    return state;
  }

  /** The same, and what is known of the books that the reader keeps apart from it, if there are any. */
  allOf(book: string): { readonly state: BookState; readonly parted?: BookState } {
    let parted: BookState | undefined;
    const ids = this.idsOf(book);
    for (const other of apartFrom(this.links, ids)) parted = joinBooks(parted ?? EMPTY_STATE, this.stateOf(other));
    return { state: this.stateOf(book), ...(parted !== undefined && { parted }) };
  }

  /** The reader may say something else while a run is on its way. */
  private hearReader(): void {
    const { linksAge } = this.notebook;
    if (!this.keepsWhatItFinds || linksAge === this.linksAge) return;
    this.links = this.notebook.state(LINKS);
    this.linksAge = linksAge;
    this.known = new LuaMap();
  }

  private look(book: string): readonly string[] {
    const books = this.around(book);
    const names = sortedKeys(books);
    if (names.length === 1) return names;
    const canonical = components({ ...books, links: this.links });
    return names.filter(each => canonical[each] === canonical[book]);
  }

  /** All that may be one with it, or with one of these, and what is published of each. */
  private around(book: string): Record<string, BookState> {
    const books: Record<string, BookState> = {};
    const waiting = [book];
    let next = waiting.pop();
    while (next !== undefined) {
      if (books[next] === undefined) {
        const published = stateOfText(this.notebook.get("ids", next));
        books[next] = published;
        for (const each of neighbours(this.notebook, next, published)) waiting.push(each);
        for (const each of linkedTo(this.links, next)) waiting.push(each);
      }
      next = waiting.pop();
    }
    return books;
  }
}
