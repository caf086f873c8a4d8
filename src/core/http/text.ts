/** Small readings of ASCII text, the same in both runtimes. */

const DIGITS = "0123456789abcdef";
/** As many digits as any number in a head has; 16 hexadecimal ones would not be exact. */
const MOST_DIGITS = 12;

/** A number of digits only: no sign, no blank, at most 12 of them. */
export function parseDigits(text: string, base: 10 | 16 = 10): number | undefined {
  if (text === "" || text.length > MOST_DIGITS) return undefined;
  let value = 0;
  for (const char of text.toLowerCase().split("")) {
    const digit = DIGITS.indexOf(char);
    if (digit < 0 || digit >= base) return undefined;
    value = value * base + digit;
  }
  return value;
}

const isBlank = (char: string): boolean => char === " " || char === "\t";

/** Without blanks and tabs at either end. */
export function stripBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The text before and after the first `separator`; all of it and nothing when there is none. */
export function cut(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Whether a byte below 0x20 or 0x7f is in it, or a blank where those count too. */
export function hasControls(text: string, andBlanks = false): boolean {
  const lowest = andBlanks ? 33 : 32;
  return text.split("").some(char => char.charCodeAt(0) < lowest || char.charCodeAt(0) === 127);
}
