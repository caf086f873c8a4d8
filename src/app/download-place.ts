import { bookPath } from "../core/book-path";
import { type DownloadPreferences, downloadPreferencesOf, templateFor } from "../core/download-preferences";
import type { DownloadOrder } from "../core/download";
import { freePath, type IsTaken, TakenPaths } from "../core/taken-names";
import type { Places } from "../ports/places";
import type { Settings } from "../ports/settings";

export function downloadPreferences(settings: Settings): DownloadPreferences {
  return downloadPreferencesOf(settings.downloadFields());
}

/**
 * Where a book goes: an absolute path below `base`, for which `isTaken` said no; numbered where another has its name.
 * @param base as `Places.base` gives it
 * @param isTaken see `takenBy`; one that always says no gives the path as the preview shows it
 */
export function targetFor(
  preferences: DownloadPreferences,
  base: string,
  order: Pick<DownloadOrder, "book" | "file">,
  isTaken: IsTaken,
): string {
  return freePath(base, bookPath(templateFor(preferences), order.book, order.file.format), isTaken);
}

/**
 * What is taken: the files that are there, and what is on its way to a place, however the file system thinks of capitals.
 * Lists each folder once, so it is for one moment only.
 */
export function takenBy(places: Places, queued: readonly string[]): IsTaken {
  const taken = new TakenPaths(queued);
  const listed = new LuaSet<string>();
  return path => {
    const parts = path.split("/");
    const folder = parts.slice(0, -1).join("/");
    if (!listed.has(folder)) {
      listed.add(folder);
      for (const name of places.names(folder)) taken.add(`${folder}/${name}`);
    }
    // A file system may take more for the same than we do: it has the last word.
    return taken.has(path) || places.exists(path);
  };
}
