import type { BookGroup } from "./catalogue";
import { folded } from "./letter-case";

/** As a reader looks for them: whatever the case of their letters; what has no name comes last. A server sorts by bytes. */
export function byName(groups: readonly BookGroup[]): BookGroup[] {
  const named = groups.filter(({ name }) => name !== undefined);
  const keyed = named.map(group => ({ group, key: `${folded(group.name ?? "")}\n${group.name ?? ""}\n${group.id}` }));
  // eslint-disable-next-line no-restricted-syntax -- a total order: no two groups of a list have one id
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return keyed.map(({ group }) => group).concat(groups.filter(({ name }) => name === undefined));
}
