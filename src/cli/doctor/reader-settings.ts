import fs from "node:fs";
import path from "node:path";
import { readLuaData } from "../../core/sdr/lua-reader";
import { type DataTable, EMPTY, get, getTable } from "../../core/sdr/lua-value";
import { bad, type Finding, good, note } from "./finding";
import { pathsFindings } from "./plugin-paths";

const ABOUT = "KOReader's settings";
const LARGEST = 16 * 1024 * 1024;

/**
 * What KOReader's own settings say about Ribbon and about TomeSync: `plugins_disabled`, and since v2026.07
 * `plugins_disable_external`, which switches off every plugin that did not come with KOReader. Read as data, never run.
 */
export function settingsFindings(data: string, plugins: string): Finding[] {
  const settings = readSettings(path.join(data, "settings.reader.lua"));
  if (settings === undefined) return [note(ABOUT, "settings.reader.lua cannot be read")];
  return [switchFinding(settings), ...pathsFindings(settings, data, plugins), ...tomeSyncFindings(settings, plugins)];
}

function switchFinding(settings: DataTable): Finding {
  if (isOff(settings, "ribbon"))
    return bad(ABOUT, "Ribbon is switched off", "KOReader: Tools › More tools › Plugin management, tick Ribbon");
  if (get(settings, "plugins_disable_external") === true)
    return bad(ABOUT, "all plugins that did not come with KOReader are switched off", "KOReader: Plugin management");
  return good(ABOUT, "Ribbon is not switched off");
}

function tomeSyncFindings(settings: DataTable, plugins: string): Finding[] {
  const isThere = fs.existsSync(path.join(plugins, "tomesync.koplugin/main.lua"));
  if (!isThere || isOff(settings, "tomesync")) return [];
  const remedy = "Ribbon offers on the device to take over from it; or switch one of the two off";
  return [note("TomeSync", "is there as well: what you read would count twice", remedy)];
}

function isOff(settings: DataTable, plugin: string): boolean {
  return get(getTable(settings, "plugins_disabled"), plugin) === true;
}

/** An empty table for a KOReader that was never started; nothing for what is no data. */
function readSettings(file: string): DataTable | undefined {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return EMPTY;
  if (!found.isFile() || found.size > LARGEST) return undefined;
  const read = readLuaData(fs.readFileSync(file, "latin1"));
  return read.ok ? read.value : undefined;
}
