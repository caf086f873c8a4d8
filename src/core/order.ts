/** Sorts a copy by a total order: two different values never compare as equal, because Lua's sort is not stable. */
export function sorted<Value>(
  values: readonly Value[],
  isBefore: (this: void, a: Value, b: Value) => boolean,
): Value[] {
  const copy = values.slice();
  // eslint-disable-next-line no-restricted-syntax
  copy.sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
  return copy;
}

/** The keys of a record, in byte order: Lua keeps none. */
export function sortedKeys(record: Readonly<Record<string, unknown>>): string[] {
  const keys: string[] = [];
  for (const key in record) keys.push(key);
  return sorted(keys, (a, b) => a < b);
}
