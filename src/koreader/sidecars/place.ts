import DocSettings = require("docsettings");
import ReaderUI = require("apps/reader/readerui");
import { failure, type Result, success } from "../../core/result";
import type { PreparedWrite, SidecarSighting, SidecarUnwritten } from "../../ports/sidecars";
import { keepCopy } from "./backup";
import { refreshBook, refreshMetadata } from "./caches";
import { writeDurably } from "./durable";
import { find } from "./find";
import { readBytes } from "./read";
import { isSameNative } from "./same";

/** KOReader keeps the file that it replaces unless that is younger than this. */
const KEPT_AFTER_SECONDS = 60;

type Native = Record<string, unknown>;

/** What stands against writing: it is on screen, or no longer as it was read. */
function refusal(prepared: PreparedWrite): SidecarUnwritten | undefined {
  if (ReaderUI.instance?.document?.file === prepared.sighting.book) return "open";
  return isFirst(prepared) && readBytes(prepared.file.path) === prepared.text ? undefined : "changed";
}

/** Whether KOReader would still load that file: nothing is before it but what was passed over. */
function isFirst({ file, sighting }: PreparedWrite): boolean {
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
function keepOlder({ file, text }: PreparedWrite): boolean {
  if (file.isOlder || file.modified < os.time() - KEPT_AFTER_SECONDS) return true;
  return writeDurably(`${file.path}.old`, text);
}

function applyTo(settings: KOReader.LuaSettings, { keys, isListChanged }: PreparedWrite): void {
  for (const { key, value, isGone } of keys) {
    if (isGone) settings.delSetting(key);
    else settings.saveSetting(key, value);
  }
  if (isListChanged) settings.makeTrue("annotations_externally_modified");
}

/** Back to what was read, without writing where that can be: it may be a full disk that broke the file. */
function restore({ file, text }: PreparedWrite, broken: string): void {
  if (broken !== file.path) os.remove(broken);
  else if (readBytes(`${file.path}.old`) === text) os.rename(`${file.path}.old`, file.path);
  else writeDurably(file.path, text);
}

/**
 * KOReader removes what it found in other places as soon as it wrote the file, be that cut short on a full disk: here only
 * after the file was loaded again, as KOReader will. Corrections of metadata are copied in the same blind way; they are found
 * where they are, and move when KOReader itself writes next.
 */
function flushChecked(settings: KOReader.DocSettings, prepared: PreparedWrite): boolean {
  const { candidates } = settings;
  settings.candidates = undefined;
  const folder = settings.flush(undefined, true);
  if (folder === undefined) return false;
  const path = `${folder}/${DocSettings.getSidecarFilename(prepared.sighting.book)}`;
  if (!isSameNative(DocSettings.openSettingsFile(path).data, prepared.expected)) {
    restore(prepared, path);
    return false;
  }
  settings.candidates = candidates;
  settings.purge(path);
  return true;
}

/** Writes the sidecar itself. */
function placeKeys(prepared: PreparedWrite, breathe: (this: void) => void): SidecarUnwritten | undefined {
  const { sighting, file } = prepared;
  if (!keepCopy(sighting.book, prepared.text, prepared.copy)) return "disk";
  breathe();
  if (!keepOlder(prepared)) return "disk";
  breathe();
  // Whoever breathes may have opened the book, or closed it again.
  const problem = refusal(prepared);
  if (problem !== undefined) return problem;
  const settings = DocSettings.open(sighting.book);
  if (settings.source_candidate !== file.path) return "changed";
  applyTo(settings, prepared);
  if (!flushChecked(settings, prepared)) return "disk";
  refreshBook(sighting.book, settings);
  return undefined;
}

function placeCustom({ sighting, custom }: PreparedWrite): SidecarUnwritten | undefined {
  const settings = DocSettings.openSettingsFile();
  settings.data = custom as Native;
  settings.flushCustomMetadata(sighting.book);
  const path = find(sighting.book)?.custom?.path;
  const there = path === undefined ? undefined : DocSettings.openSettingsFile(path).data["custom_props"];
  refreshMetadata(sighting.book);
  return isSameNative(there, (custom as Native)["custom_props"]) ? undefined : "disk";
}

/** @see SidecarFiles.place */
export function place(
  prepared: PreparedWrite,
  breathe: (this: void) => void,
): Result<SidecarSighting, SidecarUnwritten> {
  let problem = refusal(prepared);
  if (problem === undefined && prepared.keys.length > 0) problem = placeKeys(prepared, breathe);
  if (problem === undefined && prepared.custom !== false) problem = placeCustom(prepared);
  if (problem !== undefined) return failure(problem);
  const sighting = find(prepared.sighting.book);
  return sighting === undefined ? failure("disk") : success(sighting);
}
