import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import { sorted } from "../core/order";
import { type Seconds } from "../core/units";
import { clock } from "./clock";
import { places } from "./places";

/** A file that may be a book, by its content. */
export interface HomeBook {
  readonly file: string;
  /** KOReader's partial MD5. */
  readonly digest: string;
}

/** As deep as TomeSync looks, and more books than an e-reader holds. */
const MOST_DEPTH = 10;
const MOST_BOOKS = 10_000;
/** What books of libraries end with. */
const ENDINGS = [".epub", ".pdf", ".cbz", ".cbr", ".mobi", ".azw3", ".fb2", ".djvu"];

/** What was found, and where the time was up. */
export interface HomeBooks {
  readonly books: HomeBook[];
  /** The last file that was looked at, where there was no time for those behind it. */
  readonly stoppedAt?: string;
}

interface Walk {
  readonly books: HomeBook[];
  /** On the clock that only goes forward. */
  readonly until: Seconds;
  last: string | undefined;
  isCut: boolean;
}

function isBook(name: string): boolean {
  const lower = string.lower(name);
  return ENDINGS.some(ending => lower.endsWith(ending));
}

function look(walk: Walk, path: string, name: string, above: readonly string[], passed: readonly string[]): void {
  const mode = lfs.attributes(path, "mode");
  if (mode === "directory") return lookIn(walk, path, above, passed);
  if (mode !== "file" || !isBook(name)) return;
  walk.last = path;
  const digest = util.partialMD5(path);
  if (digest !== undefined) walk.books.push({ file: path, digest });
}

/**
 * Hidden folders hold no books of the reader's, sidecars none at all. Links may lead in circles: no folder is looked at inside itself.
 * @param passed names from here down to what an earlier look came to
 */
function lookIn(walk: Walk, folder: string, above: readonly string[], passed: readonly string[]): void {
  const identity = `${lfs.attributes(folder, "dev")}:${lfs.attributes(folder, "ino")}`;
  if (above.length >= MOST_DEPTH || above.includes(identity) || !pcall(lfs.dir, folder)[0]) return;
  const [from = ""] = passed;
  for (const name of namesIn(folder)) {
    if (name < from || (name === from && passed.length === 1)) continue;
    walk.isCut ||= walk.books.length >= MOST_BOOKS || clock.monotonic() > walk.until;
    if (walk.isCut) return;
    look(walk, `${folder}/${name}`, name, above.concat([identity]), name === from ? passed.slice(1) : []);
  }
}

/** In an order that is the same at the next look. */
function namesIn(folder: string): string[] {
  const names: string[] = [];
  for (const name of lfs.dir(folder)) if (!name.startsWith(".") && !name.endsWith(".sdr")) names.push(name);
  return sorted(names, (a, b) => a < b);
}

/**
 * The books below the folder that the reader calls home, opened or never opened, each with its digest: up to 12 KiB are read of
 * each. Blocking: for a worker.
 * @param mostSeconds what was not looked at until then is left for another look
 * @param after where the look before this one stopped
 */
export function homeBooks(mostSeconds: Seconds, after?: string): HomeBooks {
  const until = (clock.monotonic() + mostSeconds) as Seconds;
  const walk: Walk = { books: [], until, last: after, isCut: false };
  const home = places.base("");
  if (home === undefined) return { books: [] };
  const passed = after?.startsWith(`${home}/`) === true ? after.slice(home.length + 1).split("/") : [];
  lookIn(walk, home, [], passed);
  return { books: walk.books, ...(walk.isCut && walk.last !== undefined && { stoppedAt: walk.last }) };
}
