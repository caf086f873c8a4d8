import { isSameBook, type BookNames } from "../same-book";
import type { BookIds } from "./identity";
import { getNumber, getTable, getText, listItems, type LuaValue } from "./lua-value";

/**
 * Whose file lies beside a sidecar: the book's that the sidecar was made for, perhaps written anew; another book's, which took
 * its name; or nobody can say, because it was not that file any more when this device first looked.
 */
export type FileBeside = "same" | "other" | "unsure";

/** @param before what this device published of the sidecar last */
export function fileBeside(before: LuaValue | undefined, now: Omit<BookIds, "file">): FileBeside {
  if (now.fileDigest === now.sidecarDigest) return "same";
  const kept = getText(before, "file");
  const last = kept === "other" || kept === "unsure" ? kept : "same";
  // A file that cannot be read says nothing new.
  if (now.fileDigest === undefined) return last;
  if (before === undefined) return "unsure";
  return isSameBook(publishedNames(before), namesOf(now)) ? last : "other";
}

function namesOf({ title, authors, identifiers = [], calibreUuid, pages }: Omit<BookIds, "file">): BookNames {
  const all = calibreUuid === undefined ? identifiers : identifiers.concat([`calibre:${calibreUuid}`]);
  return { title, authors, identifiers: all, ...(pages !== undefined && { pages }) };
}

function publishedNames(facts: LuaValue): BookNames {
  const identifiers: string[] = [];
  for (const each of listItems(getTable(facts, "known"))) if (typeof each === "string") identifiers.push(each);
  for (const each of listItems(getTable(facts, "ids"))) {
    // `cal:<uuid>:<engine>`
    const [kind, uuid] = typeof each === "string" ? each.split(":") : [];
    if (kind === "cal" && uuid !== undefined) identifiers.push(`calibre:${uuid}`);
  }
  const [title, authors] = [getText(facts, "title") ?? "", getText(facts, "authors") ?? ""];
  const pages = getNumber(facts, "pages");
  return { title, authors, identifiers, ...(pages !== undefined && { pages }) };
}
