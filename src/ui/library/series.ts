import ffiUtil = require("ffi/util");
import type { RemoteBook } from "../../core/book";
import type { CatalogueBook } from "../../core/catalogue";
import type { Connection } from "../../core/connection";
import { restOfSeries } from "../../core/series-rest";
import { _ } from "../gettext";
import { say } from "../say";
import { allBooksOf, fetchBooks } from "./fetching";
import type { LibraryPorts } from "../../ports/library";
import type { Library } from "./library";

const T = ffiUtil.template;

/** Fetches the whole series of a book; what is on this device is left out. */
export function fetchSeries(library: Library, book: CatalogueBook): void {
  allBooksOf(library, { kind: "series-books", id: book.remoteId }, books => {
    fetchBooks(library, books);
  });
}

/** Fetches this book and what follows it in its series. */
export function fetchFromHere(library: Library, book: CatalogueBook): void {
  allBooksOf(library, { kind: "series-books", id: book.remoteId }, books => {
    fetchBooks(library, restOfSeries(books, book, true));
  });
}

/** Fetches what follows the book on screen in its series, from the first library that has the book. */
export function restOfThisSeries(ports: LibraryPorts): void {
  const book = ports.overview.thisBook();
  if (book === undefined) return say(_("Open a book first."));
  const libraries = ports.browse.libraries();
  const matches = book.servers.flatMap(({ connection, match }) =>
    match !== undefined && libraries.some(({ id }) => id === connection.id)
      ? [{ connection, remoteId: match.remoteId }]
      : [],
  );
  const [found] = matches;
  if (found !== undefined) return fetchRest({ ports, connection: found.connection }, found, book.title);
  say(noLibraryWords(libraries, book.title));
}

function noLibraryWords(libraries: readonly Connection[], title: string): string {
  const [library] = libraries;
  if (library === undefined) return _("None of your servers has a library that Ribbon can browse.");
  return T(
    _("%1 does not have “%2”, or under another name.\n\nTools › Ribbon › This book… says more, and lets you match it."),
    library.name,
    title,
  );
}

function fetchRest(library: Library, book: Pick<RemoteBook, "remoteId">, title: string): void {
  allBooksOf(library, { kind: "series-books", id: book.remoteId }, books => {
    const rest = restOfSeries(books, book, false);
    if (rest.length > 0) return fetchBooks(library, rest);
    const { name } = library.connection;
    say(
      books.length > 1
        ? T(_("“%1” is the last of its series on %2."), title, name)
        : T(_("%1 knows no other book in the series of “%2”."), name, title),
    );
  });
}
