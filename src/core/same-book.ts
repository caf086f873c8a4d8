/** What a file says of the book in it. */
export interface BookNames {
  readonly title: string;
  readonly authors: string;
  /** `kind:value` each; calibre's own among them. */
  readonly identifiers: readonly string[];
  /** Of a book with fixed pages: no change of its names changes them. */
  readonly pages?: number;
}

/** A book has one of each, wherever it comes from. A UUID is new with every conversion. */
const ONE_OF_EACH = ["calibre:", "isbn:", "doi:"];
const NOBODY = ["", "unknown", "Unknown", "N/A"];

/** Whether a title or an author is more than a program's word for none. */
export const isNamed = (name: string): boolean => !NOBODY.includes(name);

/**
 * Whether a file is a book that was known before, written anew, or another book that took its name and its sidecar. What is in
 * the files decides where it can; else title and authors, both: a part of a title says nothing ("Dune", "Dune Messiah").
 */
export function isSameBook(before: BookNames, now: BookNames): boolean {
  if (before.pages !== undefined && now.pages !== undefined && before.pages !== now.pages) return false;
  if (shared(before, now, "calibre:")) return true;
  if (ONE_OF_EACH.some(kind => differ(before, now, kind))) return false;
  const hasAuthors = isNamed(before.authors) && isNamed(now.authors);
  if (hasAuthors && before.authors !== now.authors) return false;
  // What one of them does not say cannot differ.
  if (isNamed(before.title) && before.title === now.title) return true;
  return hasAuthors && shared(before, now, "");
}

function shared(before: BookNames, now: BookNames, kind: string): boolean {
  return before.identifiers.some(each => each.startsWith(kind) && now.identifiers.includes(each));
}

/** Both have one of a kind, and none in common. */
function differ(before: BookNames, now: BookNames, kind: string): boolean {
  const has = ({ identifiers }: BookNames): boolean => identifiers.some(each => each.startsWith(kind));
  return has(before) && has(now) && !shared(before, now, kind);
}
