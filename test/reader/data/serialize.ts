/**
 * Lua tables as Lua source, in the manner of KOReader's `dump`: keys in order, numbers with fourteen digits,
 * metatables lost, and a function makes a file that cannot be read back.
 */

import { sortBy } from "./order";

type Plain = Record<string | number, unknown>;

const INDENT = "    ";

/** Numbers before strings, each in their order. */
function keysInOrder(value: Plain): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const [key] of pairs(value as unknown as LuaTable<string | number, unknown>)) keys.push(key);
  return sortBy(keys, (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a < b;
    if (typeof a === "string" && typeof b === "string") return a < b;
    return typeof a === "number";
  });
}

function writeTable(value: Plain, out: string[], depth: number, above: readonly unknown[]): void {
  if (above.includes(value)) {
    out.push("nil --[[ LOOP ]]");
    return;
  }
  const keys = keysInOrder(value);
  out.push("{");
  for (const key of keys) {
    out.push(`\n${string.rep(INDENT, depth + 1)}[`);
    write(key, out, depth + 1, above);
    out.push("] = ");
    write(value[key], out, depth + 1, above.concat([value]));
    out.push(",");
  }
  out.push(keys.length === 0 ? "}" : `\n${string.rep(INDENT, depth)}}`);
}

function write(value: unknown, out: string[], depth: number, above: readonly unknown[]): void {
  if (typeof value === "object") writeTable(value as Plain, out, depth, above);
  else if (typeof value === "string") out.push(string.format("%q", value));
  else out.push(tostring(value));
}

export function dump(value: unknown): string {
  const out: string[] = [];
  write(value, out, 0, []);
  return out.join("");
}
