import ffiUtil = require("ffi/util");
import type { BookGroup, CatalogueBook, ListKey, ReadState } from "../../core/catalogue";
import { _ } from "../gettext";

const T = ffiUtil.template;

/** A book that is on this device. */
const HERE = "✓";

/** "3", "2.5" */
export function volumeText(volume: number): string {
  return string.format("%g", volume);
}

/** The left side of a book's row: where the list leaves a question open, it is answered. */
export function bookText({ title, author, series, volume }: CatalogueBook, list: ListKey["kind"]): string {
  const number = volume === undefined ? "" : volumeText(volume);
  if (list === "series-books") return number === "" ? title : T(_("%1. %2"), number, title);
  const place = placeText(series ?? "", number);
  if (list === "up-next" && place !== "") return T(_("%1: %2"), place, title);
  if (list === "author-books") return place === "" ? title : T(_("%1 (%2)"), title, place);
  return author === undefined ? title : T(_("%1 · %2"), title, author);
}

/** "Harbour Lights 3" */
function placeText(series: string, number: string): string {
  return series === "" || number === "" ? series : T(_("%1 %2"), series, number);
}

/** How far it is read, in a word. */
const STATE_WORDS: Readonly<Record<ReadState, () => string>> = {
  unread: () => "",
  reading: () => _("reading"),
  read: () => _("read"),
  shelved: () => _("set aside"),
  wanted: () => _("wanted"),
};

/** The right side: "read ✓". */
export function bookMark(state: ReadState | undefined, isHere: boolean): string {
  const word = state === undefined ? "" : STATE_WORDS[state]();
  if (!isHere) return word;
  return word === "" ? HERE : T(_("%1 %2"), word, HERE);
}

export function groupText({ kind, name, author }: BookGroup): string {
  if (name === undefined) return NAMELESS[kind]();
  return author === undefined || kind !== "series" ? name : T(_("%1 · %2"), name, author);
}

const NAMELESS: Readonly<Record<BookGroup["kind"], () => string>> = {
  series: () => _("Books without a series"),
  author: () => _("Books without an author"),
  shelf: () => _("Books on no shelf"),
};

/** "1 book", "12 books" */
export function bookCount(count: number): string {
  return T(_.ngettext("1 book", "%1 books", count), count);
}
