import { lowerCase } from "../../core/letter-case";

/** Plain letters are quick; capitals of other scripts are looked up one by one. */
export function smallLetters(text: string): string {
  const [plain = ""] = string.match(text, "^[\x01-\x7f]*");
  return plain.length === text.length ? text.toLowerCase() : lowerCase(text);
}

/** Words of a text, each once. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of string.gmatch(smallLetters(text), "[^%s%p]+")) {
    if (word !== undefined && !words.includes(word)) words.push(word);
  }
  return words;
}

const lengthOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length, 0);

/** How much two texts have in common, from 0 to 1: long words count for more than short ones. */
function common(one: readonly string[], other: readonly string[]): number {
  const all = lengthOf(one) + lengthOf(other);
  return all === 0 ? 0 : (2 * lengthOf(one.filter(word => other.includes(word)))) / all;
}

/** A book's words, to be compared with those of many. */
export interface Likeness {
  readonly title: readonly string[];
  readonly all: readonly string[];
}

export function likenessOf({ title, authors }: { readonly title: string; readonly authors: string }): Likeness {
  return { title: wordsOf(title), all: wordsOf(`${title} ${authors}`) };
}

/** How likely two are the same book, by what they are called, from 0 to 2. A file's name may hold both title and authors. */
export function resemblance(one: Likeness, other: Likeness): number {
  return common(one.title, other.title) + common(one.all, other.all);
}
