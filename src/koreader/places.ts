import Device = require("device");
import lfs = require("libs/libkoreader-lfs");
import type { Places } from "../ports/places";

/** The settings in which KOReader keeps folders: the reader's home, where its own downloads go, where one looked last. */
const KEYS = ["home_dir", "download_dir", "lastdir"];

function isFolder(path: string): boolean {
  return path.startsWith("/") && lfs.attributes(path, "mode") === "directory";
}

function withoutSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function usual(): string[] {
  const folders: string[] = [];
  for (const key of KEYS) {
    const folder = G_reader_settings.readSetting(key);
    if (typeof folder === "string") folders.push(folder);
  }
  // What KOReader's file browser shows where the reader chose no home.
  return folders.concat(Device.home_dir ?? []);
}

export const places: Places = {
  base: chosen => {
    const folder = (chosen === "" ? usual() : [chosen]).find(each => isFolder(each));
    return folder === undefined ? undefined : withoutSlash(folder);
  },
  names: folder => {
    const names: string[] = [];
    if (lfs.attributes(folder, "mode") !== "directory") return names;
    for (const name of lfs.dir(folder)) {
      if (name !== "." && name !== "..") names.push(name);
    }
    return names;
  },
  exists: path => lfs.attributes(path, "mode") !== undefined,
};
