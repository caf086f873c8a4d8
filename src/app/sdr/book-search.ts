import { shownAnnotations } from "../../core/sdr/index";
import { type Breathe, inSlices } from "../../koreader/sidecars/slices";
import type { Cancel } from "../../ports/scheduler";
import type { SdrBookQuery, SdrBooksFound, SdrKnownBook } from "../../ports/sdr-sync";
import { noteKnown } from "./book-names";
import { BestBooks, type Ranked } from "./best-books";
import { type KnownBook, readKnownBook } from "./known-book";
import { LINKS } from "./notebook";
import { OneBook } from "./one-book";
import { type Likeness, likenessOf, resemblance, SmallLetters, wordsOf } from "./resemblance";
import type { SdrTools } from "./tools";

/** Rows of the store at once: well below a millisecond. */
const PAGE = 100;
/** Looked at between two breaths. */
const FEW = 10;
const MOST = 100;
/** The book on screen stands above all that only look like something. */
const ON_SCREEN = 10;
/** What lists say of a book was kept from the start in stores that have this. */
const IS_KNOWN = "known-books";

export interface BookSearchTools {
  readonly tools: SdrTools;
  readonly labels: (this: void, devices: readonly string[]) => string[];
  readonly warn: (this: void, problem: string) => void;
}

/** Looks through all the books that are known, in slices. */
export class BookSearch {
  private readonly best = new BestBooks(MOST);
  private readonly letters = new SmallLetters();
  private readonly one: OneBook;
  private readonly words: readonly string[];
  private readonly like: Likeness | undefined;
  private readonly not: readonly string[];
  private readonly onScreen: string | undefined;

  constructor(
    private readonly given: BookSearchTools,
    { words, like }: SdrBookQuery,
  ) {
    const { notebook, openFile } = given.tools;
    const file = openFile();
    this.one = new OneBook(notebook);
    this.words = wordsOf(this.letters.of(words));
    this.not = like === undefined ? [] : this.one.idsOf(like);
    this.like = like === undefined ? undefined : this.likenessOf(this.known(like));
    this.onScreen = file === undefined ? undefined : notebook.sidecar(file)?.book;
  }

  start(done: (found: SdrBooksFound) => void): Cancel {
    let found: SdrBooksFound = { books: [], others: 0 };
    const work = (breathe: Breathe): void => {
      // A store that cannot be read: then nothing is known.
      const [worked, problem] = pcall(() => {
        this.complete(breathe);
        this.look(breathe);
        found = this.gathered(breathe);
      });
      if (!worked) this.given.warn(tostring(problem));
    };
    const sliced = inSlices(this.given.tools.slices, work, () => {
      done(found);
    });
    return () => {
      sliced.cancel();
    };
  }

  /** Of stores that are older than these lists. */
  private complete(breathe: Breathe): void {
    const { notebook } = this.given.tools;
    if (notebook.getRaw(IS_KNOWN) !== undefined) return;
    let last = "";
    let page = notebook.store.books.after(last, PAGE);
    while (page.length > 0) {
      for (const book of page) {
        if (book !== LINKS && notebook.get("known", book) === undefined)
          noteKnown(notebook, book, notebook.state(book));
        if (notebook.isFull()) notebook.flush();
        breathe();
        last = book;
      }
      page = notebook.store.books.after(last, PAGE);
    }
    notebook.setRaw(IS_KNOWN, "1");
    notebook.flush();
  }

  private look(breathe: Breathe): void {
    let last = "";
    let page = this.given.tools.notebook.rowsAfter("known", last, PAGE);
    while (page.length > 0) {
      page.forEach(({ of, value }, index) => {
        if (!this.not.includes(of)) this.consider(of, readKnownBook(value));
        last = of;
        if (index + 1 === page.length || math.fmod(index + 1, FEW) === 0) breathe();
      });
      page = this.given.tools.notebook.rowsAfter("known", last, PAGE);
    }
  }

  private consider(book: string, known: KnownBook): void {
    const [title, authors] = [this.letters.of(known.title), this.letters.of(known.authors)];
    if (!this.words.every(word => title.includes(word) || authors.includes(word))) return;
    const score = this.like === undefined ? 0 : resemblance(this.like, likenessOf(title, authors));
    this.best.add(book, known, book === this.onScreen ? ON_SCREEN : score, title);
  }

  private likenessOf({ title, authors }: KnownBook): Likeness {
    return likenessOf(this.letters.of(title), this.letters.of(authors));
  }

  /** Files that are one book are one row. */
  private gathered(breathe: Breathe): SdrBooksFound {
    const books: SdrKnownBook[] = [];
    const told = new LuaSet<string>();
    let merged = 0;
    for (const each of this.best.ranked) {
      if (told.has(each.book)) merged += 1;
      else books.push(this.rowOf(each, told));
      breathe();
    }
    return { books, others: this.best.count - books.length - merged };
  }

  /** Under the name of the file in which most was marked. */
  private rowOf(ranked: Ranked, told: LuaSet<string>): SdrKnownBook {
    let { book, known } = ranked;
    const ids = this.one.idsOf(book);
    const devices: string[] = [];
    for (const id of ids) {
      told.add(id);
      const each = this.known(id);
      for (const device of each.devices) if (!devices.includes(device)) devices.push(device);
      if (each.count > known.count) [book, known] = [id, each];
    }
    const count = ids.length < 2 ? known.count : shownAnnotations(this.one.stateOf(book)).length;
    const isOnScreen = this.onScreen !== undefined && ids.includes(this.onScreen);
    return { ...known, book, count, devices: this.given.labels(devices), ...(isOnScreen && { isOnScreen }) };
  }

  private known(book: string): KnownBook {
    return readKnownBook(this.given.tools.notebook.get("known", book) ?? "");
  }
}
