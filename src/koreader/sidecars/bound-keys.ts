import { type DataTable, get } from "../../core/sdr/lua-value";
import { classOf } from "../../core/sdr/sidecar-keys";

/** What sync makes itself of what devices know of a book. */
const MERGED = ["annotations", "annotations_paging", "annotations_rolling", "summary", "percent_finished", "last_page"];

/** A place without the version of the engine's document model makes KOReader choose the oldest, in which no highlight is found. */
const PLACE = "last_xpointer";

/**
 * Whether sync must not write this key into a sidecar: it belongs to the device. Of keys that nobody knows that is assumed.
 * KOReader deletes the file that `cache_file_path` names.
 */
export function isBound(key: string, data: DataTable): boolean {
  if (key === PLACE) return get(data, "cre_dom_version") === undefined;
  return classOf(key) === "never" && !MERGED.includes(key);
}
