import { lowerCase } from "../../core/letter-case";

/** A character of UTF-8 that is not plain ASCII. */
const CHARACTER = `[${string.char(0xc2)}-${string.char(0xf4)}][${string.char(0x80)}-${string.char(0xbf)}]*`;

/** Small letters for many texts: each character of other scripts is looked up once. */
export class SmallLetters {
  private readonly known = new LuaMap<string, string>();

  of(text: string): string {
    const [small] = string.gsub(text.toLowerCase(), CHARACTER, character => this.one(character));
    return small;
  }

  private one(character: string): string {
    let small = this.known.get(character);
    if (small === undefined) {
      small = lowerCase(character);
      this.known.set(character, small);
    }
    return small;
  }
}

/** Words of a text in small letters, each once; those that are there already are left out. */
export function wordsOf(small: string, there: readonly string[] = []): string[] {
  const words: string[] = [];
  for (const [word] of string.gmatch(small, "[^%s%p]+")) {
    if (word !== undefined && !words.includes(word) && !there.includes(word)) words.push(word);
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

/** Of title and authors in small letters. */
export function likenessOf(title: string, authors: string): Likeness {
  const words = wordsOf(title);
  return { title: words, all: words.concat(wordsOf(authors, words)) };
}

/** How likely two are the same book, by what they are called, from 0 to 2. A file's name may hold both title and authors. */
export function resemblance(one: Likeness, other: Likeness): number {
  return common(one.title, other.title) + common(one.all, other.all);
}
