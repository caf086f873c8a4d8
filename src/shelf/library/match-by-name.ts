import type { TitleRow } from "../store/books";

export type NameMatch = { readonly kind: "found"; readonly id: number } | { readonly kind: "missing" | "ambiguous" };

const SHORT_TITLE = 4;
const VOLUME_WORD = /[vV]ol\.?\s*(\d+(?:\.\d+)?)/u;
const VOLUME_LETTER = /(?<![\p{L}\p{N}_])v(\d{1,3})(?![\p{L}\p{N}_])/u;
const VOLUME_BETWEEN = /[-\u2014]\s*(\d{1,3})\s*[-\u2014]/u;
const WORDLIKE = /[\p{L}\p{N}]/u;

/**
 * Guesses the book from a file's name, by the rules of Tome 2.3: titles that occur in the name as whole phrases; a volume
 * number must be that of exactly one of them; without one the longest title wins; failing all, the name may be the
 * beginning of words in exactly one title.
 */
export function matchByName(fileName: string, books: readonly TitleRow[]): NameMatch {
  const stem = stemOf(fileName);
  const name = stem.toLowerCase();
  const candidates = books.filter(book => isTitleIn(book.title.toLowerCase(), name));
  const volume = volumeIn(stem);
  if (volume !== undefined) {
    return only(candidates.filter(book => book.seriesIndex === volume)) ?? { kind: "ambiguous" };
  }
  if (candidates.length > 0) return longest(candidates);
  if (lengthOf(name) < SHORT_TITLE) return { kind: "missing" };
  return only(books.filter(book => startsWordsOf(name, book.title.toLowerCase()))) ?? { kind: "missing" };
}

/** The volume that a name speaks of: "Vol. 3", "v03", "- 03 -". Four digits are a year. */
export function volumeIn(stem: string): number | undefined {
  const found = VOLUME_WORD.exec(stem) ?? VOLUME_LETTER.exec(stem) ?? VOLUME_BETWEEN.exec(stem);
  return found === null ? undefined : Number(found[1]);
}

/** A name without what follows its last dot. */
export function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot < 0 ? fileName : fileName.slice(0, dot);
}

function isTitleIn(title: string, name: string): boolean {
  // Of ten thousand titles hardly one gets past this, which costs least.
  if (!name.includes(title)) return false;
  if (lengthOf(title) < SHORT_TITLE) return title !== "" && title === name;
  return occurrences(title, name).some(at => !wordlikeBefore(name, at) && !wordlikeAt(name, at + title.length));
}

function startsWordsOf(name: string, title: string): boolean {
  return occurrences(name, title).some(at => !wordlikeBefore(title, at));
}

function longest(candidates: readonly TitleRow[]): NameMatch {
  const length = Math.max(...candidates.map(book => lengthOf(book.title)));
  return only(candidates.filter(book => lengthOf(book.title) === length)) ?? { kind: "ambiguous" };
}

function only(books: readonly TitleRow[]): NameMatch | undefined {
  const [first, second] = books;
  return first && !second ? { kind: "found", id: first.id } : undefined;
}

function occurrences(needle: string, hay: string): number[] {
  const found: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) found.push(at);
  return found;
}

function wordlikeBefore(source: string, at: number): boolean {
  const before = at > 0 ? Array.from(source.slice(Math.max(0, at - 2), at)).at(-1) : undefined;
  return before !== undefined && WORDLIKE.test(before);
}

function wordlikeAt(source: string, at: number): boolean {
  const next = source.codePointAt(at);
  return next !== undefined && WORDLIKE.test(String.fromCodePoint(next));
}

/** In characters, not in UTF-16 units. */
function lengthOf(source: string): number {
  return Array.from(source).length;
}
