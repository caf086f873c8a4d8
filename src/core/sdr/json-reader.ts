import type { Result } from "../result";
import { PAIRS } from "./json-text";
import { LINE_LIMITS, type Limits, type ReadFailure } from "./limits";
import { get, isTable, listItems, type DataTable, type LuaKey, type LuaValue } from "./lua-value";
import { numberOf, Scanner } from "./scanner";

const NAMED: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
};

/** What follows a backslash. Only bytes below 128 are ever written as `\u00XX`; anything else was not written by us. */
function jsonEscape(this: void, scanner: Scanner): string | undefined {
  const mark = scanner.text.slice(scanner.at, scanner.at + 1);
  scanner.at += 1;
  if (mark !== "u") return NAMED[mark];
  const code = numberOf(`0x${scanner.text.slice(scanner.at, scanner.at + 4)}`);
  scanner.at += 4;
  return code === undefined || code > 127 ? undefined : String.fromCharCode(code);
}

function readWord(scanner: Scanner): LuaValue | undefined {
  const isNegative = scanner.takes(45);
  const word = scanner.word();
  if (word === "true" && !isNegative) return true;
  if (word === "false" && !isNegative) return false;
  const value = numberOf(word);
  if (value === undefined) return scanner.fail("not-data");
  return isNegative ? -value : value;
}

function readValue(scanner: Scanner, depth: number): LuaValue | undefined {
  if (!scanner.counts(depth)) return undefined;
  scanner.skipSpace();
  if (scanner.takes(34)) return scanner.quoted('"', jsonEscape);
  if (scanner.takes(123)) return readObject(scanner, depth + 1);
  if (scanner.takes(91)) return readList(scanner, depth + 1);
  return readWord(scanner);
}

/** After an item: whether another one follows. */
function goesOn(scanner: Scanner, close: number): boolean {
  scanner.skipSpace();
  if (scanner.takes(44)) return true;
  if (!scanner.takes(close)) scanner.fail("not-data");
  return false;
}

function readList(scanner: Scanner, depth: number): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  scanner.skipSpace();
  let isOpen = !scanner.takes(93);
  while (isOpen && scanner.isFine()) {
    const value = readValue(scanner, depth);
    if (value !== undefined) {
      values.push(value);
      keys.push(values.length);
    }
    isOpen = goesOn(scanner, 93);
  }
  return { keys, values };
}

/** `{"#":[[key,value],…]}` back into a table of such keys. */
function fromPairs(pairs: DataTable): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  for (const pair of listItems(pairs)) {
    const key = get(pair, 1);
    const value = get(pair, 2);
    if (key !== undefined && !isTable(key) && value !== undefined) {
      keys.push(key);
      values.push(value);
    }
  }
  return { keys, values };
}

function readObject(scanner: Scanner, depth: number): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  scanner.skipSpace();
  let isOpen = !scanner.takes(125);
  while (isOpen && scanner.isFine()) {
    scanner.skipSpace();
    const key = scanner.takes(34) ? scanner.quoted('"', jsonEscape) : scanner.fail("not-data");
    scanner.skipSpace();
    if (!scanner.takes(58)) scanner.fail("not-data");
    const value = scanner.isFine() ? readValue(scanner, depth) : undefined;
    if (key !== undefined && value !== undefined) {
      keys.push(key);
      values.push(value);
    }
    isOpen = goesOn(scanner, 125);
  }
  const pairs = values[0];
  return keys.length === 1 && keys[0] === PAIRS && isTable(pairs) ? fromPairs(pairs) : { keys, values };
}

/** Reads one JSON value as `jsonText` writes it; null and other notations of text than ours are no data. Bounded. */
export function readJson(text: string, limits: Limits = LINE_LIMITS): Result<LuaValue, ReadFailure> {
  const scanner = new Scanner(text, limits);
  const value = scanner.isFine() ? readValue(scanner, 0) : undefined;
  scanner.skipSpace();
  return scanner.ended(value);
}
