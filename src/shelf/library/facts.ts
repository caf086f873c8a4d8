import { basename, join } from "node:path";
import type { BookFacts, Identifier } from "../store/books";
import { readEpub, type EpubFacts } from "./epub";
import { factsOfName } from "./file-name";
import { formatOf, reasonOf } from "./walk";

export interface FileFacts {
  readonly facts: BookFacts;
  readonly identifiers: readonly Identifier[];
  readonly tags: readonly string[];
  /** Why the file could not be looked into, when it could not: the facts are then those of its name. */
  readonly why?: string;
}

const COMICS = new Set(["cbz", "cbr"]);

/** What is known of the book in a file: what it says itself, completed by its name. Never rejects. */
export async function factsOfFile(root: string, path: string): Promise<FileFacts> {
  const format = formatOf(path);
  const bookType = COMICS.has(format) ? "comic" : "book";
  const byName: BookFacts = { ...factsOfName(basename(path)), language: null, description: null, bookType };
  if (format !== "epub") return { facts: byName, identifiers: [], tags: [] };
  try {
    const said = await readEpub(join(root, path));
    return { facts: merge(byName, said), identifiers: said.identifiers, tags: said.tags };
  } catch (error) {
    return { facts: byName, identifiers: [], tags: [], why: reasonOf(error) };
  }
}

/** A book with a title of its own knows its author and its series too, or has none. */
function merge(byName: BookFacts, said: EpubFacts): BookFacts {
  const { title, author, series, seriesIndex, language, description } = said;
  if (title === null) return { ...byName, author: author ?? byName.author, language, description };
  return { title, author, series, seriesIndex, language, description, bookType: byName.bookType };
}
