/** What identifies a book on this device; each fact is an alias under which it is found again. */
export interface BookFacts {
  /** KOReader's partial MD5 of the file as it is now: 32 lower-case hex digits. */
  readonly digest: string;
  readonly file: string;
  readonly title: string;
  readonly authors: string;
}

/** A book of ours found on a server. `digest` is certain, `name` is the server's guess. */
export interface Match {
  readonly remoteId: string;
  readonly method: "digest" | "name";
}

/** The last part of a path: `/books/a/Title.epub` gives `Title.epub`. */
export function fileName(path: string): string {
  const parts = path.split("/");
  return parts[parts.length - 1] ?? path;
}
