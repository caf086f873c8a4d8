/** Text by its characters, the same in both runtimes: a string of LuaJIT is UTF-8, one of Node is UTF-16. */

/** Whether strings of this runtime are bytes. */
const IS_BYTES = "é".length === 2;
/** What stands for bytes that are no UTF-8, and for half a surrogate pair. */
const REPLACEMENT = 0xfffd;
const BROKEN = -1;

/** A code point, and the text that it is. */
export interface Character {
  readonly code: number;
  readonly text: string;
}

/** How many bytes of UTF-8 a character takes: 1 to 4. */
export function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Of well-formed text, in UTF-8. */
export function byteLength(text: string): number {
  return charactersOf(text).reduce((sum, { code }) => sum + bytesOf(code), 0);
}

/** @returns U+FFFD for what is no character */
export function charactersOf(text: string): Character[] {
  const characters: Character[] = [];
  let at = 0;
  while (at < text.length) {
    const [code, units] = IS_BYTES ? fromBytes(text, at) : fromPairs(text, at);
    characters.push(code === BROKEN ? characterOf(REPLACEMENT) : { code, text: text.slice(at, at + units) });
    at += units;
  }
  return characters;
}

export function characterOf(code: number): Character {
  return { code, text: IS_BYTES ? bytesText(code) : pairText(code) };
}

export function textOf(characters: readonly Character[]): string {
  return characters.map(({ text }) => text).join("");
}

const isBetween = (value: number, first: number, last: number): boolean => value >= first && value <= last;

function fromPairs(text: string, at: number): [code: number, units: number] {
  const first = text.charCodeAt(at);
  if (!isBetween(first, 0xd800, 0xdfff)) return [first, 1];
  const second = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  if (first > 0xdbff || !isBetween(second, 0xdc00, 0xdfff)) return [BROKEN, 1];
  return [0x10000 + (first - 0xd800) * 0x400 + (second - 0xdc00), 2];
}

/** The value bits of a first byte, and how many bytes follow it. */
function firstByte(byte: number): [bits: number, following: number] | undefined {
  if (byte < 0x80) return [byte, 0];
  if (isBetween(byte, 0xc2, 0xdf)) return [byte - 0xc0, 1];
  if (isBetween(byte, 0xe0, 0xef)) return [byte - 0xe0, 2];
  return isBetween(byte, 0xf0, 0xf4) ? [byte - 0xf0, 3] : undefined;
}

function fromBytes(text: string, at: number): [code: number, units: number] {
  const [bits, following] = firstByte(text.charCodeAt(at)) ?? [0, -1];
  if (following < 0 || at + following >= text.length) return [BROKEN, 1];
  let code = bits;
  let next = at + 1;
  while (next <= at + following) {
    const byte = text.charCodeAt(next);
    if (!isBetween(byte, 0x80, 0xbf)) return [BROKEN, 1];
    code = code * 64 + (byte - 0x80);
    next += 1;
  }
  const isProper = bytesOf(code) === following + 1 && code <= 0x10ffff && !isBetween(code, 0xd800, 0xdfff);
  return isProper ? [code, following + 1] : [BROKEN, 1];
}

function pairText(code: number): string {
  if (code < 0x10000) return String.fromCharCode(code);
  const rest = code - 0x10000;
  return String.fromCharCode(0xd800 + Math.floor(rest / 0x400), 0xdc00 + (rest - Math.floor(rest / 0x400) * 0x400));
}

function bytesText(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const last = (rest: number): number => 0x80 + (rest - Math.floor(rest / 64) * 64);
  const high = Math.floor(code / 64);
  if (code < 0x800) return String.fromCharCode(0xc0 + high, last(code));
  const higher = Math.floor(high / 64);
  if (code < 0x10000) return String.fromCharCode(0xe0 + higher, last(high), last(code));
  return String.fromCharCode(0xf0 + Math.floor(higher / 64), last(higher), last(high), last(code));
}
