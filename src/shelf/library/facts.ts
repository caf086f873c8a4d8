import { basename, join } from "node:path";
import type { BookFacts, Identifier } from "../store/books";
import { factsOfName } from "./file-name";
import { formatOf, kindOf } from "./formats/kinds";
import type { Said } from "./formats/said";
import type { Parsers } from "./parsing/parsers";
import type { FoundFile } from "./walk";

export interface FileFacts {
  readonly facts: BookFacts;
  readonly identifiers: readonly Identifier[];
  readonly tags: readonly string[];
  /** Why the file could not be looked into, when it could not: the facts are then those of its name. */
  readonly why?: string;
}

const COMICS = new Set(["cbz", "cbr"]);

/** What is known of the book in a file: what it says itself, completed by its name. Never rejects. */
export async function factsOfFile(root: string, file: FoundFile, parsers: Parsers): Promise<FileFacts> {
  const kind = kindOf(file.path);
  const byName = factsByName(file.path);
  if (kind === undefined) return { facts: byName, identifiers: [], tags: [] };
  const described = file.described === undefined ? {} : { described: join(root, file.described.path) };
  const { said, why } = await parsers.read({ path: join(root, file.path), kind, ...described });
  const found = { facts: merge(byName, said), identifiers: said.identifiers, tags: said.tags };
  return why === undefined ? found : { ...found, why };
}

function factsByName(path: string): BookFacts {
  const bookType = COMICS.has(formatOf(path)) ? "comic" : "book";
  return { ...factsOfName(basename(path)), language: null, description: null, bookType };
}

/** A book with a title of its own knows its author and its series too, or has none. */
function merge(byName: BookFacts, said: Said): BookFacts {
  const { language, description, publisher, published, pageCount } = said;
  const more = { language, description, publisher, published, pageCount, bookType: said.bookType ?? byName.bookType };
  if (said.title === null) return { ...byName, ...more, author: said.author ?? byName.author };
  const { title, author, series, seriesIndex } = said;
  return { ...more, title, author: author ?? authorByName(byName, title), series, seriesIndex };
}

/** A name that ends in the title that the file has, too, can be trusted with the author. */
function authorByName({ title, author }: BookFacts, said: string): string | null {
  return title.toLowerCase() === said.toLowerCase() ? author : null;
}
