import { sortedKeys } from "../order";
import { type BookState, EMPTY_STATE, joinBooks } from "./book-state";
import { sameValue } from "./json-text";
import { linkName } from "./id-sets";
import { bookIdOf, isHex } from "./names";
import { latest, written } from "./register";
import type { Stamp } from "./stamp";

/** What the reader said of pairs of books, of those who said several things the last one. */
interface Said {
  readonly one: readonly (readonly [string, string])[];
  /** By `linkName`. */
  readonly two: Readonly<Record<string, true>>;
}

/** The two that a field of `links` is about. */
function pairOf(name: string): readonly [string, string] | undefined {
  const [kind, first = "", second = ""] = name.split(".");
  return kind === "link" && isHex(first, 32) && isHex(second, 32) ? [bookIdOf(first), bookIdOf(second)] : undefined;
}

export function said(links: BookState): Said {
  const one: (readonly [string, string])[] = [];
  const two: Record<string, true> = {};
  for (const name of sortedKeys(links.fields)) {
    const pair = pairOf(name);
    const value = latest(links.fields[name]?.writes ?? [])?.value;
    if (pair !== undefined && value === true) one.push(pair);
    else if (pair !== undefined && value === false) two[name] = true;
  }
  return { one, two };
}

/** The reader's word that two books are one, or are not: a write in the book `links`, which travels like every other. */
export function link(links: BookState, a: string, b: string, isOne: boolean, stamp: Stamp): BookState {
  const name = linkName(a, b);
  return { fields: { [name]: written(stamp, isOne, links.fields[name]?.seen ?? {}) }, annotations: {} };
}

/** Two sets of ids that are one book each become one: whatever kept any of them apart is taken back. */
export function joined(links: BookState, one: readonly string[], other: readonly string[], stamp: Stamp): BookState {
  const { two } = said(links);
  let delta = EMPTY_STATE;
  one.forEach((a, first) => {
    other.forEach((b, second) => {
      const isWanted = (first === 0 && second === 0) || two[linkName(a, b)] === true;
      if (isWanted) delta = joinBooks(delta, link(links, a, b, true, stamp));
    });
  });
  return delta;
}

/** None of these is one with any of those, whatever they have in common. */
export function parted(links: BookState, one: readonly string[], other: readonly string[], stamp: Stamp): BookState {
  let delta = EMPTY_STATE;
  for (const a of one) for (const b of other) delta = joinBooks(delta, link(links, a, b, false, stamp));
  return delta;
}

/** The books that the reader said to be one with this. */
export function linkedTo(links: BookState, book: string): string[] {
  const linked: string[] = [];
  for (const [a, b] of said(links).one) {
    if (a === book) linked.push(b);
    if (b === book) linked.push(a);
  }
  return linked;
}

/** The books that the reader keeps apart from any of these. */
export function apartFrom(links: BookState, books: readonly string[]): string[] {
  const apart: string[] = [];
  for (const name of sortedKeys(said(links).two)) {
    const [a = "", b = ""] = pairOf(name) ?? [];
    const other = books.includes(a) ? b : a;
    if (books.includes(a) !== books.includes(b) && !apart.includes(other)) apart.push(other);
  }
  return apart;
}

/** Those of whom the reader says something else than before. */
export function relinked(before: BookState, after: BookState): string[] {
  const books: string[] = [];
  for (const name of sortedKeys(after.fields)) {
    const was = latest(before.fields[name]?.writes ?? [])?.value;
    const is = latest(after.fields[name]?.writes ?? [])?.value;
    const isSame = was === is || (was !== undefined && is !== undefined && sameValue(was, is));
    for (const book of isSame ? [] : (pairOf(name) ?? [])) if (!books.includes(book)) books.push(book);
  }
  return books;
}
