import {
  type BookState,
  type Conflict,
  conflictsOf,
  isEmptyState,
  MOST_ALIKE,
  namesOf,
  trashOf,
} from "../../core/sdr/index";
import { sameValue } from "../../core/sdr/json-text";
import { knownBookText } from "./known-book";
import type { Notebook } from "./notebook";
import { textOfState } from "./state-text";

/** What of a state says which books it is one with. */
function publishedIn(state: BookState): BookState {
  const fields: Record<string, BookState["fields"][string]> = {};
  for (const name in state.fields) {
    const register = state.fields[name];
    if (register !== undefined && name.startsWith("book.")) fields[name] = register;
  }
  return { fields, annotations: {} };
}

/** Those that a reader would see a difference in: two devices that say the same agree. */
export function realConflicts(state: BookState): Conflict[] {
  return conflictsOf(state).filter(({ writes }) => {
    const first = writes[0]?.value;
    return writes.some(({ value }) => (value === undefined ? first !== undefined : !sameValue(first, value)));
  });
}

function noteValue(
  notebook: Notebook,
  kind: "ids" | "like" | "conflict" | "trash" | "known",
  book: string,
  text: string | undefined,
): void {
  if (text !== notebook.get(kind, book)) notebook.set(kind, book, text);
}

function noteIds(notebook: Notebook, book: string, state: BookState): void {
  const published = publishedIn(state);
  noteValue(notebook, "ids", book, isEmptyState(published) ? undefined : textOfState(book, published));
}

/** Who has this name; nobody where so many have it that it says nothing. */
export function booksNamed(text: string | undefined): readonly string[] {
  const books = text === undefined ? [] : text.split(" ");
  return books.length > MOST_ALIKE ? [] : books;
}

/** Who a book has names in common with. */
interface Namesakes {
  readonly others: LuaSet<string>;
  /** It was not known under all of these names before: which books are one may be another matter now. */
  readonly isNew: boolean;
}

/** Enters a book under all its names. */
function enter(notebook: Notebook, book: string, state: BookState): Namesakes {
  const others = new LuaSet<string>();
  let isNew = false;
  for (const name of namesOf(book, state)) {
    const known = notebook.get("like", name);
    const books = booksNamed(known);
    const isFull = known !== undefined && books.length === 0;
    if (!isFull && !books.includes(book)) {
      notebook.set("like", name, known === undefined ? book : `${known} ${book}`);
      isNew = true;
    }
    for (const each of books) others.add(each);
    if (name.startsWith("md5:")) others.add(name);
  }
  for (const each of booksNamed(notebook.get("like", book))) others.add(each);
  others.delete(book);
  return { others, isNew };
}

/** What lists of books say of it. */
export function noteKnown(notebook: Notebook, book: string, state: BookState): void {
  noteValue(notebook, "known", book, knownBookText(state));
}

/**
 * To be kept whenever a book's state changes, so that nobody has to read all books to find those that are one, in conflict, or have
 * something in the trash. What a book says of itself is kept apart where it has a name in common with another, or names another.
 */
export function noteNames(notebook: Notebook, book: string, state: BookState): void {
  const { others, isNew } = enter(notebook, book, state);
  let isAlone = true;
  for (const other of others) {
    isAlone = false;
    if (notebook.get("ids", other) === undefined) noteIds(notebook, other, notebook.state(other));
    if (isNew) notebook.set("deliver", other, "1");
  }
  if (isAlone) noteValue(notebook, "ids", book, undefined);
  else noteIds(notebook, book, state);
  noteValue(notebook, "conflict", book, realConflicts(state).length > 0 ? "1" : undefined);
  const discarded = trashOf(state).length;
  noteValue(notebook, "trash", book, discarded > 0 ? `${discarded}` : undefined);
  noteKnown(notebook, book, state);
}
