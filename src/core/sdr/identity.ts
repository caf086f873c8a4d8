import { sorted, sortedKeys } from "../order";
import { IdSets } from "./id-sets";
import type { FileBeside } from "./file-beside";
import { factsIn } from "./published";
import { uniteAlike } from "./alike";
import { likenessesOf } from "./likeness";
import { said } from "./links";
import { getTable, getText, listItems, listOf, tableOf, type DataTable, type LuaValue } from "./lua-value";
import { bookIdOf, isBookId } from "./names";
import { shownField } from "./shown";
import type { Engine } from "./annotation-item";
import { EMPTY_STATE, joinBooks, type BookState } from "./book-state";

/** What a device knows to identify a book by. Digests are KOReader's partial MD5, 32 hex digits. */
export interface BookIds {
  /** As the sidecar has it since the first opening: it names the book in the folder. */
  readonly sidecarDigest: string;
  /** Of the file as it is now, where somebody asked. A rewritten file (calibre) has another one than its sidecar. */
  readonly fileDigest?: string;
  /** Whose the file is (`fileBeside`): only the same book's digest names the book too. */
  readonly file?: FileBeside;
  readonly calibreUuid?: string;
  /** From `identifiersIn`. */
  readonly identifiers?: readonly string[];
  readonly engine?: Engine;
  /** Of a book with fixed pages. */
  readonly pages?: number;
  readonly title: string;
  readonly authors: string;
  /** Of the file, without its extension: what people know a book by that says no title. */
  readonly name?: string;
}

/**
 * The facts that a device publishes of a book, to be given to `diff`. What makes two books one: `ids`, and `likenessesOf` them.
 * Of another book's file that took the sidecar's place only the names are told, for people to read.
 */
export function bookFacts(ids: BookIds): DataTable {
  const { fileDigest, file, calibreUuid, engine, title, authors, identifiers = [], pages } = ids;
  const name = title === "" ? ids.name : undefined;
  const strong: LuaValue[] = [bookIdOf(ids.sidecarDigest)];
  if (file === "other") return tableOf({ ids: listOf(strong), title, authors, name, file });
  if (fileDigest !== undefined && fileDigest !== ids.sidecarDigest && file === "same")
    strong.push(bookIdOf(fileDigest));
  if (calibreUuid !== undefined && engine !== undefined) strong.push(`cal:${calibreUuid}:${engine}`);
  const known = identifiers.length === 0 ? undefined : listOf(identifiers);
  return tableOf({
    ids: listOf(strong),
    title,
    authors,
    name,
    engine,
    known,
    pages,
    file: file === "unsure" ? file : undefined,
  });
}

function isStrong(id: string): boolean {
  return (isBookId(id) && id !== "links") || (id.startsWith("cal:") && id.length <= 100);
}

/** All that makes this book one with others, from all devices. */
function idsIn(book: string, state: BookState): string[] {
  const ids = [book];
  for (const { facts } of factsIn(state)) {
    for (const id of listItems(getTable(facts, "ids"))) if (typeof id === "string" && isStrong(id)) ids.push(id);
  }
  return ids;
}

/** What a book may share with others that are one with it: ids besides its own, and likenesses. */
export function namesOf(book: string, state: BookState): string[] {
  const names: string[] = [];
  const add = (name: string): void => {
    if (name !== book && !names.includes(name)) names.push(name);
  };
  for (const id of idsIn(book, state)) add(id);
  for (const { facts } of factsIn(state)) for (const { name } of likenessesOf(facts)) add(name);
  return names;
}

/** What the reader calls a book, or else what some device published of it: title and authors, or the file's name. */
export function titleOf(state: BookState): { title: string; authors: string } | undefined {
  const custom = (name: string): string | undefined => {
    const value = shownField(`custom.${name}`, state.fields[`custom.${name}`]);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  for (const { facts } of factsIn(state)) {
    const published = getText(facts, "title");
    if (published === undefined) continue;
    const title = custom("title") ?? (published === "" ? (getText(facts, "name") ?? "") : published);
    return { title, authors: custom("authors") ?? getText(facts, "authors") ?? "" };
  }
  return undefined;
}

/**
 * Which books are one, as every device that knows the same agrees: for each book the smallest digest among those that are one with
 * it. The reader's word comes first, then what devices published, then what they have in common, each in a fixed order.
 */
export function components(books: Readonly<Record<string, BookState>>): Record<string, string> {
  const { one, two } = said(books["links"] ?? EMPTY_STATE);
  const sets = new IdSets(two);
  for (const pair of one) sets.unite(pair[0], pair[1]);
  const names = sortedKeys(books).filter(book => book !== "links");
  for (const book of names) {
    const ids = idsIn(book, books[book] ?? EMPTY_STATE);
    for (const id of sorted(ids, (a, b) => a < b)) sets.unite(book, id);
  }
  uniteAlike(sets, books, names);
  const canonical: Record<string, string> = {};
  for (const book of names) {
    const digests = sets.of(book).filter(id => id.startsWith("md5:"));
    canonical[book] = sorted(digests, (a, b) => a < b)[0] ?? book;
  }
  return canonical;
}

/** All that is known of a book under any of its ids. Each id keeps its own, so that parting them again loses nothing. */
export function unionOf(
  books: Readonly<Record<string, BookState>>,
  canonical: Readonly<Record<string, string>>,
  book: string,
): BookState {
  let state = EMPTY_STATE;
  for (const each of sortedKeys(canonical)) {
    if (canonical[each] === (canonical[book] ?? book)) state = joinBooks(state, books[each] ?? EMPTY_STATE);
  }
  return state;
}
