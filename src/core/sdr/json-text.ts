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

function quoted(text: string): string {
  const pieces: string[] = ['"'];
  let start = 0;
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    if (byte < 32 || byte === 34 || byte === 92 || byte === 127) {
      pieces.push(text.slice(start, index), escapeOf(byte));
      start = index + 1;
    }
    index += 1;
  }
  pieces.push(text.slice(start), '"');
  return pieces.join("");
}

/** A number that is none of JSON's is never read from a file; written all the same, it is null. */
function numeral(value: number): string {
  return value !== value || value === 1 / 0 || value === -1 / 0 ? "null" : numberText(value);
}

function shapeOf(table: DataTable): "list" | "object" | "pairs" {
  let numbers = 0;
  for (const key of table.keys) {
    if (key === PAIRS || typeof key === "boolean") return "pairs";
    if (typeof key === "number") numbers += 1;
  }
  if (numbers === 0) return "object";
  const order = keyOrder(table);
  let next = 1;
  for (const index of order) {
    if (table.keys[index] !== next) return "pairs";
    next += 1;
  }
  return "list";
}

function writeItem(value: LuaValue | undefined, out: string[]): void {
  if (typeof value === "string") out.push(quoted(value));
  else if (typeof value === "number") out.push(numeral(value));
  else if (typeof value === "object") writeTable(value, out);
  else out.push(value === true ? "true" : "false");
}

function writeTable(table: DataTable, out: string[]): void {
  const shape = shapeOf(table);
  let isFirst = true;
  out.push(shape === "list" ? "[" : shape === "pairs" ? `{"${PAIRS}":[` : "{");
  for (const index of keyOrder(table)) {
    if (!isFirst) out.push(",");
    isFirst = false;
    if (shape === "object") {
      writeItem(table.keys[index], out);
      out.push(":");
      writeItem(table.values[index], out);
    } else if (shape === "list") writeItem(table.values[index], out);
    else {
      out.push("[");
      writeItem(table.keys[index], out);
      out.push(",");
      writeItem(table.values[index], out);
      out.push("]");
    }
  }
  out.push(shape === "list" ? "]" : shape === "pairs" ? "]}" : "}");
}

/** Canonical JSON: keys in byte order, no blanks, 14 digits. Equal values, and only those, have equal texts. */
export function jsonText(value: LuaValue): string {
  const out: string[] = [];
  writeItem(value, out);
  return out.join("");
}

/** Whether two values say the same; keys in any order, numbers to 14 digits. */
export function sameValue(a: LuaValue | undefined, b: LuaValue | undefined): boolean {
  if (typeof a !== "object" && typeof a !== "number") return a === b;
  return b !== undefined && jsonText(a) === jsonText(b);
}
