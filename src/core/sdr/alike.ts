import { sortedKeys } from "../order";
import { type BookState, EMPTY_STATE } from "./book-state";
import type { IdSets } from "./id-sets";
import { likenessesOf, MOST_ALIKE } from "./likeness";
import { factsIn } from "./published";

/** Books that are alike in one way, and which of them each device has. */
interface Alike {
  readonly isSure: boolean;
  readonly all: string[];
  readonly byDevice: Record<string, string[]>;
}

function alikeAmong(books: Readonly<Record<string, BookState>>, names: readonly string[]): Record<string, Alike> {
  const groups: Record<string, Alike> = {};
  for (const book of names) {
    for (const { device, facts } of factsIn(books[book] ?? EMPTY_STATE)) {
      for (const { name, isSure } of likenessesOf(facts)) {
        const group = (groups[name] ??= { isSure, all: [], byDevice: {} });
        if (!group.all.includes(book)) group.all.push(book);
        (group.byDevice[device] ??= []).push(book);
      }
    }
  }
  return groups;
}

/** A device that has two files of one title and authors has two volumes, for all we know. */
export function uniteAlike(sets: IdSets, books: Readonly<Record<string, BookState>>, among: readonly string[]): void {
  const groups = alikeAmong(books, among);
  const names = sortedKeys(groups);
  for (const isSure of [true, false]) {
    for (const name of names) {
      const group = groups[name];
      if (group?.isSure !== isSure || group.all.length > MOST_ALIKE) continue;
      const isOne = isSure || sortedKeys(group.byDevice).every(device => sets.areOne(group.byDevice[device] ?? []));
      if (isOne) for (const book of group.all) sets.unite(group.all[0] ?? book, book);
    }
  }
}
