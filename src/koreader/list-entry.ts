import type { BookDetails, CatalogueBook, ListEntry } from "../core/catalogue";
import type { Result } from "../core/result";

export type Fields = Readonly<Record<string, unknown>>;

/** What a decoded text holds; nothing where it holds no table. */
export function tableOf(decoded: Result<unknown, string>): Fields {
  return decoded.ok ? fieldsOf(decoded.value) : {};
}

export function fieldsOf(value: unknown): Fields {
  return type(value) === "table" ? (value as Fields) : {};
}

/** The texts of a list, without what else is in it. */
export function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  if (type(value) !== "table") return texts;
  for (const item of value as unknown[]) if (type(item) === "string") texts.push(item as string);
  return texts;
}

/** A line of a list that we wrote ourselves: what was checked when it came from the server is not checked again. */
export function entryOf(decoded: Result<unknown, string>): ListEntry | undefined {
  const fields = tableOf(decoded);
  const group = fieldsOf(fields["group"]);
  const isGroup = fields["kind"] === "group" && type(group["id"]) === "string" && type(group["books"]) === "number";
  const isBook = fields["kind"] === "book" && bookOf(fields["book"]) !== undefined;
  return isGroup || isBook ? (fields as unknown as ListEntry) : undefined;
}

/** A book that we wrote ourselves. */
function bookOf(value: unknown): CatalogueBook | undefined {
  const book = fieldsOf(value);
  const isSound =
    type(book["remoteId"]) === "string" && type(book["title"]) === "string" && type(book["files"]) === "table";
  return isSound ? (book as unknown as CatalogueBook) : undefined;
}

/** The same of a book's details. */
export function detailsOf(value: unknown): BookDetails | undefined {
  return bookOf(value);
}
