import type { BookFacts } from "../../core/book";

type Name = Pick<BookFacts, "title" | "authors">;

const isKnown = (name: string): boolean => name !== "" && name !== "Unknown";

/** Whether one title is the other with something added before or after it, as corrections do: "Emma" and "Emma: A Novel". */
function isExtended(short: string, long: string): boolean {
  const isWord = (letter: string): boolean =>
    letter.toLowerCase() !== letter.toUpperCase() || "0123456789".includes(letter);
  if (short.length >= long.length) return false;
  if (long.startsWith(short)) return !isWord(long.slice(short.length, short.length + 1));
  return long.endsWith(short) && !isWord(long.slice(long.length - short.length - 1, long.length - short.length));
}

/**
 * Whether two files can be one book, written anew, as far as names say it: authors are the same, and titles are or one of them got
 * something added. What one of them lacks cannot differ.
 */
export function isAlike(a: Name, b: Name): boolean {
  const titles = isKnown(a.title) && isKnown(b.title);
  const authors = isKnown(a.authors) && isKnown(b.authors);
  if (!titles && !authors) return false;
  const isSameTitle =
    a.title === b.title || (authors && (isExtended(a.title, b.title) || isExtended(b.title, a.title)));
  return (!titles || isSameTitle) && (!authors || a.authors === b.authors);
}
