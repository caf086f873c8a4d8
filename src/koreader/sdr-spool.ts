import DataStorage = require("datastorage");
import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import { isCloudName } from "../core/cloud-name";
import { clearSheets } from "./sdr-sheets";

/** `in`: fetched and whole. `out`: to be put. */
export type SpoolSide = "in" | "out";

const PART = ".part";

/** Files on their way between the folder in the cloud and the store: a worker must not open the store. */
export class SdrSpoolFolder {
  private readonly root = `${DataStorage.getSettingsDir()}/ribbon-sdr-spool`;

  /** Whole or not at all. What was fetched is on the disk when this returns: it is not fetched again. */
  write(side: SpoolSide, name: string, bytes: string): boolean {
    if (!isCloudName(name)) return false;
    const path = this.pathOf(side, name);
    util.makePath(`${this.root}/${side}`);
    const [file] = io.open(`${path}${PART}`, "wb");
    if (file === undefined) return false;
    const [written] = file.write(bytes);
    const isWhole = written !== undefined && file.flush();
    if (side === "in") ffiUtil.fsyncOpenedFile(file);
    const isMoved = file.close() && isWhole && os.rename(`${path}${PART}`, path)[0] === true;
    if (!isMoved) os.remove(`${path}${PART}`);
    return isMoved;
  }

  read(side: SpoolSide, name: string): string | undefined {
    if (!isCloudName(name)) return undefined;
    const [file] = io.open(this.pathOf(side, name), "rb");
    const bytes = file?.read("*a");
    file?.close();
    return bytes;
  }

  has(side: SpoolSide, name: string): boolean {
    return lfs.attributes(this.pathOf(side, name), "mode") === "file";
  }

  remove(side: SpoolSide, name: string): void {
    if (isCloudName(name)) os.remove(this.pathOf(side, name));
  }

  /** Whatever an earlier run of KOReader left to be put: it may not have come to the disk whole. */
  clearOut(): void {
    clearSheets();
    for (const name of this.names("out")) this.remove("out", name);
  }

  /** In no order; what a worker that died left half written is removed. */
  names(side: SpoolSide): string[] {
    const folder = `${this.root}/${side}`;
    const names: string[] = [];
    if (lfs.attributes(folder, "mode") !== "directory") return names;
    for (const name of lfs.dir(folder)) {
      if (isCloudName(name) && !name.endsWith(PART)) names.push(name);
      else if (name.endsWith(PART)) os.remove(`${folder}/${name}`);
    }
    return names;
  }

  private pathOf(side: SpoolSide, name: string): string {
    return `${this.root}/${side}/${name}`;
  }
}
