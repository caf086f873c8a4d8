/** Sorting by a total order: `table.sort` is not stable, which then does not matter. */
export function sortBy<Item>(items: Item[], isBefore: (a: Item, b: Item) => boolean): Item[] {
  // eslint-disable-next-line no-restricted-syntax -- every caller gives a total order
  table.sort(items, isBefore);
  return items;
}

export const sorted = (texts: string[]): string[] => sortBy(texts, (a, b) => a < b);
