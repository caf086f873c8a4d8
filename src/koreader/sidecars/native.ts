import { type DataTable, isTable, type LuaKey, type LuaValue } from "../../core/sdr/lua-value";

const MOST_DEPTH = 24;

type NativeTable = LuaTable<LuaKey, unknown>;

/** A table of Lua's own, as KOReader's modules take it. */
export function toNative(value: LuaValue): unknown {
  if (!isTable(value)) return value;
  const native = new LuaTable<LuaKey, unknown>();
  value.keys.forEach((key, index) => {
    const item = value.values[index];
    if (item !== undefined) native.set(key, toNative(item));
  });
  return native;
}

/** The data in one of Lua's own tables: what cannot be written into a file (functions, a table within itself) is left out. */
export function fromNative(value: unknown, depth = 0): LuaValue | undefined {
  if (type(value) === "table") return depth < MOST_DEPTH ? tableFrom(value as NativeTable, depth) : undefined;
  return isScalar(value) ? value : undefined;
}

function tableFrom(native: NativeTable, depth: number): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  for (const [key, item] of native) {
    const value = isScalar(key) ? fromNative(item, depth + 1) : undefined;
    if (value === undefined) continue;
    keys.push(key);
    values.push(value);
  }
  return { keys, values };
}

const isScalar = (value: unknown): value is LuaKey =>
  type(value) === "string" || type(value) === "number" || type(value) === "boolean";
