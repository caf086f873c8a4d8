import { STATUSES } from "../../reading-status";
import { SORTS, type Sort, type Wish } from "../../store/browse";
import { filterOf } from "../../store/shelf-filters";
import type { Shelves } from "../../store/shelves";
import type { Fields } from "../fields";

/** What stands in the address of a list of books. */
export interface Asked {
  readonly q: string;
  readonly author: string;
  readonly series: string;
  readonly status: string;
  readonly shelf: string;
  readonly sort: Sort;
  readonly view: "covers" | "list";
  /** From 1. */
  readonly page: number;
}

/** Nothing in particular. */
export const ALL_BOOKS: Asked = {
  q: "",
  author: "",
  series: "",
  status: "",
  shelf: "",
  sort: "title",
  view: "covers",
  page: 1,
};

const LONGEST_NAME = 500;
const LAST_PAGE = 1_000_000;

export function askedIn(query: Fields): Asked {
  const series = query.text("series", LONGEST_NAME);
  const sort = SORTS.find(each => each === query.text("sort"));
  return {
    q: query.text("q"),
    author: query.text("author", LONGEST_NAME),
    series,
    status: [...STATUSES, "missing"].find(each => each === query.text("status")) ?? "",
    shelf: query.whole("shelf") === undefined ? "" : query.text("shelf", 17),
    sort: sort ?? (series === "" ? "title" : "series"),
    view: query.text("view") === "list" ? "list" : "covers",
    page: Math.min(Math.max(query.whole("page") ?? 1, 1), LAST_PAGE),
  };
}

/** What is looked for; a shelf of somebody else is no shelf. */
export function wishOf(asked: Asked, shelves: Shelves, userId: number): Wish {
  const shelf = asked.shelf === "" ? undefined : shelves.find(userId, Number(asked.shelf));
  return {
    words: asked.q,
    sort: asked.sort,
    ...(asked.author !== "" && { author: asked.author }),
    ...(asked.series !== "" && { series: asked.series }),
    ...(asked.status !== "" && { status: asked.status as NonNullable<Wish["status"]> }),
    ...(shelf && { shelf: filterOf(shelf.params) }),
  };
}

/** The address of a list of books; what is as usual is left out. */
export function booksPath(asked: Partial<Asked>): string {
  const parts = Object.entries(asked).filter(([name, value]) => value !== ALL_BOOKS[name as keyof Asked]);
  const query = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
  return query === "" ? "/books" : `/books?${query}`;
}
