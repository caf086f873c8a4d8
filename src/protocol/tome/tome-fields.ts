/** What a server sends is read field by field; whatever has another shape counts as absent. */

export type Fields = Readonly<Record<string, unknown>>;

/** Far beyond a title; a longer text is cut. In bytes on a device. */
const LONGEST_TEXT = 1000;
/** A larger id is no whole number any more when it is written. */
const LARGEST_ID = 1e14;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" ? ((value ?? {}) as Fields) : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && value - value === 0 ? value : undefined;
}

/** The items of a list; of anything else none. */
export function listOf(value: unknown): readonly unknown[] {
  // eslint-disable-next-line no-restricted-syntax -- in Lua any table may be walked as a list, in JavaScript no object may
  return Array.isArray(value) ? value : [];
}

/** A text that says something, at most so many bytes of it. */
export function wordsOf(value: unknown, longest = LONGEST_TEXT): string | undefined {
  const text = textOf(value);
  return text === undefined || text === "" ? undefined : shortened(text, longest);
}

/** Tome numbers everything; elsewhere an id is a text. */
export function idOf(value: unknown): string | undefined {
  const id = numberOf(value);
  return id === undefined || id < 0 || id > LARGEST_ID || Math.floor(id) !== id ? undefined : `${id}`;
}

/** How many of something. */
export function countOf(value: unknown): number | undefined {
  const count = numberOf(value);
  return count === undefined || count < 0 ? undefined : Math.floor(count);
}

/** Cut without parting a character: not before a byte that goes on one (UTF-8), nor between two halves (UTF-16). */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let end = longest;
  while (end > 0 && goesOn(text.charCodeAt(end))) end -= 1;
  return text.slice(0, end);
}

function goesOn(code: number): boolean {
  return (code >= 0x80 && code < 0xc0) || (code >= 0xdc00 && code < 0xe000);
}
