import { likenessesOf, listOf, tableOf } from "../../../core/sdr/index";
import type { Given } from "./given";

/** What a book has in common with others, if it is what it looks like: a guess of what a worker will ask for. */
export function likely(title: string, authors: string, known: readonly string[]): string[] {
  const facts = tableOf({ title, authors, engine: "rolling", known: listOf(known) });
  return likenessesOf(facts).map(({ name }) => name);
}

/** The same, of what devices published of a book, by a glance at its entry in canonical JSON. */
export function likelyIn(entry: string): string[] {
  let found: string[] = [];
  const published = '{"authors":"([^"]*)","engine":"rolling"(.-)"title":"([^"]*)"}';
  for (const [authors = "", more = "", title = ""] of string.gmatch(entry, published)) {
    const [list = ""] = string.match(more, '"known":%[(.-)%]');
    found = found.concat(likely(title, authors, textsIn(list)));
  }
  for (const [list = ""] of string.gmatch(entry, '"ids":%[(.-)%]')) found = found.concat(textsIn(list));
  return found;
}

function textsIn(list: string): string[] {
  const texts: string[] = [];
  for (const [each = ""] of string.gmatch(list, '"([^"]+)"')) texts.push(each);
  return texts;
}

/** Gives a worker what is known of a book, and of those with a name in common. */
export function giveWithLikes(given: Given, book: string): void {
  given.book(book);
  given.like(book);
  giveLikes(given, given.stateText(book));
}

/** What an entry's book has in common with others. */
export function giveLikes(given: Given, entry: string): void {
  for (const name of likelyIn(entry)) {
    given.like(name);
    if (name.startsWith("md5:")) given.book(name);
  }
}
