/** What identifies a book on this device; each fact is an alias under which it is found again. */
export interface BookFacts {
  /** KOReader's partial MD5 of the file as it is now: 32 lower-case hex digits. */
  readonly digest: string;
  /** The same of the file when KOReader first opened it: another, when its metadata was rewritten since. */
  readonly firstDigest?: string;
  readonly file: string;
  readonly title: string;
  readonly authors: string;
  /** As KOReader keeps them, one a line: `calibre:…`, `isbn:…`. */
  readonly identifiers?: string;
  /** Of a book with fixed pages; 0 or absent: they are not fixed, or nobody has counted them. */
  readonly pages?: number;
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

/** What a book is called that was never opened: its file, as KOReader calls a book without a title. */
export function titleOfFile(path: string): string {
  const parts = fileName(path).split(".");
  return parts.slice(0, Math.max(1, parts.length - 1)).join(".");
}

/** The last part of a path: `/books/a/Title.epub` gives `Title.epub`. */
export function fileName(path: string): string {
  const parts = path.split("/");
  return parts[parts.length - 1] ?? path;
}
