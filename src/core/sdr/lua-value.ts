/**
 * What a data file of KOReader, or a file of ours in the cloud, can say: data, never code.
 * Text is a string of bytes. In Node every character stands for one byte (latin1), so that both runtimes count alike.
 */
export type LuaValue = string | number | boolean | DataTable;
export type LuaKey = string | number | boolean;

/** A Lua table: keys and values side by side, in the order in which they were read; a key stands in it once. */
export interface DataTable {
  readonly keys: readonly LuaKey[];
  readonly values: readonly LuaValue[];
}

export const EMPTY: DataTable = { keys: [], values: [] };

export function isTable(value: LuaValue | undefined): value is DataTable {
  return typeof value === "object";
}

/** The value under a key; of a value that is no table, nothing. */
export function get(table: LuaValue | undefined, key: LuaKey): LuaValue | undefined {
  if (!isTable(table)) return undefined;
  const { keys } = table;
  let index = 0;
  while (index < keys.length) {
    if (keys[index] === key) return table.values[index];
    index += 1;
  }
  return undefined;
}

export function getText(table: LuaValue | undefined, key: LuaKey): string | undefined {
  const value = get(table, key);
  return typeof value === "string" ? value : undefined;
}

export function getNumber(table: LuaValue | undefined, key: LuaKey): number | undefined {
  const value = get(table, key);
  return typeof value === "number" ? value : undefined;
}

export function getTable(table: LuaValue | undefined, key: LuaKey): DataTable | undefined {
  const value = get(table, key);
  return isTable(value) ? value : undefined;
}

/** The items 1, 2, … of a table up to the first hole, whatever order they were written in. */
export function listItems(table: DataTable | undefined): LuaValue[] {
  const items: LuaValue[] = [];
  if (table === undefined) return items;
  // Written in order nearly always: then one pass does.
  let index = 0;
  while (table.keys[index] === index + 1) {
    const value = table.values[index];
    if (value !== undefined) items.push(value);
    index += 1;
  }
  let next = index === table.keys.length ? undefined : get(table, items.length + 1);
  while (next !== undefined) {
    items.push(next);
    next = get(table, items.length + 1);
  }
  return items;
}

export function listOf(items: readonly LuaValue[]): DataTable {
  const keys: LuaKey[] = [];
  for (const _item of items) keys.push(keys.length + 1);
  return { keys, values: items };
}

/** A table of these fields; what is undefined is left out. */
export function tableOf(fields: Readonly<Record<string, LuaValue | undefined>>): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) {
      keys.push(key);
      values.push(value);
    }
  }
  return { keys, values };
}

/** The table with one key set, or taken away with undefined. */
export function withKey(table: DataTable, key: LuaKey, value: LuaValue | undefined): DataTable {
  const keys: LuaKey[] = [];
  const values: LuaValue[] = [];
  let index = 0;
  for (const each of table.keys) {
    const old = table.values[index];
    if (each !== key && old !== undefined) {
      keys.push(each);
      values.push(old);
    }
    index += 1;
  }
  if (value !== undefined) {
    keys.push(key);
    values.push(value);
  }
  return { keys, values };
}
