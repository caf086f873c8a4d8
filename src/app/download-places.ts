import type { DownloadOrder, DownloadState } from "../core/download";
import { TakenPaths } from "../core/taken-names";
import { places } from "../koreader/places";
import type { DownloadStore } from "../ports/download-store";
import { downloadPreferences, takenBy, targetFor } from "./download-place";
import type { Runtime } from "./runtime";

/** Where downloads go: absolute paths, within the folder that the reader chose; nothing where there is no such folder. */
export interface DownloadPlaces {
  /** As the template says; another name only where something else on its way has that one. */
  targetFor(order: DownloadOrder): string | undefined;
  /** Beside whatever has that name: "Title (2).epub". */
  anotherFor(order: DownloadOrder): string | undefined;
}

const UNDER_WAY: readonly DownloadState[] = ["waiting", "running", "asking"];

export function downloadPlaces({ settings }: Runtime, store: DownloadStore): DownloadPlaces {
  const queued = () => store.list(UNDER_WAY).flatMap(({ target }) => target ?? []);
  const find = (order: DownloadOrder, isTaken: (path: string) => boolean): string | undefined => {
    const preferences = downloadPreferences(settings);
    const base = places.base(preferences.folder);
    return base === undefined ? undefined : targetFor(preferences, base, order, path => isTaken(path));
  };
  return {
    targetFor: order => {
      const taken = new TakenPaths(queued());
      return find(order, path => taken.has(path));
    },
    anotherFor: order => {
      const isTaken = takenBy(places, queued());
      return find(order, path => isTaken(path));
    },
  };
}
