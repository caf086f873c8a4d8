/** What identifies a book on this device; each fact is an alias under which it is found again. */
export interface BookFacts {
  /** KOReader's partial MD5 of the file as it is now: 32 lower-case hex digits. */
  readonly digest: string;
  /** The same of the file when KOReader first opened it: another, when its metadata was rewritten since. */
  readonly firstDigest?: string;
  readonly file: string;
  readonly title: string;
  readonly authors: string;
}

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

/** How a book of ours was found on a server: by its content, by the reader's hand, or by its name, which is a guess. */
export type MatchMethod = "digest" | "picked" | "name";

/** A book of ours found on a server. */
export interface Match {
  readonly remoteId: string;
  readonly method: MatchMethod;
  /** What the server calls it, where that was asked. */
  readonly title?: string;
}

/** A book as a server shows it in a list. */
export interface RemoteBook {
  readonly remoteId: string;
  readonly title: string;
  readonly author?: string;
  readonly series?: string;
  readonly volume?: number;
}

/** The last part of a path: `/books/a/Title.epub` gives `Title.epub`. */
export function fileName(path: string): string {
  const parts = path.split("/");
  return parts[parts.length - 1] ?? path;
}
