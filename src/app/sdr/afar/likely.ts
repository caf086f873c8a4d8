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
    const known: string[] = [];
    const [list = ""] = string.match(more, '"known":%[(.-)%]');
    for (const [each = ""] of string.gmatch(list, '"([^"]+)"')) known.push(each);
    found = found.concat(likely(title, authors, known));
  }
  return found;
}

/** Gives a worker what is known of a book, and of those like it. */
export function giveWithLikes(given: Given, book: string): void {
  given.book(book);
  for (const name of likelyIn(given.stateText(book))) given.like(name);
}
