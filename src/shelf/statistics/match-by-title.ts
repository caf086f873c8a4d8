import { plainText, similarity } from "./similarity";

/** What a match by title needs of a book. */
export interface TitledBook {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
}

/** A book as KOReader's statistics name it. */
export interface CountedBook {
  readonly title: string;
  readonly authors: string | null;
}

export type TitleMatch =
  | { readonly kind: "matched"; readonly bookId: number }
  /** Too close to be nothing, too far to be sure. */
  | { readonly kind: "review" | "unmatched" };

const SURE = 0.9;
const SURE_WITH_AUTHOR = 0.8;
const SAME_AUTHOR = 0.8;
const WORTH_A_LOOK = 0.6;

/** Where titles tell the volume; each ends with its number, halves allowed. */
const VOLUMES = [
  /^(.*?)[\s,:–—-]*\b(?:vol|volume|book|tome|part|t)[.\s]*(\d+(?:\.5)?)\b.*$/iu,
  /^(.*?)\s+(\d+(?:\.5)?)\s+[–—-]\s.*$/u,
  /^(.*?)\s+(\d+(?:\.5)?)$/u,
];

/** What is compared of a book, made once for a whole library. */
interface Prepared {
  readonly book: TitledBook;
  readonly title: string;
  readonly series: string;
  readonly volume: number | undefined;
}

/**
 * Guesses books from titles. A volume is only ever put onto the same volume: first by series and number, then by title
 * among books that claim no other number.
 */
export function makeTitleMatcher(books: readonly TitledBook[]): (counted: CountedBook) => TitleMatch {
  const prepared = books.map(book => ({
    book,
    title: plainText(book.title),
    series: plainText(book.series ?? ""),
    volume: book.seriesIndex ?? volumeOf(book.title).volume,
  }));
  return counted => {
    const { name, volume } = volumeOf(counted.title);
    const inSeries = volume === undefined ? undefined : bySeries(plainText(name), volume, prepared);
    if (inSeries) return { kind: "matched", bookId: inSeries.id };
    const rivals = prepared.filter(each => volume === undefined || each.volume === undefined || each.volume === volume);
    return byTitle(counted, rivals);
  };
}

/** A title without its volume, and the volume. */
export function volumeOf(title: string): { readonly name: string; readonly volume: number | undefined } {
  for (const pattern of VOLUMES) {
    const [, name, number] = pattern.exec(title.slice(0, 500)) ?? [];
    if (name !== undefined && name !== "") return { name, volume: Number(number) };
  }
  return { name: title, volume: undefined };
}

function bySeries(name: string, volume: number, books: readonly Prepared[]): TitledBook | undefined {
  return books.find(({ book, series }) => book.seriesIndex === volume && similarity(name, series, SURE) >= SURE)?.book;
}

function byTitle(counted: CountedBook, books: readonly Prepared[]): TitleMatch {
  const title = plainText(counted.title);
  let best: TitledBook | undefined;
  let score = 0;
  for (const each of books) {
    const alike = similarity(title, each.title, Math.max(score, WORTH_A_LOOK));
    if (alike > score) [best, score] = [each.book, alike];
  }
  if (!best) return { kind: "unmatched" };
  const isSure = score >= SURE || (score >= SURE_WITH_AUTHOR && isSameAuthor(counted, best));
  return isSure ? { kind: "matched", bookId: best.id } : { kind: "review" };
}

function isSameAuthor(counted: CountedBook, book: TitledBook): boolean {
  return similarity(plainText(counted.authors ?? ""), plainText(book.author ?? "")) >= SAME_AUTHOR;
}
