import DataStorage = require("datastorage");
import lfs = require("libs/libkoreader-lfs");
import sha2 = require("ffi/sha2");
import util = require("util");
import { sorted } from "../../core/order";
import { fileName } from "../../core/book";
import { sheetPath } from "../sdr-sheets";
import { writeDurably } from "./durable";
import { isFile, isFolder } from "./places";

const MOST_DAYS = 30;
const MOST_BYTES = 20 * 1024 * 1024;

/** One folder a day, named by the day. */
const root = (): string => `${DataStorage.getSettingsDir()}/ribbon-sdr-backup`;
const dayFolder = (): string => `${root()}/${os.date("%Y-%m-%d")}`;

/** The path's digest keeps books of one name apart. */
const nameOf = (book: string): string =>
  `${string.sub(sha2.md5(book), 1, 12)}-${string.sub(fileName(book), 1, 80)}.lua`;

/** Where this day's backup of a book is, or will be. */
const backupPath = (book: string): string => `${dayFolder()}/${nameOf(book)}`;

function namesIn(folder: string): string[] {
  const names: string[] = [];
  for (const name of lfs.dir(folder)) if (string.sub(name, 1, 1) !== ".") names.push(name);
  return sorted(names, (a, b) => a < b);
}

function bytesIn(folder: string): number {
  let bytes = 0;
  for (const name of namesIn(folder)) bytes += lfs.attributes(`${folder}/${name}`, "size") ?? 0;
  return bytes;
}

function removeDay(folder: string): void {
  for (const name of namesIn(folder)) os.remove(`${folder}/${name}`);
  lfs.rmdir(folder);
}

/** Oldest days go first; the newest stays, however large. */
function prune(): void {
  const days = namesIn(root()).filter(name => isFolder(`${root()}/${name}`));
  const sizes = days.map(day => bytesIn(`${root()}/${day}`));
  let bytes = 0;
  for (const size of sizes) bytes += size;
  let kept = days.length;
  days.forEach((day, index) => {
    if (kept <= 1 || (kept <= MOST_DAYS && bytes <= MOST_BYTES)) return;
    removeDay(`${root()}/${day}`);
    bytes -= sizes[index] ?? 0;
    kept -= 1;
  });
}

/**
 * Keeps a sidecar as it is before the first change of a day: 30 days, and 20 MB unless one day alone has more. The first
 * line of the file names the sidecar. False when it could not be kept.
 */
function keepBackup(book: string, text: string): boolean {
  const path = backupPath(book);
  if (isFile(path)) return true;
  const isNewDay = !isFolder(dayFolder());
  util.makePath(dayFolder());
  if (!writeDurably(path, text)) {
    os.remove(path);
    return false;
  }
  if (isNewDay) prune();
  return true;
}

/**
 * For a worker: a copy that waits for the disk here, so that the reader does not have to.
 * @returns where it is, empty where this day has a backup already; nothing when it could not be made
 */
export function copyForBackup(book: string, text: string): string | undefined {
  if (isFile(backupPath(book))) return "";
  const path = sheetPath(`${nameOf(book)}.copy`);
  if (writeDurably(path, text)) return path;
  os.remove(path);
  return undefined;
}

/** Keeps such a copy as the day's backup, or the text itself where it cannot be moved. */
export function keepCopy(book: string, text: string, copy: string): boolean {
  const path = backupPath(book);
  const hasDay = isFolder(dayFolder());
  if (copy !== "" && hasDay && !isFile(path) && os.rename(copy, path)[0] === true) return true;
  const isKept = keepBackup(book, text);
  if (copy !== "") os.remove(copy);
  return isKept;
}

/** The backups of a book, newest first. */
export function backupsOf(book: string): string[] {
  if (!isFolder(root())) return [];
  const days = sorted(namesIn(root()), (a, b) => a > b);
  return days.map(day => `${root()}/${day}/${nameOf(book)}`).filter(path => isFile(path));
}
