import lfs = require("libs/libkoreader-lfs");
import util = require("util");
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

interface Walk {
  readonly books: HomeBook[];
  /** On the clock that only goes forward. */
  readonly until: Seconds;
}

function isBook(name: string): boolean {
  const lower = string.lower(name);
  return ENDINGS.some(ending => lower.endsWith(ending));
}

function look(walk: Walk, path: string, name: string, above: readonly string[]): void {
  const mode = lfs.attributes(path, "mode");
  if (mode === "directory") return lookIn(walk, path, above);
  if (mode !== "file" || !isBook(name)) return;
  const digest = util.partialMD5(path);
  if (digest !== undefined) walk.books.push({ file: path, digest });
}

/** Hidden folders hold no books of the reader's, sidecars none at all. Links may lead in circles: no folder is looked at inside itself. */
function lookIn(walk: Walk, folder: string, above: readonly string[]): void {
  const identity = `${lfs.attributes(folder, "dev")}:${lfs.attributes(folder, "ino")}`;
  if (above.length >= MOST_DEPTH || above.includes(identity) || !pcall(lfs.dir, folder)[0]) return;
  for (const name of lfs.dir(folder)) {
    if (walk.books.length >= MOST_BOOKS || clock.monotonic() > walk.until) return;
    if (!name.startsWith(".") && !name.endsWith(".sdr"))
      look(walk, `${folder}/${name}`, name, above.concat([identity]));
  }
}

/**
 * The books below the folder that the reader calls home, opened or never opened, each with its digest: up to 12 KiB are read of
 * each. Blocking: for a worker.
 * @param mostSeconds what was found until then is all
 */
export function homeBooks(mostSeconds: Seconds): HomeBook[] {
  const walk: Walk = { books: [], until: (clock.monotonic() + mostSeconds) as Seconds };
  const home = places.base("");
  if (home !== undefined) lookIn(walk, home, []);
  return walk.books;
}
