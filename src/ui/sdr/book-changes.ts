import ffiUtil = require("ffi/util");
import TextViewer = require("ui/widget/textviewer");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrBookChanges, SdrChange } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { changeWords, titleOf } from "./words";

const T = ffiUtil.template;

/** A row for each book, by its title, with `counts` of what changes, or changed, in it; a tap lists that. */
export function bookRows(
  books: readonly SdrBookChanges[],
  counts: (book: SdrBookChanges) => string,
): KOReader.ListItem[] {
  return books.map(book => ({
    text: titleOf(book),
    mandatory: counts(book),
    callback: guarded(() => {
      showBook(book);
    }),
  }));
}

function showBook(book: SdrBookChanges): void {
  const later = _("This book is not on this device, or is open: what comes is kept for it, and put in later.");
  const parts = (book.isLater === true && book.incoming.length > 0 ? [later] : []).concat(
    part(_("From your other devices to this one:"), book.incoming),
    part(_("From this device to the others:"), book.outgoing),
  );
  const head = book.authors === "" ? "" : `${T(_("by %1"), book.authors.split("\n").join(_(", ")))}\n\n`;
  UIManager.show(TextViewer.new({ title: titleOf(book), text: `${head}${parts.join("\n\n")}`, justified: false }));
}

function part(head: string, changes: readonly SdrChange[]): string[] {
  if (changes.length === 0) return [];
  return [`${head}\n${changes.map(change => T(_("• %1"), changeWords(change))).join("\n")}`];
}
