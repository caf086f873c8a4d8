import DataStorage = require("datastorage");
import Device = require("device");
import ReadHistory = require("readhistory");
import lfs = require("libs/libkoreader-lfs");
import { bookOf, bookOfHistory, isSidecarFolder } from "./names";
import { isFile, isFolder } from "./places";

/** Folders in folders, at most; KOReader's copies of absolute paths are no deeper than the paths are. */
const MOST_DEPTH = 32;

/** Takes a book that may have a sidecar. */
export type TakeBook = (this: void, book: string) => void;

/** Takes every file in a folder that ends with `.sdr`. */
type TakeSidecar = (this: void, folder: string, name: string) => void;

/** A folder by device and inode; nothing when it cannot be read. */
function identityOf(folder: string): string | undefined {
  const [found] = lfs.attributes(folder);
  return found?.mode === "directory" && pcall(lfs.dir, folder)[0] ? `${found.dev}:${found.ino}` : undefined;
}

/**
 * Folders that are hidden (`.kobo-images` alone holds thousands) hold no books. Links may lead in circles: no folder is
 * walked inside itself.
 */
function walkFolder(take: TakeSidecar, folder: string, above: readonly string[]): void {
  const identity = identityOf(folder);
  if (identity === undefined || above.length > MOST_DEPTH || above.includes(identity)) return;
  const inSidecar = isSidecarFolder(folder);
  const below: string[] = [];
  for (const name of lfs.dir(folder)) {
    if (inSidecar) take(folder, name);
    else if (string.sub(name, 1, 1) !== "." && isFolder(`${folder}/${name}`)) below.push(`${folder}/${name}`);
  }
  for (const child of below) walkFolder(take, child, above.concat([identity]));
}

function sidecarsBelow(folder: string, take: TakeSidecar): void {
  walkFolder(take, folder, []);
}

function homeFolder(): string | undefined {
  const chosen: unknown = G_reader_settings.readSetting("home_dir");
  return typeof chosen === "string" ? chosen : Device.home_dir;
}

/** The books that KOReader remembers, newest first. */
export function booksOfHistory(take: TakeBook): void {
  for (const { file } of ReadHistory.hist) take(file);
}

/** Books with a sidecar beside them, below the folder that the reader calls home. */
export function booksAtHome(take: TakeBook): void {
  const home = homeFolder();
  if (home === undefined) return;
  sidecarsBelow(home, (folder, name) => {
    const book = bookOf(folder, name);
    if (book !== undefined && isFile(book)) take(book);
  });
}

/** Books whose sidecars are in KOReader's own folder, under the book's path as it was when it was last closed. */
export function booksByPath(take: TakeBook): void {
  const root = DataStorage.getDocSettingsDir();
  sidecarsBelow(root, (folder, name) => {
    const book = bookOf(string.sub(folder, string.len(root) + 1), name);
    if (book !== undefined && isFile(book)) take(book);
  });
}

/** Sidecars in the folder by digest. Their names do not say which book they are of: `path` is all there is. */
export function sidecarsByDigest(take: (this: void, path: string) => void): void {
  sidecarsBelow(DataStorage.getDocSettingsHashDir(), (folder, name) => {
    if (string.match(name, "^metadata%..+%.lua$")[0] !== undefined) take(`${folder}/${name}`);
  });
}

/** Books whose sidecars a KOReader from before 2016 left. */
export function booksOfLegacyHistory(take: TakeBook): void {
  const folder = DataStorage.getHistoryDir();
  if (!isFolder(folder)) return;
  for (const name of lfs.dir(folder)) {
    const book = bookOfHistory(name);
    if (book !== undefined && isFile(book)) take(book);
  }
}
