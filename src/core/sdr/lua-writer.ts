import { sorted } from "../order";
import type { DataTable, LuaKey, LuaValue } from "./lua-value";
import { numberText } from "./number-text";

const INDENT = "    ";

function isControl(byte: number): boolean {
  return byte < 32 || byte === 127;
}

/** A control byte: with leading zeros only where a digit follows, as LuaJIT's `%q` has it. */
function controlText(byte: number, next: number): string {
  if (next < 48 || next > 57 || byte >= 100) return `\\${byte}`;
  return byte < 10 ? `\\00${byte}` : `\\0${byte}`;
}

/** LuaJIT's `string.format("%q", text)`. */
function quotedLua(text: string): string {
  const pieces: string[] = ['"'];
  let start = 0;
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    const isMarked = byte === 34 || byte === 92 || byte === 10;
    if (isMarked || isControl(byte)) {
      pieces.push(text.slice(start, index));
      const next = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
      pieces.push(isMarked ? `\\${text.slice(index, index + 1)}` : controlText(byte, next));
      start = index + 1;
    }
    index += 1;
  }
  pieces.push(text.slice(start), '"');
  return pieces.join("");
}

function scalar(value: string | number | boolean): string {
  if (typeof value === "string") return quotedLua(value);
  return typeof value === "number" ? numberText(value) : value ? "true" : "false";
}

/** Numbers by size, text by bytes; of two kinds the text of the key decides, as in KOReader's `orderedPairs`. */
function isKeyBefore(a: LuaKey, b: LuaKey): boolean {
  if (typeof a === "string" && typeof b === "string") return a < b;
  if (typeof a === "number" && typeof b === "number") return a < b;
  const textA = typeof a === "string" ? a : scalar(a);
  const textB = typeof b === "string" ? b : scalar(b);
  return textA === textB ? typeof a < typeof b : textA < textB;
}

function isInOrder(keys: readonly LuaKey[]): boolean {
  let before: LuaKey | undefined;
  for (const key of keys) {
    if (before !== undefined && !isKeyBefore(before, key)) return false;
    before = key;
  }
  return true;
}

/** Positions of a table's keys in the order in which they are written. */
export function keyOrder(table: DataTable): number[] {
  const order: number[] = [];
  for (const _key of table.keys) order.push(order.length);
  if (isInOrder(table.keys)) return order;
  const keyAt = (index: number): LuaKey => table.keys[index] ?? 0;
  return sorted(order, (a, b) => (keyAt(a) === keyAt(b) ? a < b : isKeyBefore(keyAt(a), keyAt(b))));
}

function writeValue(value: LuaValue, indent: string, out: string[]): void {
  if (typeof value !== "object") {
    out.push(scalar(value));
    return;
  }
  out.push("{");
  const inner = `${indent}${INDENT}`;
  for (const index of keyOrder(value)) {
    const key = value.keys[index];
    const item = value.values[index];
    if (key !== undefined && item !== undefined) {
      out.push("\n", inner, "[", scalar(key), "] = ");
      writeValue(item, inner, out);
      out.push(",");
    }
  }
  if (value.keys.length > 0) out.push("\n", indent);
  out.push("}");
}

/** What KOReader's serializer writes for this value: `dump(value, nil, true)`, keys in order. */
export function luaText(value: LuaValue): string {
  const out: string[] = [];
  writeValue(value, "", out);
  return out.join("");
}

/** A whole data file as KOReader writes one; the first line names the file. */
export function luaFile(path: string, data: DataTable): string {
  return `-- ${path}\nreturn ${luaText(data)}\n`;
}
