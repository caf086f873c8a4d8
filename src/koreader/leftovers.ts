import DataStorage = require("datastorage");
import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import { store, closeStore } from "./store/open";

const SETTINGS = "ribbon.lua";

/** A file or a folder. */
function remove(path: string): void {
  if (os.remove(path)[0] !== true) ffiUtil.purgeDir(path);
}

function removeIn(folder: string, pattern: string): void {
  const names: string[] = [];
  for (const name of lfs.dir(folder)) if (string.match(name, pattern)[0] !== undefined) names.push(name);
  for (const name of names) if (name !== SETTINGS) remove(`${folder}/${name}`);
}

/** From now on there is no server any more, and `KoSettings.isLeaving`: the file is the old one or the new one, whatever happens. */
function markAsLeaving(file: string): void {
  const [marked] = io.open(`${file}.new`, "w");
  if (marked === undefined) return;
  marked.write("return { leaving = true }\n");
  ffiUtil.fsyncOpenedFile(marked);
  marked.close();
  os.rename(`${file}.new`, file);
}

/** What was fetched of books that are not here yet lies beside where they were to go. */
function removeParts(): void {
  for (const [target] of store().query("SELECT target FROM download WHERE target <> ''")) {
    const [folder] = string.match(tostring(target), "^(.*)/");
    if (folder !== undefined) pcall(() => removeIn(folder, "%.ribbon%-part$"));
  }
}

/**
 * Removes all that Ribbon wrote on this device, but no book and nothing of KOReader's. Cut short, it is done again at the next
 * start: the settings go last, and say so. KOReader may have removed the plugin's folder before, so nothing here may load a part.
 */
export function removeEverything(): void {
  const [settings, data] = [DataStorage.getSettingsDir(), DataStorage.getDataDir()];
  markAsLeaving(`${settings}/${SETTINGS}`);
  pcall(removeParts);
  pcall(closeStore);
  removeIn(settings, "^ribbon[.-]");
  remove(`${data}/cache/ribbon`);
  remove(`${data}/ribbon-diagnostics.txt`);
  os.remove(`${settings}/${SETTINGS}`);
}
