import DataStorage = require("datastorage");
import PluginLoader = require("pluginloader");
import UIManager = require("ui/uimanager");
import util = require("util");
import type { TomeSyncState } from "../ports/neighbours";
import { readLuaData, readShortFile } from "./lua-data";

/** A setting that the reader changed on the device, else what the server baked into the plugin when it was downloaded. */
function settingOf(key: string, source: string, name: string): string | undefined {
  const set: unknown = G_reader_settings.readSetting(key);
  if (typeof set === "string" && set !== "") return set;
  const [baked] = string.match(source, `\nlocal ${name}[^\n]*"([^"\n]+)"`);
  return baked;
}

function sourceText(): string {
  const path: unknown = (PluginLoader.getPluginInstance("tomesync") as { path?: unknown } | undefined)?.path;
  return typeof path === "string" ? (readShortFile(`${path}/main_impl.lua`) ?? "") : "";
}

/** Read, never changed: whoever goes back to TomeSync finds everything as it was. */
export function tomeSyncState(): TomeSyncState {
  const source = sourceText();
  const state = readLuaData(`${DataStorage.getSettingsDir()}/tomesync_state.lua`);
  const stored = (key: string): unknown => state?.[key] ?? G_reader_settings.readSetting(key);
  const url = settingOf("tomesync_server_url", source, "SERVER_URL");
  const key = settingOf("tomesync_api_key", source, "API_KEY");
  return {
    ...(url !== undefined ? { url } : {}),
    ...(key !== undefined ? { key } : {}),
    bookMap: stored("tomesync_book_map"),
    pendingSessions: stored("tomesync_pending_sessions"),
  };
}

/** The digest of a file; reads up to 12 KiB of it, so only in a worker. */
export const digestOf = (file: string): string | undefined => util.partialMD5(file);

/** As KOReader's own list of plugins does it; it takes effect with the next start, which is asked for. */
export function switchOffTomeSync(): void {
  const stored: unknown = G_reader_settings.readSetting("plugins_disabled");
  const disabled = type(stored) === "table" ? (stored as Record<string, boolean>) : {};
  G_reader_settings.saveSetting("plugins_disabled", { ...disabled, tomesync: true });
  UIManager.askForRestart();
}
