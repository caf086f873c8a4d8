import { failure, type Result, success } from "../../core/result";
import { type DataTable, get, getTable, type LuaKey, type LuaValue, tableOf, withKey } from "../../core/sdr/lua-value";
import type { KeyChange, PreparedWrite, SidecarChange, SidecarReading, SidecarUnwritten } from "../../ports/sidecars";
import { copyForBackup } from "./backup";
import { isBound } from "./bound-keys";
import { toNative } from "./native";

const LISTS = ["annotations", "annotations_paging", "annotations_rolling"];

const isListChanged = ({ keys }: SidecarChange): boolean => keys.some(({ key }) => LISTS.includes(key));

/** Highlights as KOReaders before v2024.07 kept them: they become `annotations` when the book is opened, and only if it has none. */
const isOldFormat = ({ data }: SidecarReading): boolean =>
  get(data, "annotations") === undefined &&
  (get(data, "bookmarks") !== undefined || get(data, "highlight") !== undefined);

/** The sidecar as it has to be afterwards. */
function wanted({ data, sighting }: SidecarReading, change: SidecarChange): DataTable {
  let table = withKey(data, "doc_path", sighting.book);
  for (const { key, value } of change.keys) table = withKey(table, key, value);
  return isListChanged(change) ? withKey(table, "annotations_externally_modified", true) : table;
}

function asRecord(table: DataTable | undefined): Record<string, LuaValue> {
  const record: Record<string, LuaValue> = {};
  table?.keys.forEach((key: LuaKey, index) => {
    const value = table.values[index];
    if (typeof key === "string" && value !== undefined) record[key] = value;
  });
  return record;
}

/** Corrections stand beside what the file itself says, which KOReader shows for comparison. */
function customFile(reading: SidecarReading, changes: readonly KeyChange[]): unknown {
  let props = tableOf(asRecord(getTable(reading.custom, "custom_props")));
  for (const { key, value } of changes) props = withKey(props, key, value);
  const original = getTable(reading.custom, "doc_props") ?? getTable(reading.data, "doc_props");
  return toNative(tableOf({ custom_props: props, doc_props: original }));
}

/** @see SidecarFiles.prepare */
export function prepare(reading: SidecarReading, change: SidecarChange): Result<PreparedWrite, SidecarUnwritten> {
  if (change.keys.some(({ key }) => isBound(key, reading.data))) return failure("bound");
  if (isListChanged(change) && isOldFormat(reading)) return failure("old-format");
  const { sighting, file, text } = reading;
  const copy = change.keys.length === 0 ? "" : copyForBackup(sighting.book, text);
  if (copy === undefined) return failure("disk");
  return success({
    sighting,
    file,
    text,
    keys: change.keys.map(({ key, value }) => ({
      key,
      value: value === undefined ? false : toNative(value),
      isGone: value === undefined,
    })),
    isListChanged: isListChanged(change),
    expected: toNative(wanted(reading, change)),
    custom: change.custom === undefined ? false : customFile(reading, change.custom),
    copy,
  });
}
