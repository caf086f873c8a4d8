import {
  type BookState,
  type Conflict,
  components,
  conflictsOf,
  EMPTY_STATE,
  factsIn,
  getTable,
  joinBooks,
  likenessesOf,
  listItems,
  trashOf,
} from "../../core/sdr/index";
import { sameValue } from "../../core/sdr/json-text";
import { latest } from "../../core/sdr/register";
import type { SdrStore } from "../../ports/sdr-store";
import type { Notebook } from "./notebook";
import { stateOfText, textOfState } from "./state-text";

/** What of a state says that its book is one with others; nothing where it names only itself, and is like none. */
function namesIn(state: BookState, isLikeOthers: boolean): BookState | undefined {
  const fields: BookState["fields"] = {};
  let hasOthers = isLikeOthers;
  for (const name in state.fields) {
    const register = state.fields[name];
    const value = name.startsWith("book.") ? latest(register?.writes ?? [])?.value : undefined;
    if (register === undefined || value === undefined) continue;
    (fields as Record<string, typeof register>)[name] = register;
    if (listItems(getTable(value, "ids")).length > 1) hasOthers = true;
  }
  return hasOthers ? { fields, annotations: {} } : undefined;
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
  kind: "ids" | "like" | "conflict" | "trash",
  book: string,
  text: string | undefined,
): void {
  if (text !== notebook.get(kind, book)) notebook.set(kind, book, text);
}

function noteIds(notebook: Notebook, book: string, state: BookState, isLikeOthers: boolean): void {
  const names = namesIn(state, isLikeOthers);
  noteValue(notebook, "ids", book, names === undefined ? undefined : textOfState(book, names));
}

/** Kept by what they have in common; books that are like this one. */
function noteLikenesses(notebook: Notebook, book: string, state: BookState): string[] {
  const others: string[] = [];
  for (const { facts } of factsIn(state)) {
    for (const { name } of likenessesOf(facts)) {
      const known = notebook.get("like", name);
      const books = known === undefined ? [] : known.split(" ");
      if (!books.includes(book)) noteValue(notebook, "like", name, books.concat([book]).join(" "));
      for (const each of books) if (each !== book && !others.includes(each)) others.push(each);
    }
  }
  return others;
}

/**
 * To be kept whenever a book's state changes, so that nobody has to read all books to find those that are one, in conflict, or have
 * something in the trash.
 */
export function noteNames(notebook: Notebook, book: string, state: BookState): void {
  const others = noteLikenesses(notebook, book, state);
  noteIds(notebook, book, state, others.length > 0);
  for (const other of others) {
    if (notebook.get("ids", other) === undefined) noteIds(notebook, other, notebook.state(other), true);
  }
  noteValue(notebook, "conflict", book, realConflicts(state).length > 0 ? "1" : undefined);
  const discarded = trashOf(state).length;
  noteValue(notebook, "trash", book, discarded > 0 ? `${discarded}` : undefined);
}

type Members = ReadonlyLuaMap<string, readonly string[]>;

function collect(notebook: Notebook, books: Record<string, BookState>, book: string): void {
  const state = stateOfText(notebook.get("ids", book));
  books[book] = state;
  for (const name in state.fields) {
    const value = latest(state.fields[name]?.writes ?? [])?.value;
    for (const id of listItems(getTable(value, "ids"))) {
      if (typeof id === "string" && id.startsWith("md5:")) books[id] ??= EMPTY_STATE;
    }
  }
}

function membersIn(notebook: Notebook): Members {
  const books: Record<string, BookState> = { links: stateOfText(notebook.store.books.state("links")) };
  for (const book of notebook.all("ids")) collect(notebook, books, book);
  const canonical = components(books);
  const groups = new LuaMap<string, string[]>();
  for (const book in canonical) {
    const name = canonical[book] ?? book;
    const group = groups.get(name) ?? [];
    group.push(book);
    groups.set(name, group);
  }
  const members = new LuaMap<string, readonly string[]>();
  for (const [, group] of groups) if (group.length > 1) for (const book of group) members.set(book, group);
  return members;
}

/** What was last read, and of what. */
let kept: { readonly store: SdrStore; readonly of: string; readonly members: Members } | undefined;

/** Reading all names takes as long as there are books with several: it is done again only when a name has changed. */
function membersOf(notebook: Notebook): Members {
  notebook.flush();
  const { store } = notebook;
  const of = `${store.values.changes("ids")} ${store.books.state("links") ?? ""}`;
  if (kept?.store !== store || kept.of !== of) kept = { store, of, members: membersIn(notebook) };
  return kept.members;
}

/** Which books are one. */
export class OneBook {
  constructor(
    private readonly notebook: Notebook,
    private readonly members: Members = membersOf(notebook),
  ) {}

  /** The same books, as another notebook knows them. */
  over(notebook: Notebook): OneBook {
    return new OneBook(notebook, this.members);
  }

  /** All ids of this book, itself among them. */
  idsOf(book: string): readonly string[] {
    return this.members.get(book) ?? [book];
  }

  /** All that is known of it under any of them. */
  stateOf(book: string): BookState {
    const ids = this.idsOf(book);
    let state = this.notebook.state(ids[0] ?? book);
    for (const id of ids.slice(1)) state = joinBooks(state, this.notebook.state(id));
    return state;
  }
}
