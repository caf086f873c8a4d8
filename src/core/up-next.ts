import type { CatalogueBook } from "./catalogue";

/**
 * The first volume that is not begun after the last one that is; nothing when there is none, or what was given is no series.
 * @param volumes of one series, in their order
 * @param begun ids of books that were read here: an older server does not say so
 */
export function upNext(volumes: readonly CatalogueBook[], begun: readonly string[]): CatalogueBook | undefined {
  let next: CatalogueBook | undefined;
  let hasBegun = false;
  for (const volume of volumes) {
    if (volume.series === undefined) return undefined;
    const { state, remoteId } = volume;
    if (state === "read" || state === "reading" || begun.includes(remoteId)) {
      hasBegun = true;
      next = undefined;
    } else if (hasBegun && state !== "shelved") next ??= volume;
  }
  return next;
}
