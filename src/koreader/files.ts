import lfs = require("libs/libkoreader-lfs");
import util = require("util");

/** Whether a file of this name is there; a folder is none. */
export function isFile(path: string): boolean {
  return lfs.attributes(path, "mode") === "file";
}

/** Whether anything has this name. */
export function isTaken(path: string): boolean {
  return lfs.attributes(path, "mode") !== undefined;
}

/** In bytes; 0 when there is no such file. */
export function sizeOf(path: string): number {
  return lfs.attributes(path, "size") ?? 0;
}

/** KOReader's partial MD5: twelve samples, quick enough for the main loop. Nothing when the file cannot be read. */
export function digestOf(path: string): string | undefined {
  return util.partialMD5(path);
}
