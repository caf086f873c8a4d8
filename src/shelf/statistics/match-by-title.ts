import { similarity } from "./similarity";

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

/**
 * Guesses the book from a title. A volume is only ever put onto the same volume: first by series and number, then by
 * title among books that claim no other number.
 */
export function matchByTitle(counted: CountedBook, books: readonly TitledBook[]): TitleMatch {
  const { name, volume } = volumeOf(counted.title);
  const inSeries = volume === undefined ? undefined : bySeries(name, volume, books);
  if (inSeries) return { kind: "matched", bookId: inSeries.id };
  const scored = books
    .filter(book => !claimsAnother(book, volume))
    .map(book => ({ book, score: similarity(counted.title, book.title) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (a, b) => (a && a.score >= b.score ? a : b),
    undefined,
  );
  if (!best || best.score < WORTH_A_LOOK) return { kind: "unmatched" };
  const isSure = best.score >= SURE || (best.score >= SURE_WITH_AUTHOR && isSameAuthor(counted, best.book));
  return isSure ? { kind: "matched", bookId: best.book.id } : { kind: "review" };
}

/** A title without its volume, and the volume. */
export function volumeOf(title: string): { readonly name: string; readonly volume: number | undefined } {
  for (const pattern of VOLUMES) {
    const [, name, number] = pattern.exec(title.slice(0, 500)) ?? [];
    if (name !== undefined && name !== "") return { name, volume: Number(number) };
  }
  return { name: title, volume: undefined };
}

function bySeries(name: string, volume: number, books: readonly TitledBook[]): TitledBook | undefined {
  return books.find(book => book.seriesIndex === volume && similarity(name, book.series ?? "") >= SURE);
}

function claimsAnother(book: TitledBook, volume: number | undefined): boolean {
  const claimed = book.seriesIndex ?? volumeOf(book.title).volume;
  return volume !== undefined && claimed !== undefined && claimed !== volume;
}

function isSameAuthor(counted: CountedBook, book: TitledBook): boolean {
  return similarity(counted.authors ?? "", book.author ?? "") >= SAME_AUTHOR;
}
