import type { BookDetails, BookGroup, CatalogueBook, GroupList, ReadState, RemoteFile } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import { plainText } from "../../core/plain-text";
import { failure, type Result, success } from "../../core/result";
import { fraction } from "../../core/units";
import type { BookList } from "../../ports/server";
import { countOf, type Fields, fieldsOf, idOf, listOf, numberOf, textOf, wordsOf } from "./tome-fields";

/** Stand on the wire for the books without a series, without an author. */
const NO_SERIES = "__unserialized__";
const NO_AUTHOR = "__unknown__";

/** Tome pages nothing. No library of one reader has more; a list that says so is no list of one. */
const MOST_LINES = 50_000;
const MOST_FILES = 20;
const MOST_TAGS = 50;
const LONGEST_TAG = 100;
const LONGEST_DESCRIPTION = 20_000;
const LONGEST_FORMAT = 16;
const FORMAT_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.";

const STATES: readonly (readonly [said: string, state: ReadState])[] = [
  ["unread", "unread"],
  ["reading", "reading"],
  ["read", "read"],
  ["shelved", "shelved"],
  ["want_to_read", "wanted"],
];

/** A later Tome may have more; those we do not know say nothing. */
function stateOf(value: unknown): ReadState | undefined {
  return STATES.find(([said]) => said === value)?.[1];
}

/** It becomes the end of a file's name: letters, digits and dots. */
function formatOf(value: unknown): string | undefined {
  const format = (textOf(value) ?? "").toLowerCase();
  const isSound = format.split("").every(letter => FORMAT_LETTERS.includes(letter));
  if (format === "" || format.length > LONGEST_FORMAT || !isSound || format.includes("..")) return undefined;
  return format.startsWith(".") || format.endsWith(".") ? undefined : format;
}

function fileOf(entry: unknown): RemoteFile | undefined {
  const fields = fieldsOf(entry);
  const fileId = idOf(fields["id"]);
  const format = formatOf(fields["format"]);
  if (fileId === undefined || format === undefined) return undefined;
  const bytes = countOf(fields["file_size"]);
  return bytes === undefined ? { fileId, format } : { fileId, format, bytes };
}

/** The files of a book; those of an unheard-of kind are passed over. */
export function filesOf(value: unknown): RemoteFile[] {
  const files: RemoteFile[] = [];
  for (const entry of listOf(value).slice(0, MOST_FILES)) {
    const file = fileOf(entry);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/**
 * A book as every list has it: `{"id", "title", "series_index", "author", "book_type", "status", "files"}`, and `series`
 * when it has one. `status` and `series` came with Tome 2.0, `book_type` with 1.8.
 */
export function catalogueBookOf(entry: unknown, idName = "id"): CatalogueBook | undefined {
  const fields = fieldsOf(entry);
  const remoteId = idOf(fields[idName]);
  if (remoteId === undefined) return undefined;
  const author = wordsOf(fields["author"]);
  const series = wordsOf(fields["series"]);
  const volume = numberOf(fields["series_index"]);
  const bookType = wordsOf(fields["book_type"]);
  const state = stateOf(fields["status"]);
  return {
    remoteId,
    title: wordsOf(fields["title"]) ?? remoteId,
    files: filesOf(fields["files"]),
    ...(author === undefined ? {} : { author }),
    ...(series === undefined ? {} : { series }),
    ...(volume === undefined ? {} : { volume }),
    ...(bookType === undefined ? {} : { bookType }),
    ...(state === undefined ? {} : { state }),
  };
}

/** `{"books": […]}`, with `unsupported_filters` of a shelf and `series_name` and `book_type` of a series. */
export function bookListOf(body: unknown): Result<BookList, Failure> {
  const fields = fieldsOf(body);
  const entries = listOf(fields["books"]);
  if (typeof fields["books"] !== "object" || entries.length > MOST_LINES) return failure(unreadable(entries.length));
  const books: CatalogueBook[] = [];
  for (const entry of entries) {
    const book = catalogueBookOf(entry);
    if (book !== undefined) books.push(completed(book, fields));
  }
  return success({ books, ignoredFilters: namesOf(fields["unsupported_filters"]) });
}

function unreadable(lines: number): Failure {
  return { reason: "garbled", detail: lines === 0 ? "an answer of another shape" : `${lines} lines in one list` };
}

/** What an older Tome says of a whole series only. */
function completed(book: CatalogueBook, list: Fields): CatalogueBook {
  const name = wordsOf(list["series_name"]);
  const series = book.series ?? (name === NO_SERIES ? undefined : name);
  const bookType = book.bookType ?? wordsOf(list["book_type"]);
  return {
    ...book,
    ...(series === undefined ? {} : { series }),
    ...(bookType === undefined ? {} : { bookType }),
  };
}

function namesOf(value: unknown): string[] {
  const names: string[] = [];
  for (const item of listOf(value).slice(0, MOST_TAGS)) {
    const name = wordsOf(item, LONGEST_TAG);
    if (name !== undefined) names.push(name);
  }
  return names;
}

const GROUPS: Readonly<Record<GroupList, (fields: Fields) => BookGroup | undefined>> = {
  series: fields => {
    const id = idOf(fields["first_book_id"]);
    const name = wordsOf(fields["name"]);
    const author = wordsOf(fields["author"]);
    if (id === undefined) return undefined;
    return { kind: "series", id, books: countOf(fields["book_count"]) ?? 0, ...named(name), ...written(author) };
  },
  authors: fields => {
    const id = textOf(fields["name"]);
    if (id === undefined || id === "") return undefined;
    return { kind: "author", id, books: countOf(fields["book_count"]) ?? 0, ...named(wordsOf(id)) };
  },
  shelves: fields => {
    const id = idOf(fields["id"]);
    if (id === undefined) return undefined;
    return { kind: "shelf", id, books: countOf(fields["book_count"]) ?? 0, ...named(wordsOf(fields["name"])) };
  },
};

const named = (name: string | undefined): { name?: string } =>
  name === undefined || name === NO_SERIES || name === NO_AUTHOR ? {} : { name };

const written = (author: string | undefined): { author?: string } => (author === undefined ? {} : { author });

/** `[{"name", "book_count", …}]`; the books without a series or an author come last, without a name. */
export function groupsOf(list: GroupList, body: unknown): Result<BookGroup[], Failure> {
  const entries = listOf(body);
  if (typeof body !== "object" || entries.length > MOST_LINES) return failure(unreadable(entries.length));
  const groups: BookGroup[] = [];
  for (const entry of entries) {
    const group = GROUPS[list](fieldsOf(entry));
    if (group !== undefined) groups.push(group);
  }
  return success(groups);
}

/** Shelf's `{"id", …, "description", "language", "tags", "progress", "series_count"}`. */
export function detailsOf(body: unknown): BookDetails | undefined {
  const fields = fieldsOf(body);
  const book = catalogueBookOf(body);
  if (book === undefined) return undefined;
  const description = plainText(wordsOf(fields["description"], LONGEST_DESCRIPTION) ?? "");
  const progress = numberOf(fields["progress"]);
  const language = wordsOf(fields["language"]);
  const tags = namesOf(fields["tags"]);
  const inSeries = countOf(fields["series_count"]);
  return {
    ...book,
    ...(description === "" ? {} : { description }),
    ...(progress === undefined ? {} : { progress: fraction(progress) }),
    ...(language === undefined ? {} : { language }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(inSeries === undefined ? {} : { inSeries }),
  };
}
