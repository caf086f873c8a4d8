import { titleOf } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Account } from "./account";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import type { WorkOn } from "./afar/work";
import { giveBook } from "./looking";
import type { Notebook } from "./notebook";
import type { OneBook } from "./one-book";

/** Much less than a worker is given at most: a task's titles come in one sheet. */
const MOST_GIVEN = 256 * 1024;

export interface TitleTask {
  readonly books: readonly string[];
}

/** As devices published them, in the order of the task; empty where nobody did. */
export interface Titles {
  readonly titles: readonly { readonly title: string; readonly authors: string }[];
}

/** In the worker: what the reader knows the books by. */
export const findTitles: WorkOn<TitleTask, Titles> = ({ one }, { books }, handIn) => {
  handIn({ titles: books.map(book => titleOf(one.stateOf(book)) ?? { title: "", authors: "" }) });
};

/** One, without a worker. */
export function titleIn(notebook: Notebook, book: string): { title: string; authors: string } {
  return titleOf(notebook.fields(book)) ?? { title: "", authors: "" };
}

/** The titles of the books that a run has to tell of. */
export class Naming implements AfarWork<TitleTask, Titles> {
  readonly kind = "titles";
  private at = 0;

  constructor(
    private readonly one: OneBook,
    private readonly account: Account,
    private readonly books: readonly string[],
  ) {}

  next(given: Given, breathe: Breathe): TitleTask | undefined {
    const books: string[] = [];
    const before = given.bytes;
    let book = this.books[this.at];
    while (book !== undefined && given.bytes - before < MOST_GIVEN) {
      giveBook(given, this.one, book);
      books.push(book);
      this.at += 1;
      breathe();
      book = this.books[this.at];
    }
    return books.length === 0 ? undefined : { books };
  }

  gather({ books }: TitleTask, given: Given): void {
    for (const book of books) giveBook(given, this.one, book);
  }

  take({ books }: TitleTask, result: Titles | undefined): void {
    books.forEach((book, index) => {
      const titled = result?.titles[index];
      if (titled !== undefined) this.account.name(book, titled.title, titled.authors);
    });
  }
}
