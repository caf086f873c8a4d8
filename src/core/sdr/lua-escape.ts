import type { Scanner } from "./scanner";

const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
  "\n": "\n",
};

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** `\7`, `\13`, `\027`: up to three decimal digits, at most 255. */
function decimalByte(scanner: Scanner): string | undefined {
  let value = 0;
  let count = 0;
  while (count < 3 && isDigit(scanner.peek())) {
    value = value * 10 + scanner.peek() - 48;
    scanner.at += 1;
    count += 1;
  }
  return value > 255 ? undefined : String.fromCharCode(value);
}

/** What follows a backslash in a Lua string. KOReader writes only `\"`, `\\`, an escaped line end and `\ddd`. */
export function luaEscape(this: void, scanner: Scanner): string | undefined {
  if (isDigit(scanner.peek())) return decimalByte(scanner);
  const named = NAMED[scanner.text.slice(scanner.at, scanner.at + 1)];
  scanner.at += 1;
  return named;
}
