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
import { read, readBytes, readData } from "./read";
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
  return isFirst(reading) && readBytes(reading.file.path) === reading.text ? undefined : "changed";
}

/** Whether KOReader would still load that file: nothing is before it but what was passed over. */
function isFirst({ file, sighting }: SidecarReading): boolean {
  for (const [index, { path, size, modified }] of (find(sighting.book)?.files ?? []).entries()) {
    if (path === file.path) return true;
    const before = sighting.files[index];
    if (before?.path !== path || before.size !== size || before.modified !== modified) return false;
  }
  return false;
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

/** Back to what was read, without writing where that can be: it may be a full disk that broke the file. */
function restore({ file, text }: SidecarReading, broken: string): void {
  if (broken !== file.path) os.remove(broken);
  else if (readBytes(`${file.path}.old`) === text) os.rename(`${file.path}.old`, file.path);
  else writeDurably(file.path, text);
}

/**
 * KOReader removes what it found in other places as soon as it wrote the file, be that cut short on a full disk: here only
 * after the file was read again. Corrections of metadata are copied in the same blind way; they are found where they are, and
 * move when KOReader itself writes next.
 */
function flushChecked(
  settings: KOReader.DocSettings,
  reading: SidecarReading,
  expected: DataTable,
): { readonly path: string; readonly text: string; readonly data: DataTable } | undefined {
  const { candidates } = settings;
  settings.candidates = undefined;
  const folder = settings.flush(undefined, true);
  if (folder === undefined) return undefined;
  const path = `${folder}/${DocSettings.getSidecarFilename(reading.sighting.book)}`;
  const written = readData(path);
  if (!written.ok || !isSame(written.value.data, expected)) {
    restore(reading, path);
    return undefined;
  }
  settings.candidates = candidates;
  settings.purge(path);
  return { path, ...written.value };
}

/** What the sidecar says now. */
function readAgain(book: string): Result<SidecarReading, SidecarUnwritten> {
  const sighting = find(book);
  const result = sighting === undefined ? undefined : read(sighting);
  return result?.ok === true ? success(result.value) : failure("disk");
}

/** Writes the sidecar itself; what it says then was read when it was checked. */
function writeKeys(reading: SidecarReading, change: SidecarChange): Result<SidecarReading, SidecarUnwritten> {
  const { book } = reading.sighting;
  if (!keepBackup(book, reading.text) || !keepOlder(reading)) return failure("disk");
  const settings = DocSettings.open(book);
  if (settings.source_candidate !== reading.file.path) return failure("changed");
  applyTo(settings, change.keys);
  if (isListChanged(change)) settings.makeTrue("annotations_externally_modified");
  const written = flushChecked(settings, reading, wanted(reading, change));
  if (written === undefined) return failure("disk");
  refreshBook(book, settings);
  const sighting = find(book);
  const file = sighting?.files[0];
  return sighting !== undefined && file?.path === written.path
    ? success({ ...reading, sighting, file, text: written.text, data: written.data })
    : readAgain(book);
}

/** @see SidecarFiles.write */
export function write(reading: SidecarReading, change: SidecarChange): Result<SidecarReading, SidecarUnwritten> {
  const problem = refusal(reading, change);
  if (problem !== undefined) return failure(problem);
  const written = change.keys.length === 0 ? readAgain(reading.sighting.book) : writeKeys(reading, change);
  return !written.ok || change.custom === undefined ? written : writeCustom(written.value, change.custom);
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
  const result = readAgain(reading.sighting.book);
  const isThere = result.ok && isSame(getTable(result.value.custom, "custom_props"), props);
  refreshMetadata(reading.sighting.book);
  return isThere ? result : failure("disk");
}
