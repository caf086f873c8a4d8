import type { KnownBook } from "./known-book";

/** One of those that are listed. */
export interface Ranked {
  readonly book: string;
  readonly known: KnownBook;
  readonly score: number;
  /** In small letters. */
  readonly title: string;
}

const LAST = "\u{10ffff}";

const isBefore = (a: Ranked, b: Ranked): boolean => {
  if (a.score !== b.score) return a.score > b.score;
  return a.title < b.title || (a.title === b.title && a.book < b.book);
};

/** Of any number of books the first so many: by what speaks for them, then by title. Those without a title come last. */
export class BestBooks {
  readonly ranked: Ranked[] = [];
  /** How many were given. */
  count = 0;

  constructor(private readonly most: number) {}

  /** @param small its title in small letters */
  add(book: string, known: KnownBook, score: number, small: string): void {
    this.count += 1;
    const one = { book, known, score, title: small === "" ? LAST : small };
    const { ranked, most } = this;
    const last = ranked[ranked.length - 1];
    if (last !== undefined && ranked.length >= most && !isBefore(one, last)) return;
    const at = ranked.findIndex(each => isBefore(one, each));
    ranked.splice(at < 0 ? ranked.length : at, 0, one);
    if (ranked.length > most) ranked.pop();
  }
}
