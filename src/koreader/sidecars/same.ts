import type { LuaKey, LuaValue } from "../../core/sdr/lua-value";
import { toNative } from "./native";

type NativeTable = LuaTable<LuaKey, unknown>;

/** What KOReader writes of a number: fourteen digits. */
const isSameNumber = (a: number, b: number): boolean => a === b || tostring(a) === tostring(b);

function isSameTable(a: NativeTable, b: NativeTable): boolean {
  let more = 0;
  for (const [key, item] of a) {
    if (!isSameNative(item, b.get(key))) return false;
    more += 1;
  }
  for (const [_key] of b) more -= 1;
  return more === 0;
}

/** Whether KOReader would write the same of two values of Lua's own. */
export function isSameNative(a: unknown, b: unknown): boolean {
  if (type(a) === "table" && type(b) === "table") return isSameTable(a as NativeTable, b as NativeTable);
  return typeof a === "number" && typeof b === "number" ? isSameNumber(a, b) : a === b;
}

/** Whether KOReader would write the same: numbers with the digits that it writes, keys in any order. */
export function isSame(a: LuaValue | undefined, b: LuaValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return typeof a === "object" && typeof b === "object"
    ? isSameTable(toNative(a) as NativeTable, toNative(b) as NativeTable)
    : isSameNative(a, b);
}
