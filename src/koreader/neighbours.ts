import DataStorage = require("datastorage");
import LuaSettings = require("luasettings");
import PluginLoader = require("pluginloader");
import type { Neighbours } from "../ports/neighbours";

type Fields = Readonly<Record<string, unknown>>;

function tableOf(value: unknown): Fields {
  return type(value) === "table" ? (value as Fields) : {};
}

function isOn(plugin: string): boolean {
  return tableOf(G_reader_settings.readSetting("plugins_disabled"))[plugin] !== true;
}

/** Its settings stood among KOReader's own until v2026.03, and have a file of their own since. */
function kosyncSettings(): Fields {
  const own = LuaSettings.open(`${DataStorage.getSettingsDir()}/kosync.lua`).readSetting("settings");
  return tableOf(own ?? G_reader_settings.readSetting("kosync"));
}

/** Other plugins that do what we do. */
export const neighbours: Neighbours = {
  hasTomeSync: () => PluginLoader.getPluginInstance("tomesync") !== undefined && isOn("tomesync"),
  movesPages: () => isOn("kosync") && kosyncSettings()["auto_sync"] === true,
};
