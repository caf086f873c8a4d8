import lfs = require("libs/libkoreader-lfs");
import { epochSeconds } from "../../core/units";
import type { FileStamp, SidecarFile, SidecarSighting } from "../../ports/sidecars";
import { type Candidate, candidatesOf, customCandidatesOf } from "./places";

/** A file changed so lately may change again without its time showing it: times count whole seconds, on vfat two. */
const YOUNG_SECONDS = 2;

/** A sidecar file, and the time by which KOReader orders it. */
interface Ordered {
  readonly file: SidecarFile;
  readonly at: number;
}

function fileAt(path: string): FileStamp | undefined {
  const [found] = lfs.attributes(path);
  if (found?.mode !== "file") return undefined;
  return { path, size: found.size, modified: epochSeconds(found.modification) };
}

/** The newest first; among those of one time, the one that KOReader prefers. */
function insert(files: Ordered[], added: Ordered): void {
  const later = files.findIndex(({ at }) => at < added.at);
  files.splice(later < 0 ? files.length : later, 0, added);
}

/** A file is never younger than the copy of what it was before, whatever their times say: as KOReader has it. */
function addCandidate(files: Ordered[], { path, place, hasOlder }: Candidate): void {
  const file = fileAt(path);
  const older = hasOlder ? fileAt(`${path}.old`) : undefined;
  if (file !== undefined) {
    const at = Math.max(file.modified, older?.modified ?? file.modified);
    insert(files, { file: { ...file, place, isOlder: false }, at });
  }
  if (older !== undefined) insert(files, { file: { ...older, place, isOlder: true }, at: older.modified });
}

function customOf(book: string): FileStamp | undefined {
  for (const path of customCandidatesOf(book)) {
    const file = fileAt(path);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Where a book's sidecar is; nothing when it was never opened on this device. */
export function find(book: string): SidecarSighting | undefined {
  const files: Ordered[] = [];
  for (const candidate of candidatesOf(book)) addCandidate(files, candidate);
  if (files.length === 0) return undefined;
  const custom = customOf(book);
  return { book, files: files.map(({ file }) => file), ...(custom === undefined ? {} : { custom }) };
}

const told = ({ path, size, modified }: FileStamp): string => `${path}|${size}|${modified}`;

/** One line that changes when the sidecar does; empty while its files are too young to tell. A clock set back makes files young. */
export function stampOf({ files, custom }: SidecarSighting): string {
  const watched: FileStamp[] = files.slice(0, 1);
  if (custom !== undefined) watched.push(custom);
  const now = os.time();
  const isYoung = watched.some(({ modified }) => modified > now - YOUNG_SECONDS);
  return isYoung ? "" : watched.map(file => told(file)).join("|");
}
