import DataStorage = require("datastorage");
import { type CloudAccount, cloudAccountsOf } from "../core/cloud-accounts";
import { readLuaData } from "./lua-data";

/**
 * The reader's places in KOReader's cloud storage, read from its file and never written: neither generation's modules are asked,
 * because v2026.07's Dropbox writes into what it is handed, and later releases have deleted the older ones. A place that
 * was added a moment ago is there once KOReader has saved its settings.
 */
export function cloudAccounts(): CloudAccount[] {
  const file = `${DataStorage.getSettingsDir()}/cloudstorage.lua`;
  // KOReader itself falls back to the file before.
  const settings = readLuaData(file) ?? readLuaData(`${file}.old`);
  return cloudAccountsOf(settings?.["cs_servers"]);
}
