import { type Character, characterOf, charactersOf, textOf } from "./characters";

/** From the first to the last capital; "every": small is capital + `by`; "paired": capital and small take turns. */
type Rule = readonly [first: number, last: number, kind: "every" | "paired", by: number];

/**
 * Capitals whose small letter is one character as well: Latin, Greek, Cyrillic, Armenian and full-width letters, which is what
 * names of books in scripts with capitals are written in. From Unicode's UnicodeData.txt.
 */
const RULES: readonly Rule[] = [
  [0x41, 0x5a, "every", 32],
  [0xc0, 0xd6, "every", 32],
  [0xd8, 0xde, "every", 32],
  [0x100, 0x12f, "paired", 1],
  [0x132, 0x137, "paired", 1],
  [0x139, 0x148, "paired", 1],
  [0x14a, 0x177, "paired", 1],
  [0x178, 0x178, "every", -121],
  [0x179, 0x17e, "paired", 1],
  [0x1a0, 0x1a5, "paired", 1],
  [0x1af, 0x1b0, "paired", 1],
  [0x1cd, 0x1dc, "paired", 1],
  [0x1de, 0x1ef, "paired", 1],
  [0x1f8, 0x21f, "paired", 1],
  [0x222, 0x233, "paired", 1],
  [0x386, 0x386, "every", 38],
  [0x388, 0x38a, "every", 37],
  [0x38c, 0x38c, "every", 64],
  [0x38e, 0x38f, "every", 63],
  [0x391, 0x3a1, "every", 32],
  [0x3a3, 0x3ab, "every", 32],
  [0x400, 0x40f, "every", 80],
  [0x410, 0x42f, "every", 32],
  [0x460, 0x481, "paired", 1],
  [0x48a, 0x4bf, "paired", 1],
  [0x4c0, 0x4c0, "every", 15],
  [0x4c1, 0x4ce, "paired", 1],
  [0x4d0, 0x52f, "paired", 1],
  [0x531, 0x556, "every", 48],
  [0x1e00, 0x1e95, "paired", 1],
  [0x1ea0, 0x1eff, "paired", 1],
  [0xff21, 0xff3a, "every", 32],
];

/** Letters that a file system may take for another: ſ for s, ς for σ, ẞ for ß, µ for μ. */
const ALIKE: readonly (readonly [code: number, like: number])[] = [
  [0x17f, 0x73],
  [0x3c2, 0x3c3],
  [0x1e9e, 0xdf],
  [0xb5, 0x3bc],
];

const isOdd = (value: number): boolean => Math.floor(value / 2) * 2 !== value;

function smallOf(code: number): number {
  const rule = RULES.find(([first, last]) => code >= first && code <= last);
  if (rule === undefined) return code;
  const [first, , kind, by] = rule;
  return kind === "paired" && isOdd(code - first) ? code : code + by;
}

function capitalOf(code: number): number {
  const rule = RULES.find(([first, last, , by]) => code >= first + by && code <= last + (by === 1 ? 0 : by));
  if (rule === undefined) return code;
  const capital = code - rule[3];
  return smallOf(capital) === code ? capital : code;
}

function changed(text: string, change: (this: void, code: number) => number): string {
  const each = (character: Character): Character => {
    const code = change(character.code);
    return code === character.code ? character : characterOf(code);
  };
  return textOf(charactersOf(text).map(character => each(character)));
}

/** In small letters, of the scripts above. */
export function lowerCase(text: string): string {
  return changed(text, smallOf);
}

/** In capitals, of the scripts above; ß stays. */
export function upperCase(text: string): string {
  return changed(text, capitalOf);
}

/**
 * What two names share that a file system without capitals may take for one. Not more: letters with marks are apart from
 * those without, and one composed character is apart from the same one in two; what a file system thinks of those, it is asked.
 */
export function folded(text: string): string {
  return changed(text, code => smallOf(ALIKE.find(([each]) => each === code)?.[1] ?? code));
}

const small = (unit: number): number => (unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit);

/** Whether two names are one when folded; two that differ in a letter of English are told apart at that letter. */
export function areAlike(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && at < other.length) {
    const first = one.charCodeAt(at);
    const second = other.charCodeAt(at);
    if (first !== second && small(first) !== small(second)) {
      return (first > 0x7f || second > 0x7f) && folded(one) === folded(other);
    }
    at += 1;
  }
  return one.length === other.length;
}
