import DocSettings = require("docsettings");
import ReaderUI = require("apps/reader/readerui");
import { failure, type Result, success } from "../../core/result";
import { type DataTable, get, getTable, type LuaKey, type LuaValue, tableOf, withKey } from "../../core/sdr/lua-value";
import type { KeyChange, SidecarChange, SidecarReading, SidecarUnwritten } from "../../ports/sidecars";
import { keepBackup } from "./backup";
import { isBound } from "./bound-keys";
import { refreshBook, refreshMetadata } from "./caches";
import { writeDurably } from "./durable";
import { find } from "./find";
import { toNative } from "./native";
import { read, readBytes } from "./read";
import { isSame } from "./same";

/** KOReader keeps the file that it replaces unless that is younger than this. */
const KEPT_AFTER_SECONDS = 60;

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

function refusal(reading: SidecarReading, change: SidecarChange): SidecarUnwritten | undefined {
  if (change.keys.some(({ key }) => isBound(key, reading.data))) return "bound";
  if (ReaderUI.instance?.document?.file === reading.sighting.book) return "open";
  if (isListChanged(change) && isOldFormat(reading)) return "old-format";
  const now = find(reading.sighting.book);
  const isSame = now?.files[0]?.path === reading.file.path && readBytes(reading.file.path) === reading.text;
  return isSame ? undefined : "changed";
}

/**
 * KOReader writes over a file that it wrote less than a minute ago, without a copy: cut short then, nothing would be left.
 * The copy is made here instead.
 */
function keepOlder({ file, text }: SidecarReading): boolean {
  if (file.isOlder || file.modified < os.time() - KEPT_AFTER_SECONDS) return true;
  return writeDurably(`${file.path}.old`, text);
}

function applyTo(settings: KOReader.LuaSettings, changes: readonly KeyChange[]): void {
  for (const { key, value } of changes) {
    if (value === undefined) settings.delSetting(key);
    else settings.saveSetting(key, toNative(value));
  }
}

/** Back to what was read. The broken file goes first: it may be a full disk that broke it. */
function restore({ file, text, sighting }: SidecarReading): void {
  const broken = find(sighting.book)?.files[0]?.path;
  if (broken !== undefined && broken !== file.path) os.remove(broken);
  if (readBytes(`${file.path}.old`) === text) {
    os.remove(file.path);
    os.rename(`${file.path}.old`, file.path);
  } else if (readBytes(file.path) !== text) {
    writeDurably(file.path, text);
  }
}

/** @see SidecarFiles.write */
export function write(reading: SidecarReading, change: SidecarChange): Result<SidecarReading, SidecarUnwritten> {
  const { book } = reading.sighting;
  const refused = refusal(reading, change);
  if (refused !== undefined) return failure(refused);
  if (!keepBackup(book, reading.text) || !keepOlder(reading)) return failure("disk");
  const settings = DocSettings.open(book);
  if (settings.source_candidate !== reading.file.path) return failure("changed");
  applyTo(settings, change.keys);
  if (isListChanged(change)) settings.makeTrue("annotations_externally_modified");
  settings.flush();
  const written = checked(reading, wanted(reading, change));
  if (written === undefined) return failure("disk");
  refreshBook(book, settings);
  return change.custom === undefined ? success(written) : writeCustom(written, change.custom);
}

function checked(before: SidecarReading, expected: DataTable): SidecarReading | undefined {
  const after = find(before.sighting.book);
  const result = after === undefined ? undefined : read(after);
  if (result?.ok === true && isSame(result.value.data, expected)) return result.value;
  restore(before);
  return undefined;
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
function writeCustom(reading: SidecarReading, changes: readonly KeyChange[]): Result<SidecarReading, SidecarUnwritten> {
  let props = tableOf(asRecord(getTable(reading.custom, "custom_props")));
  for (const { key, value } of changes) props = withKey(props, key, value);
  const original = getTable(reading.custom, "doc_props") ?? getTable(reading.data, "doc_props");
  const settings = DocSettings.openSettingsFile();
  settings.data = toNative(tableOf({ custom_props: props, doc_props: original })) as Record<string, unknown>;
  settings.flushCustomMetadata(reading.sighting.book);
  const after = find(reading.sighting.book);
  const result = after === undefined ? undefined : read(after);
  const isThere = result?.ok === true && isSame(getTable(result.value.custom, "custom_props") ?? props, props);
  refreshMetadata(reading.sighting.book);
  return isThere ? success(result.value) : failure("disk");
}
