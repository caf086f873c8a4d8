import { bytesOf, type Character } from "./characters";

type Span = readonly [first: number, last: number];

/**
 * What belongs to the character before it: accents, vowel signs, the second half of a Hangul syllable, selectors, skin colours.
 * The blocks of Unicode with combining marks of scripts that books are written in; not every mark of every script.
 */
const ATTACHED: readonly Span[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5c7],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6ed],
  [0x900, 0x903],
  [0x93a, 0x94f],
  [0x981, 0x983],
  [0x9bc, 0x9cd],
  [0xa3c, 0xa4d],
  [0xabc, 0xacd],
  [0xb3c, 0xb57],
  [0xbbe, 0xbcd],
  [0xc3e, 0xc56],
  [0xcbc, 0xcd6],
  [0xd3b, 0xd4d],
  [0xe31, 0xe31],
  [0xe33, 0xe3a],
  [0xe47, 0xe4e],
  [0xeb1, 0xebc],
  [0xec8, 0xecd],
  [0x102b, 0x103e],
  [0x1160, 0x11ff],
  [0x17b6, 0x17d3],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200d, 0x200d],
  [0x20d0, 0x20ff],
  [0x302a, 0x302f],
  [0x3099, 0x309a],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0x1f3fb, 0x1f3ff],
  [0xe0100, 0xe01ef],
];
const JOINER = 0x200d;

function isAttached(code: number): boolean {
  return ATTACHED.some(([first, last]) => code >= first && code <= last);
}

/** Whether a name may end before this one without cutting what a reader sees as one character. */
function isSeam(before: Character | undefined, { code }: Character): boolean {
  return before?.code !== JOINER && !isAttached(code);
}

/**
 * The longest beginning of at most so many bytes of UTF-8 that ends between two characters as a reader sees them; where already
 * the first is longer, between two code points.
 */
export function beginning(characters: readonly Character[], mostBytes: number): readonly Character[] {
  let bytes = 0;
  let seam = 0;
  let index = 0;
  for (const character of characters) {
    if (isSeam(characters[index - 1], character)) seam = index;
    bytes += bytesOf(character.code);
    if (bytes > mostBytes) return characters.slice(0, seam > 0 ? seam : index);
    index += 1;
  }
  return characters;
}
