import type { BookFacts } from "../../core/book";
import { calibreUuidIn, identifiersIn } from "../../core/identifiers";
import { type BookNames, isSameBook } from "../../core/same-book";

function namesOf({ title, authors, identifiers = "", pages = 0 }: BookFacts): BookNames {
  const calibreUuid = calibreUuidIn(identifiers);
  const all = identifiersIn(identifiers).concat(calibreUuid === undefined ? [] : [`calibre:${calibreUuid}`]);
  return { title, authors, identifiers: all, ...(pages === 0 ? {} : { pages }) };
}

/** Whether two files are one book, written anew, as far as they say it themselves. */
export function isAlike(before: BookFacts, now: BookFacts): boolean {
  return isSameBook(namesOf(before), namesOf(now));
}
