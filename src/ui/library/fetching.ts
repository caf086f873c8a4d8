import ffiUtil = require("ffi/util");
import util = require("util");
import type { CatalogueBook, ListKey, RemoteFile } from "../../core/catalogue";
import type { DownloadOrder } from "../../core/download";
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import { part } from "../../parts";
import { asking } from "../asking";
import { _ } from "../gettext";
import { confirm, say } from "../say";
import { failureWords } from "./list-words";
import type { Library } from "./library";
import { bookCount } from "./rows";

const T = ffiUtil.template;

/** Fetches one book at once: a tap on Download asks nothing more. Without `file` it is the one that the reader's settings prefer. */
export function fetchBook(library: Library, book: CatalogueBook, file?: RemoteFile): void {
  const wanted = file ?? library.ports.preferredFile(book);
  if (wanted === undefined) {
    return say(T(_("%1 has no file of “%2” that could be downloaded."), library.connection.name, book.title));
  }
  order(library, [{ connection: library.connection.id, book, file: wanted }]);
}

function order(library: Library, orders: readonly DownloadOrder[]): void {
  library.ports.downloads.add(orders);
  part("ui/downloads").showDownloads(library.ports);
}

/** Fetches those of the books that are not on this device yet, after a word about how many and how much that is. */
export function fetchBooks(library: Library, books: readonly CatalogueBook[]): void {
  const { ports, connection } = library;
  const here = ports.browse.onDevice(
    connection.id,
    books.map(({ remoteId }) => remoteId),
  );
  const missing = books.filter(({ remoteId }) => !here.has(remoteId));
  const orders = missing.flatMap(book => {
    const file = ports.preferredFile(book);
    return file === undefined ? [] : [{ connection: connection.id, book, file }];
  });
  if (orders.length === 0) return say(nothingWords(library, books.length, missing.length));
  confirm(questionOf(orders, books.length - missing.length, missing.length), _("Download"), _("Cancel"), () => {
    order(library, orders);
  });
}

function nothingWords({ connection }: Library, all: number, missing: number): string {
  if (all === 0) return _("There is nothing to download.");
  if (missing > 0) return T(_("%1 has no files of these books that could be downloaded."), connection.name);
  return all === 1 ? _("This book is on this device already.") : T(_("All %1 are on this device already."), all);
}

/** "Download 9 books, 34 MB? 3 are on this device already." */
function questionOf(orders: readonly DownloadOrder[], here: number, missing: number): string {
  const bytes = orders.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  const books = bookCount(orders.length);
  const lines = [
    bytes > 0 ? T(_("Download %1, %2?"), books, util.getFriendlySize(bytes)) : T(_("Download %1?"), books),
  ];
  if (here > 0) lines.push(T(_.ngettext("1 is on this device already.", "%1 are on this device already.", here), here));
  const without = missing - orders.length;
  if (without > 0) lines.push(T(_.ngettext("1 has no file.", "%1 have no file.", without), without));
  return lines.join("\n");
}

/** Gives all books of a list, also one that was never opened; says why when it cannot. */
export function allBooksOf(library: Library, list: ListKey, then: (books: readonly CatalogueBook[]) => void): void {
  const { ports, connection } = library;
  asking<Result<CatalogueBook[], Failure>>(
    T(_("Asking %1…"), connection.name),
    done => ports.browse.allBooks(connection.id, list, done),
    all => {
      if (all.ok) then(all.value);
      else say(failureWords(all.failure, connection.name));
    },
  );
}
