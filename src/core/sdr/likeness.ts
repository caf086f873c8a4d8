import { isNamed } from "../same-book";
import { getTable, getText, listItems, type LuaValue } from "./lua-value";

/** A reason to take two books for one that is not in the bytes of their files. */
export interface Likeness {
  readonly name: string;
  /** It names one publication. Title and authors may be those of several volumes: a device that has two of them says that they are two. */
  readonly isSure: boolean;
}

/** What more books than this have in common says nothing of any of them: the issues of a magazine have one title, and one author. */
export const MOST_ALIKE = 32;

const MOST_LENGTH = 400;

/**
 * What a device published of a book says with its title and authors, both, or with an identifier and the authors: calibre and others
 * write files anew with other bytes. Only reflowable books: in them the text shows whether a highlight belongs where it is put.
 */
export function likenessesOf(facts: LuaValue | undefined): Likeness[] {
  const title = getText(facts, "title") ?? "";
  const authors = getText(facts, "authors") ?? "";
  if (getText(facts, "engine") !== "rolling" || !isNamed(authors)) return [];
  const found: Likeness[] = [];
  if (isNamed(title)) found.push({ name: `title ${title}\n${authors}`, isSure: false });
  for (const each of listItems(getTable(facts, "known"))) {
    if (typeof each === "string") found.push({ name: `id ${each}\n${authors}`, isSure: true });
  }
  return found.filter(({ name }) => name.length <= MOST_LENGTH);
}
