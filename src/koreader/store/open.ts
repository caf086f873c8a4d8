import DataStorage = require("datastorage");
import Device = require("device");
import { Database } from "./database";
import { migrate } from "./migrations";

let opened: Database | undefined;

/** The store of this device, opened when it is first needed and kept open: KOReader starts without waiting for it. */
export function store(): Database {
  if (opened === undefined) {
    const database = new Database(`${DataStorage.getSettingsDir()}/ribbon.sqlite3`, Device.canUseWAL());
    migrate(database);
    opened = database;
  }
  return opened;
}
