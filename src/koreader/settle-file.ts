import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import type { Failure } from "../core/failure";
import { failure, type Result, success } from "../core/result";

/** What every file system takes of a name, in bytes. */
const LONGEST_NAME = 255;
const ENDING = ".ribbon-part";

/** Up to so many bytes of a text in UTF-8, without a cut character. */
function beginning(text: string, mostBytes: number): string {
  let last = Math.min(mostBytes, text.length);
  // A byte 10xxxxxx goes on with the character before it.
  while (last < text.length && last > 0 && isInside(string.byte(text, last + 1))) last -= 1;
  return string.sub(text, 1, last);
}

const isInside = (byte: number): boolean => byte >= 0x80 && byte < 0xc0;

/**
 * The temporary name of a book on its way to `target`: beside it, hidden, and nothing that KOReader opens. An absolute path, as
 * `target` is one.
 */
export function partPathOf(target: string): string {
  const [folder, name] = util.splitFilePathName(target);
  return `${folder}.${beginning(name, LONGEST_NAME - ENDING.length - 1)}${ENDING}`;
}

/** Throws away what was fetched of a book; nothing there is fine. */
export function discardPart(target: string): void {
  os.remove(partPathOf(target));
}

/** Takes what was fetched along to another name; false where there is nothing, or the system refuses. */
export function movePart(from: string, to: string): boolean {
  const [folder] = util.splitFilePathName(to);
  util.makePath(folder);
  return os.rename(partPathOf(from), partPathOf(to))[0] === true;
}

/**
 * Whether the whole of a book lies under its temporary name: its partial MD5 alone would not tell, which looks at some places only.
 * @param digest as it was when all of it was here
 * @param total the length of the whole, in bytes, where the server said it
 */
export function isWhole(target: string, digest: string, total: number | undefined): boolean {
  const part = partPathOf(target);
  const size = lfs.attributes(part, "size");
  return size !== undefined && size === (total ?? size) && util.partialMD5(part) === digest;
}

/**
 * Gives a whole, synced file its name: the last step of a download, some system calls, quick enough for the main loop. Whenever
 * the device dies, the whole file is there under the one name or the other.
 *
 * A file that has the name already is replaced only when `replaces`; else it is a `conflict`, unless it is this very book (by
 * `digest`, its partial MD5): then an earlier call did not get to say that it was done. `disk`: the part is gone, as with its
 * folder, or the system refuses.
 */
export function settle(target: string, digest: string, replaces: boolean): Result<true, Failure> {
  const part = partPathOf(target);
  const isHere = lfs.attributes(target, "mode") !== undefined;
  if (isHere && !replaces) return keep(part, target, digest);
  const [moved, problem] = os.rename(part, target);
  if (moved !== true) return failure({ reason: "disk", detail: problem });
  // Some file systems of e-readers cannot sync a folder: the name reaches the disk when they see fit.
  ffiUtil.fsyncDirectory(target);
  return success(true);
}

function keep(part: string, target: string, digest: string): Result<true, Failure> {
  if (util.partialMD5(target) !== digest) return failure({ reason: "conflict", detail: target });
  os.remove(part);
  return success(true);
}
