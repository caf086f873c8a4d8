import ffiUtil = require("ffi/util");
import util = require("util");
import type { BookDetails, CatalogueBook, ReadState, RemoteFile } from "../../core/catalogue";
import { fileName } from "../../core/book";
import { _ } from "../gettext";
import { percent } from "../words";
import { volumeText } from "./rows";

const T = ffiUtil.template;

/** What is known of a book besides its title, a line each. `file`: where it is on this device. */
export function detailLines(book: CatalogueBook & Partial<BookDetails>, file: string | undefined): string[] {
  const lines: string[] = [];
  if (book.author !== undefined) lines.push(book.author);
  if (book.series !== undefined) lines.push(placeInSeries(book, book.series));
  lines.push(stateWords(book));
  lines.push(file === undefined ? _("Not on this device") : T(_("On this device: %1"), fileName(file)));
  const files = book.files.map(each => fileWords(each));
  if (files.length > 0) lines.push(files.join(", "));
  const rest = [languageWords(book.language)].concat(book.tags ?? []).filter(text => text !== "");
  if (rest.length > 0) lines.push(rest.join(", "));
  return lines;
}

/** "Volume 3 of 12, Harbour Lights" */
function placeInSeries({ volume, inSeries }: CatalogueBook & Partial<BookDetails>, series: string): string {
  if (volume === undefined) return T(_("Series: %1"), series);
  const number = volumeText(volume);
  if (inSeries === undefined) return T(_("Volume %1 of %2"), number, series);
  return T(_("Volume %1 of %2, %3"), number, inSeries, series);
}

function stateWords({ state, progress }: CatalogueBook & Partial<BookDetails>): string {
  if (state === undefined) return _("How far you read it is not known");
  if (state === "reading" && progress !== undefined) return T(_("You are at %1"), percent(progress));
  return STATES[state]();
}

const STATES: Readonly<Record<ReadState, () => string>> = {
  unread: () => _("Not read yet"),
  reading: () => _("You are reading it"),
  read: () => _("Read"),
  shelved: () => _("Set aside"),
  wanted: () => _("You want to read it"),
};

/** "EPUB, 2.1 MB" */
export function fileWords({ format, bytes }: RemoteFile): string {
  const name = format.toUpperCase();
  return bytes === undefined ? name : T(_("%1 %2"), name, util.getFriendlySize(bytes));
}

function languageWords(language: string | undefined): string {
  return language === undefined || language === "" ? "" : T(_("Language: %1"), language);
}
