import DataStorage = require("datastorage");
import sha2 = require("ffi/sha2");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import type { Connection } from "../core/connection";

/** A file that is looked at is used now, as far as the order of their removal goes; not more often than this. */
const TOUCH_SECONDS = 3600;
/** An id of a server's book that can be part of a name as it is. */
const PLAIN_ID = "^[%w-]+$";
const LONGEST_ID = 32;

/** Where everything lies that can be fetched again; whoever empties KOReader's cache folder loses nothing. */
function cacheFolder(): string {
  return `${DataStorage.getDataDir()}/cache/ribbon`;
}

const digest = (text: string): string => sha2.md5(text).slice(0, 16);

/** Server and reader: another address or another key may be another library. */
const nameOf = ({ id, url, key }: Connection): string => digest(`${id}\n${url}\n${key}`);

/** What was seen of one library, in files. */
export class LibraryFolder {
  readonly path: string;

  constructor(connection: Connection) {
    this.path = `${cacheFolder()}/${nameOf(connection)}`;
  }

  list(name: string): string {
    return `${this.path}/list-${digest(name)}`;
  }

  cover(remoteId: string): string {
    return `${this.path}/cover-${plain(remoteId)}.jpg`;
  }

  /** Says that a book has no cover. */
  noCover(remoteId: string): string {
    return `${this.path}/cover-${plain(remoteId)}.none`;
  }

  details(remoteId: string): string {
    return `${this.path}/book-${plain(remoteId)}`;
  }

  /** What was searched for, marked, and is known to be lacking. */
  notes(): string {
    return `${this.path}/notes`;
  }

  make(): void {
    util.makePath(this.path);
  }
}

function plain(id: string): string {
  const [whole] = string.match(id, PLAIN_ID);
  return whole !== undefined && id.length <= LONGEST_ID ? id : digest(id);
}

/** Under which name a worker writes a file; the parent gives it its own. */
export const unfinished = (file: string): string => `${file}.new`;

/** Gives what a worker wrote its name. */
export function finish(file: string): boolean {
  const [renamed] = os.rename(unfinished(file), file);
  return renamed !== undefined;
}

export function isThere(file: string): boolean {
  return lfs.attributes(file, "mode") === "file";
}

/** When a file was written or last looked at, in seconds; nothing when there is none. */
export function usedAt(file: string): number | undefined {
  return lfs.attributes(file, "modification");
}

/** Notes that a file is of use, so that others go before it. */
export function touch(file: string, now: number): void {
  const at = usedAt(file);
  if (at !== undefined && math.abs(now - at) > TOUCH_SECONDS) lfs.touch(file, now, now);
}

/** Folders of libraries that none of these connections leads to any more. */
export function strangers(connections: readonly Connection[]): string[] {
  const known = connections.map(connection => nameOf(connection));
  return foldersIn(cacheFolder())
    .filter(name => !known.includes(name))
    .map(name => `${cacheFolder()}/${name}`);
}

function foldersIn(folder: string): string[] {
  const names: string[] = [];
  if (lfs.attributes(folder, "mode") !== "directory") return names;
  for (const name of lfs.dir(folder)) if (name !== "." && name !== "..") names.push(name);
  return names;
}

/** @returns whether it is gone */
export function removeFile(file: string): boolean {
  const [removed] = os.remove(file);
  return removed === true;
}

/** @returns whether it is gone; only an empty one goes */
export function removeFolder(folder: string): boolean {
  const [removed] = lfs.rmdir(folder);
  return removed === true;
}

/** The files of a library's folder, with their paths. */
export function filesIn(folder: string): string[] {
  return foldersIn(folder).map(name => `${folder}/${name}`);
}

/** All files of all libraries. */
export function allFiles(): string[] {
  let files: string[] = [];
  for (const folder of filesIn(cacheFolder())) files = files.concat(filesIn(folder));
  return files;
}
