import type { Result } from "../result";
import { SIDECAR_LIMITS, type Limits, type ReadFailure } from "./limits";
import type { DataTable, LuaKey, LuaValue } from "./lua-value";
import { luaEscape } from "./lua-escape";
import { numberOf, Scanner } from "./scanner";

/** Blanks and comments, also the long ones that KOReader writes where a table held itself. */
function skip(scanner: Scanner): void {
  scanner.skipSpace();
  while (scanner.text.startsWith("--", scanner.at)) {
    const isLong = scanner.text.startsWith("[[", scanner.at + 2);
    const end = scanner.text.indexOf(isLong ? "]]" : "\n", scanner.at);
    if (isLong && end < 0) scanner.fail("not-data");
    scanner.at = end < 0 ? scanner.text.length : end + (isLong ? 2 : 1);
    scanner.skipSpace();
  }
}

/** A value that is written as a word or a number. `inf` and `nan` are what KOReader writes and then reads as nil. */
function readWord(scanner: Scanner): LuaValue | undefined {
  const isNegative = scanner.takes(45);
  const word = scanner.word();
  if (word === "true" && !isNegative) return true;
  if (word === "false" && !isNegative) return false;
  if ((word === "nil" || word === "inf" || word === "nan") && !isNegative) return undefined;
  const value = numberOf(word);
  if (value === undefined) return scanner.fail("not-data");
  return isNegative ? -value : value;
}

function readValue(scanner: Scanner, depth: number): LuaValue | undefined {
  if (!scanner.counts(depth)) return undefined;
  skip(scanner);
  if (scanner.takes(123)) return readTable(scanner, depth + 1);
  if (scanner.takes(34)) return scanner.quoted('"', luaEscape);
  if (scanner.takes(39)) return scanner.quoted("'", luaEscape);
  return readWord(scanner);
}

/** What `["key"] =` or `key =` names; undefined in front of a value without a key, and after a problem. */
function readKey(scanner: Scanner, depth: number): LuaKey | undefined {
  if (scanner.takes(91)) {
    const key = readValue(scanner, depth);
    skip(scanner);
    if (key === undefined || typeof key === "object" || !scanner.takes(93)) return scanner.fail("not-data");
    skip(scanner);
    return scanner.takes(61) ? key : scanner.fail("not-data");
  }
  const start = scanner.at;
  const name = scanner.word();
  skip(scanner);
  const isName = name !== "" && !name.includes(".") && numberOf(name) === undefined;
  if (isName && scanner.takes(61)) return name;
  scanner.at = start;
  return undefined;
}

function readTable(scanner: Scanner, depth: number): DataTable | undefined {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  let position = 1;
  skip(scanner);
  while (scanner.isFine() && !scanner.takes(125)) {
    const key = readKey(scanner, depth);
    const value = scanner.isFine() ? readValue(scanner, depth) : undefined;
    if (value !== undefined) {
      keys.push(key ?? position);
      values.push(value);
    }
    if (key === undefined) position += 1;
    skip(scanner);
    if (!scanner.takes(44) && !scanner.takes(59) && scanner.peek() !== 125) scanner.fail("not-data");
    skip(scanner);
  }
  return scanner.isFine() ? { keys, values } : undefined;
}

/**
 * Reads a data file of KOReader (`return { … }` below a comment) without running it. Takes what KOReader's serializers
 * write: bracketed keys, `%q` strings, decimal and hex numbers, booleans, nested tables, comments; and names and positions as keys.
 * Calls, operators, variables and long strings are no data. Every length and depth is bounded.
 */
export function readLuaData(text: string, limits: Limits = SIDECAR_LIMITS): Result<DataTable, ReadFailure> {
  const scanner = new Scanner(text, limits);
  skip(scanner);
  if (scanner.isFine() && scanner.word() !== "return") scanner.fail("not-data");
  const value = scanner.isFine() ? readValue(scanner, 0) : undefined;
  skip(scanner);
  return scanner.ended(typeof value === "object" ? value : undefined);
}
