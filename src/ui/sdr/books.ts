import ffiUtil = require("ffi/util");
import { guarded } from "../../guard";
import type { SdrKnownBook } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { say } from "../say";
import { listBooks } from "./find-books";
import { showList } from "./list";
import type { SdrPorts } from "./ports";
import { offerToJoin, offerToPart } from "./same-book";
import { countOfMarks, devicesWords, titleOf } from "./words";

const T = ffiUtil.template;

/** Every book that some device has; a tap shows which files it is, and lets the reader say more of them are. */
export function showBooks(ports: SdrPorts): void {
  listBooks(ports, {
    title: _("Books"),
    empty: _("No book is known yet. Books appear here with the first sync after they were opened."),
    chosen: book => {
      showBook(ports, book);
    },
  });
}

function showBook(ports: SdrPorts, book: SdrKnownBook): void {
  showList({
    title: titleOf(book),
    subtitle: () => subtitleOf(book, ports.sdr.filesOf(book.book).length),
    rows: refresh => {
      const files = ports.sdr.filesOf(book.book);
      const rows =
        files.length > 1 ? files.map(file => fileRow(ports, file, refresh)) : files.map(file => onlyRow(file));
      return rows.concat([sameRow(ports, book, refresh)]);
    },
  });
}

function subtitleOf({ authors }: SdrKnownBook, files: number): string {
  const by = authors === "" ? "" : T(_("by %1"), authors.split("\n").join(_(", ")));
  const count = files < 2 ? "" : T(_.ngettext("in 1 file", "in %1 files", files), files);
  const parts = [by, count].filter(each => each !== "");
  // A list keeps the room for it.
  return parts.length === 0 ? " " : parts.join(_(", "));
}

/** What was marked in one file, of several that are this book. */
const fileRow = (ports: SdrPorts, file: SdrKnownBook, refresh: () => void): KOReader.ListItem => ({
  text: T(_("%1 (%2)"), titleOf(file), devicesWords(file)),
  mandatory: countOfMarks(file),
  callback: guarded(() => {
    offerToPart(ports, file, refresh);
  }),
});

const onlyRow = (file: SdrKnownBook): KOReader.ListItem => ({
  text: T(_("On %1"), devicesWords(file)),
  mandatory: countOfMarks(file),
  callback: guarded(() => {
    say(
      _(
        "The same file, or one with the same title and authors, is known as one book everywhere by itself.\n\nIf a device has the book in another file, for example a PDF that was converted anew, choose “Same book as…”.",
      ),
    );
  }),
});

const sameRow = (ports: SdrPorts, book: SdrKnownBook, refresh: () => void): KOReader.ListItem => ({
  text: _("Same book as…"),
  bold: true,
  callback: guarded(() => {
    listBooks(ports, {
      title: T(_("“%1” is the same as…"), titleOf(book)),
      empty: _("No other book is known yet. Books of your other devices appear here after they and this one synced."),
      like: book.book,
      chosen: (other, list) => {
        offerToJoin(ports, { book, other }, () => {
          list.close();
          refresh();
        });
      },
    });
  }),
});
