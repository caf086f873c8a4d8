import { sortedKeys } from "../order";
import type { Shadow } from "./shadow";
import type { Shown } from "./shown";

/**
 * Which items of the sidecar each shown annotation has here, by the shadow's uids. An item may stand for several annotations that
 * have parted since: it goes to the one whose name it bears, or else to the first, and the others are new here.
 */
export function claims(shadow: Shadow, all: readonly Shown[]): Record<string, string[]> {
  const byShown: Record<string, string[]> = {};
  const shownOf: Record<string, string> = {};
  for (const shown of all) {
    byShown[shown.uid] = [];
    for (const uid of shown.uids) shownOf[uid] = shown.uid;
  }
  for (const owner of sortedKeys(shadow.annotations)) {
    const named = shownOf[owner];
    const other = sortedKeys(shadow.annotations[owner]?.seen ?? {}).find(uid => shownOf[uid] !== undefined);
    const claimant = named ?? (other === undefined ? undefined : shownOf[other]);
    if (claimant !== undefined) byShown[claimant]?.push(owner);
  }
  return byShown;
}
