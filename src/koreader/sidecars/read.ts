import { failure, type Result, success } from "../../core/result";
import { SIDECAR_LIMITS } from "../../core/sdr/limits";
import { readLuaData } from "../../core/sdr/lua-reader";
import { type DataTable, getText } from "../../core/sdr/lua-value";
import type {
  SidecarFile,
  SidecarGlance,
  SidecarReading,
  SidecarSighting,
  SidecarUnreadable,
} from "../../ports/sidecars";
import { isFile } from "./places";

interface FileData {
  readonly text: string;
  readonly data: DataTable;
}

/**
 * One byte more than may be read tells a file that is too long. LuaJIT makes room for all that is asked for, and its collector works
 * that off at once: no more is asked for than is there.
 */
export function readBytes(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  if (file === undefined) return undefined;
  const [size] = file.seek("end");
  file.seek("set");
  const text = file.read(Math.min(size ?? 0, SIDECAR_LIMITS.bytes) + 1);
  file.close();
  return text;
}

/** A file of KOReader's, read without running it. */
function readData(path: string): Result<FileData, SidecarUnreadable> {
  const text = readBytes(path);
  if (text === undefined) return failure(isFile(path) ? "not-data" : "missing");
  const read = readLuaData(text);
  return read.ok ? success({ text, data: read.value }) : failure(read.failure.reason);
}

/** Whether its end is missing, or its middle: it is compiled, and not run. */
function isTorn(path: string): boolean {
  const text = readBytes(path);
  return text !== undefined && text.length <= SIDECAR_LIMITS.bytes && load(text, "=sidecar", "t", {})[0] === undefined;
}

/** What KOReader passes over when it looks for a sidecar, and removes. */
const isPassedOver = ({ size, path }: SidecarFile, read: Result<FileData, SidecarUnreadable>): boolean =>
  size === 0 || (read.ok ? read.value.data.keys.length === 0 : isTorn(path));

/**
 * What the file says that KOReader would load: the first that is neither empty nor torn. Another one that we cannot read is not
 * passed over: an older copy would be taken for what the reader sees.
 */
export function read(sighting: SidecarSighting): Result<SidecarReading, SidecarUnreadable> {
  for (const file of sighting.files) {
    const found = readData(file.path);
    if (isPassedOver(file, found)) continue;
    return found.ok ? success({ sighting, file, ...found.value, ...customOf(sighting) }) : found;
  }
  return failure("missing");
}

function customOf({ custom }: SidecarSighting): { custom?: DataTable } {
  const found = custom === undefined ? undefined : readData(custom.path);
  return found?.ok === true ? { custom: found.value.data } : {};
}

/** The book that a sidecar says it is of. */
export function bookIn(path: string): string | undefined {
  const found = readData(path);
  const book = found.ok ? getText(found.value.data, "doc_path") : undefined;
  return book !== undefined && isFile(book) ? book : undefined;
}

/** KOReader writes an end of line as a backslash and that; texts with other escapes are rare, and not guessed. */
function textIn(text: string, key: string): string {
  const [found = ""] = string.match(text, `%["${key}"%] = "([^"]*)"`);
  return string.gsub(found, "\\\n", "\n")[0];
}

/** What a sidecar's text seems to say, without reading the rest of it: a guess, as a note may hold the like. */
export function glance({ files }: SidecarSighting): SidecarGlance {
  const text = (files[0] === undefined ? undefined : readBytes(files[0].path)) ?? "";
  return {
    digest: string.match(text, '%["partial_md5_checksum"%] = "(%x+)"')[0],
    title: textIn(text, "title"),
    authors: textIn(text, "authors"),
    identifiers: textIn(text, "identifiers"),
  };
}
