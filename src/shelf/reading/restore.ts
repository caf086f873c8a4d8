import { NEVER_OPENED, type Standing } from "../reading-status";
import type { PastPosition } from "../store/positions";
import type { Store } from "../store/store";

/** How a restored place names its device; Tome 2.3 calls it so too, and devices know it. */
export const RESTORED = "restore";

/**
 * Makes a place of the past the reader's place again. Unlike a device's report this un-finishes a book. Returns the place;
 * undefined when the trail has no such entry of this reader and book.
 */
export function restorePlace(
  store: Store,
  who: { readonly userId: number; readonly bookId: number },
  entryId: number,
  at: string,
): PastPosition | undefined {
  const { userId, bookId } = who;
  return store.transaction(() => {
    const past = store.positions.history(userId, bookId).find(({ id }) => id === entryId);
    if (!past) return undefined;
    const { progress, percentage } = past;
    store.positions.put(userId, bookId, { progress, percentage, device: RESTORED, updatedAt: at });
    const before = store.statuses.find(userId, bookId) ?? NEVER_OPENED;
    store.statuses.put(userId, bookId, standingAt(percentage, before, at), at);
    return past;
  });
}

function standingAt(percentage: number, before: Standing, at: string): Standing {
  if (percentage >= 0.99) return { ...before, status: "read", progressPct: 1, finishedAt: before.finishedAt ?? at };
  // A book that waits to be read had no place to lose.
  const unopened = before.status === "want_to_read" ? "want_to_read" : "unread";
  return { ...before, status: percentage > 0 ? "reading" : unopened, progressPct: percentage, finishedAt: null };
}
