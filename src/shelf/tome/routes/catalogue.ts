import type { Entry, SeriesRow } from "../../store/catalogue";
import { bookNotFound, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { integer, text } from "../values";

/** Stand on the wire for the books without a series, without an author. */
const NO_SERIES = "__unserialized__";
const NO_AUTHOR = "__unknown__";
const MOST_FOUND = 50;
/** SQLite takes no condition of a thousand parts; nobody asks for a hundred words. */
const MOST_TERMS = 100;

/** The lists that an e-reader browses. Nothing is paged, as in Tome 2.3. */
export function catalogueRoutes(context: Context): Endpoint[] {
  return [listSeries(context), showSeries(context), listAuthors(context), booksOfAuthor(context), search(context)];
}

function listSeries({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/series",
    guard: guards.plugin,
    handle: ({ who }) => ok(store.catalogue.series(who).map(seriesEntry)),
  });
}

function showSeries({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/series/:book_id",
    guard: guards.plugin,
    params: { book_id: required(integer) },
    handle: ({ who, params }) => {
      const member = store.catalogue.find(who, params.book_id);
      if (!member) return bookNotFound;
      const books = store.catalogue.inSeries(who, member.series).map(bookEntry);
      return ok({ series_name: member.series ?? NO_SERIES, book_type: member.bookType, books });
    },
  });
}

function listAuthors({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/authors",
    guard: guards.plugin,
    handle: ({ who }) =>
      ok(store.catalogue.authors(who).map(({ name, count }) => ({ name: name ?? NO_AUTHOR, book_count: count }))),
  });
}

function booksOfAuthor({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/author-books",
    guard: guards.plugin,
    query: { author: required(text) },
    handle: ({ who, query }) => {
      const books = store.catalogue.byAuthor(who, query.author === NO_AUTHOR ? null : query.author);
      return ok({ author: query.author, books: books.map(bookEntry) });
    },
  });
}

function search({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/search",
    guard: guards.plugin,
    query: { q: required(text) },
    handle: ({ who, query }) => {
      const terms = [...new Set(query.q.split(/\s+/).filter(term => term !== ""))].slice(0, MOST_TERMS);
      const books = terms.length === 0 ? [] : store.catalogue.search(who, terms, MOST_FOUND);
      return ok({ query: query.q, total: books.length, books: books.map(bookEntry) });
    },
  });
}

function seriesEntry(series: SeriesRow): object {
  const entry = { name: series.name ?? NO_SERIES, book_count: series.count, first_book_id: series.firstBookId };
  return series.name === null || series.author === null ? entry : { ...entry, author: series.author };
}

/** A book as it stands in every list. */
export function bookEntry(book: Entry): object {
  return {
    id: book.id,
    title: book.title,
    series_index: book.seriesIndex,
    author: book.author,
    book_type: book.bookType,
    status: book.status,
    files: book.files.map(({ id, format, size }) => ({ id, format, file_size: size })),
    ...(book.series === null ? {} : { series: book.series }),
  };
}
