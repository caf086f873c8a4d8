import type { DataTable, LuaValue } from "./lua-value";
import { keyOrder } from "./lua-writer";
import { numberText } from "./number-text";

/** A table that JSON has no word for is written as `{"#":[[key,value],…]}`. */
export const PAIRS = "#";

const HEX = "0123456789abcdef";

function escapeOf(byte: number): string {
  switch (byte) {
    case 34:
      return '\\"';
    case 92:
      return "\\\\";
    case 10:
      return "\\n";
    case 13:
      return "\\r";
    case 9:
      return "\\t";
    default: {
      const high = Math.floor(byte / 16);
      return `\\u00${HEX.charAt(high)}${HEX.charAt(byte - 16 * high)}`;
    }
  }
}

function writeText(text: string, out: string[]): void {
  out.push('"');
  let start = 0;
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    if (byte < 32 || byte === 34 || byte === 92 || byte === 127) {
      out.push(text.slice(start, index), escapeOf(byte));
      start = index + 1;
    }
    index += 1;
  }
  out.push(start === 0 ? text : text.slice(start), '"');
}

/** A number that is none of JSON's is never read from a file; written all the same, it is null. */
function numeral(value: number): string {
  return value !== value || value === 1 / 0 || value === -1 / 0 ? "null" : numberText(value);
}

function shapeOf(table: DataTable, order: readonly number[]): "list" | "object" | "pairs" {
  let numbers = 0;
  for (const key of table.keys) {
    if (key === PAIRS || typeof key === "boolean") return "pairs";
    if (typeof key === "number") numbers += 1;
  }
  if (numbers === 0) return "object";
  let next = 1;
  for (const index of order) {
    if (table.keys[index] !== next) return "pairs";
    next += 1;
  }
  return "list";
}

function writeItem(value: LuaValue | undefined, out: string[]): void {
  if (typeof value === "string") writeText(value, out);
  else if (typeof value === "number") out.push(numeral(value));
  else if (typeof value === "object") writeTable(value, out);
  else out.push(value === true ? "true" : "false");
}

function writeTable(table: DataTable, out: string[]): void {
  const order = keyOrder(table);
  const shape = shapeOf(table, order);
  let isFirst = true;
  out.push(shape === "list" ? "[" : shape === "pairs" ? `{"${PAIRS}":[` : "{");
  for (const index of order) {
    if (!isFirst) out.push(",");
    isFirst = false;
    if (shape === "pairs") out.push("[");
    if (shape !== "list") {
      writeItem(table.keys[index], out);
      out.push(shape === "pairs" ? "," : ":");
    }
    writeItem(table.values[index], out);
    if (shape === "pairs") out.push("]");
  }
  out.push(shape === "list" ? "]" : shape === "pairs" ? "]}" : "}");
}

/** Canonical JSON: keys in byte order, no blanks, 14 digits. Equal values, and only those, have equal texts. */
export function jsonText(value: LuaValue): string {
  const out: string[] = [];
  writeItem(value, out);
  return out.join("");
}

/** Whether two values are written alike, key by key; cheaper than their texts, and nearly always enough. */
export function isAlike(a: LuaValue | undefined, b: LuaValue | undefined): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  if (a.keys.length !== b.keys.length) return false;
  let index = 0;
  while (index < a.keys.length) {
    if (a.keys[index] !== b.keys[index] || !isAlike(a.values[index], b.values[index])) return false;
    index += 1;
  }
  return true;
}

/** Whether two values say the same; keys in any order, numbers to 14 digits. */
export function sameValue(a: LuaValue | undefined, b: LuaValue | undefined): boolean {
  if (typeof a !== "object" && typeof a !== "number") return a === b;
  return b !== undefined && jsonText(a) === jsonText(b);
}
