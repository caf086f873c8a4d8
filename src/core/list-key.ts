import type { BookListKey, ListKey } from "./catalogue";

/** What names a list among those of its server: the same list always gets the same text, no two share one. */
export function nameOfList(list: ListKey): string {
  switch (list.kind) {
    case "series":
    case "authors":
    case "shelves":
    case "recent":
    case "up-next":
      return list.kind;
    case "series-books":
    case "author-books":
    case "shelf-books":
      return `${list.kind} ${list.id}`;
    case "search":
      return `${list.kind} ${wordsOf(list.words)}`;
  }
}

/** Whether it lists groups of books, not books. */
export function isOfGroups(list: ListKey): list is Exclude<ListKey, BookListKey> {
  return list.kind === "series" || list.kind === "authors" || list.kind === "shelves";
}

/** Words as they are looked for: blanks say nothing but where a word ends. */
export function wordsOf(typed: string): string {
  return typed
    .split(" ")
    .filter(word => word !== "")
    .join(" ");
}
