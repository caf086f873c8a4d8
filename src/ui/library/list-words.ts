import ffiUtil = require("ffi/util");
import type { BookGroup, ListKey } from "../../core/catalogue";
import type { Failure, Reason } from "../../core/failure";
import { _ } from "../gettext";
import { shortFailure } from "../reasons";
import { sentenceOf } from "../words";
import { bookCount, groupText } from "./rows";

const T = ffiUtil.template;

/** What a list of the home screen is called there, and above itself. */
export const SECTIONS: Readonly<Partial<Record<ListKey["kind"], () => string>>> = {
  "up-next": () => _("Up next"),
  recent: () => _("Recently added"),
  series: () => _("Series"),
  authors: () => _("Authors"),
  shelves: () => _("Shelves"),
};

/** The title above a list; `group` is what it was opened from. */
export function titleOf(list: ListKey, group?: BookGroup): string {
  if (list.kind === "search") return T(_("“%1”"), list.words);
  if (group !== undefined) return groupText(group);
  return SECTIONS[list.kind]?.() ?? _("Books");
}

/** What an empty list says, and what to do. %1 is the name of the library. */
export function emptyWords(list: ListKey, library: string): string {
  if (list.kind === "search") {
    return T(_("%1 has no book with these words:\n“%2”\n\nFewer words find more."), library, list.words);
  }
  return T(EMPTY[list.kind](), library);
}

const EMPTY: Readonly<Record<Exclude<ListKey["kind"], "search">, () => string>> = {
  series: () =>
    _("%1 has no series yet.\n\nBooks without a series are under Recently added and Authors, and Search finds them."),
  authors: () => _("%1 has no books yet.\n\nAdd some on the server, then refresh this list."),
  shelves: () => _("You have no shelves on %1 yet.\n\nShelves are made on the server's own pages."),
  recent: () => _("%1 has no books yet.\n\nAdd some on the server, then refresh this list."),
  "up-next": () =>
    _("Nothing is up next on %1.\n\nOnce you have read a volume of a series, the one that follows stands here."),
  "series-books": () => _("%1 has no books in this series any more."),
  "author-books": () => _("%1 has no books of this author any more."),
  "shelf-books": () => _("There are no books on this shelf of %1."),
};

/** "12 series" */
export function countWords(list: ListKey, count: number): string {
  if (list.kind === "series") return T(_.ngettext("1 series", "%1 series", count), count);
  if (list.kind === "authors") return T(_.ngettext("1 author", "%1 authors", count), count);
  return list.kind === "shelves" ? T(_.ngettext("1 shelf", "%1 shelves", count), count) : bookCount(count);
}

/** Why a list is not there, and what to do. */
export function failureWords(failure: Failure, library: string): string {
  const { reason, version } = failure;
  const words = reason === "unsupported" && version !== undefined ? UNSUPPORTED() : FAILED[reason]?.();
  return words === undefined ? sentenceOf(failure, library) : T(words, library, version ?? "");
}

const UNSUPPORTED = () => _("%1 has version %2, which cannot list this.\n\nPlease update the server.");

const FAILED: Readonly<Partial<Record<Reason, () => string>>> = {
  offline: () =>
    _(
      "There is no network, and this was not seen on this device before.\n\nSwitch Wi-Fi on and try again. What you have seen of %1 can be browsed without a network.",
    ),
  unsupported: () => _("This version of %1 cannot list this.\n\nA newer version of the server may."),
  auth: () => _("%1 does not accept the key.\n\nEnter a new one under Tools › Ribbon › Servers…"),
  forbidden: () => _("%1 does not let this device see its books.\n\nMake another key on the server."),
  missing: () => _("%1 does not have this any more.\n\nGo back and refresh the list."),
};

/** The same below a title, where there is room for a few words. */
export function shortTrouble(failure: Failure, library: string): string {
  return failure.reason === "offline" ? _("no connection") : shortFailure(failure, library);
}
