import ffiUtil = require("ffi/util");
import InfoMessage = require("ui/widget/infomessage");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrBookQuery, SdrBooksFound, SdrKnownBook } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { say } from "../say";
import { askForBookWords } from "../word-question";
import { type ShownList, showList } from "./list";
import type { SdrPorts } from "./ports";
import { bookWords, countOfMarks } from "./words";

const T = ffiUtil.template;
/** Who waits longer than this is told so. */
const PATIENCE = 0.5;

interface BookList {
  readonly title: string;
  /** Said where there is none at all. */
  readonly empty: string;
  readonly like?: string;
  chosen(this: void, book: SdrKnownBook, list: ShownList): void;
}

/** Every book that some device has, from which one is chosen: the first hundred, the others by their words. */
export function listBooks(ports: SdrPorts, list: BookList, words = ""): void {
  find(ports, { words, ...(list.like !== undefined && { like: list.like }) }, found => {
    if (found.books.length > 0) return showFound(ports, list, found, words);
    say(words === "" ? list.empty : _("No book has these words in its title or its authors."));
  });
}

function find({ sdr }: SdrPorts, query: SdrBookQuery, told: (found: SdrBooksFound) => void): void {
  let isOver = false;
  let message: KOReader.Widget | undefined;
  const waits = guarded(() => {
    const dismiss_callback = guarded(() => {
      if (!isOver) stop();
      isOver = true;
    });
    message = InfoMessage.new({ text: _("One moment…"), dismiss_callback });
    UIManager.show(message);
  });
  UIManager.scheduleIn(PATIENCE, waits);
  const stop = sdr.books(query, found => {
    isOver = true;
    UIManager.unschedule(waits);
    if (message !== undefined) UIManager.close(message);
    told(found);
  });
}

function showFound(ports: SdrPorts, list: BookList, { books, others }: SdrBooksFound, words: string): void {
  const ask = (): void => {
    const search = (typed: string): void => {
      listBooks(ports, list, typed);
    };
    askForBookWords(_("Find a book"), words, search, _("Words of the title or the authors"));
  };
  const shown = showList({
    title: list.title,
    rows: () => {
      const rows = books.map(book => rowOf(book, () => list.chosen(book, shown)));
      const first = { text: _("Search…"), callback: guarded(ask) };
      const more = { text: moreWords(others), dim: true };
      return [first as KOReader.ListItem].concat(rows, others > 0 ? [more] : []);
    },
  });
}

const moreWords = (others: number): string =>
  T(_.ngettext("and 1 more book: search for it", "and %1 more books: search for them", others), others);

const rowOf = (book: SdrKnownBook, action: () => void): KOReader.ListItem => ({
  text: bookWords(book),
  mandatory: countOfMarks(book),
  bold: book.isOnScreen === true,
  callback: guarded(action),
});
