import { failure, success, type Result } from "../result";
import type { Sha256 } from "./diff";
import { readJson } from "./json-reader";
import { jsonText } from "./json-text";
import { get, getNumber, getTable, getText, isTable, tableOf, type DataTable, type LuaValue } from "./lua-value";
import { isDeviceId, isHlc, type DeviceId, type Hlc } from "./stamp";
import { readSegmentName, segmentName, type SegmentKind } from "./segment-name";

/** What the first line of a segment says. */
export interface SegmentHeader {
  readonly device: DeviceId;
  readonly seq: number;
  /** What the reader calls the device. */
  readonly label: string;
  /** The clock of the device when it wrote this: whoever reads it goes on from there. */
  readonly hlc: Hlc;
  /** For each device, the number of its last file that was joined before this was written. */
  readonly seen: Readonly<Record<string, number>>;
}

export interface Segment {
  readonly header: SegmentHeader;
  /** To be read one by one with `readEntry`. */
  readonly lines: readonly string[];
}

export interface SegmentFile {
  readonly name: string;
  readonly bytes: string;
}

/**
 * `foreign`: not a name of ours. `torn`: shorter or longer than its name says. `damaged`: other bytes than its name says.
 * `newer`: written by a version that we cannot read. `garbled`: no header of ours.
 */
export type SegmentFailure = "foreign" | "torn" | "damaged" | "newer" | "garbled";

const VERSION = 1;
const LONGEST_LABEL = 100;

function headerLine(header: SegmentHeader): string {
  const { device, seq, label, hlc, seen } = header;
  return jsonText(tableOf({ f: "ksync", v: VERSION, min: 1, dev: device, seq, label, hlc, seen: tableOf(seen) }));
}

/** A file that proves itself: its name tells its length and hash. The same content always makes the same file. */
export function encodeSegment(
  kind: SegmentKind,
  header: SegmentHeader,
  lines: readonly string[],
  sha256: Sha256,
): SegmentFile {
  const bytes = `${[headerLine(header)].concat(lines).join("\n")}\n`;
  const hash = sha256(bytes).slice(0, 16);
  const name = segmentName({ device: header.device, seq: header.seq, kind, length: bytes.length, hash });
  return { name, bytes };
}

function seenFrom(table: DataTable | undefined): Record<string, number> {
  const seen: Record<string, number> = {};
  for (const device of table?.keys ?? []) {
    const seq = getNumber(table, device);
    if (typeof device === "string" && isDeviceId(device) && seq !== undefined) seen[device] = seq;
  }
  return seen;
}

function headerFrom(value: LuaValue): Result<SegmentHeader, SegmentFailure> {
  if (getText(value, "f") !== "ksync") return failure("garbled");
  if ((getNumber(value, "min") ?? 1) > VERSION || get(value, "enc") !== undefined) return failure("newer");
  const device = getText(value, "dev") ?? "";
  const seq = getNumber(value, "seq");
  const hlc = getText(value, "hlc") ?? "";
  if (!isDeviceId(device) || seq === undefined || !isHlc(hlc)) return failure("garbled");
  const label = (getText(value, "label") ?? "").slice(0, LONGEST_LABEL);
  return success({ device, seq, label, hlc, seen: seenFrom(getTable(value, "seen")) });
}

/** What a file of our own says of itself, by its first line. */
export function readHeader(bytes: string): Result<SegmentHeader, SegmentFailure> {
  const first = readJson(bytes.slice(0, Math.max(bytes.indexOf("\n"), 0)));
  return first.ok && isTable(first.value) ? headerFrom(first.value) : failure("garbled");
}

/** Opens a file from the folder: only if its bytes are those that its name promises. Nothing of a file that fails is used. */
export function openSegment(text: string, bytes: string, sha256: Sha256): Result<Segment, SegmentFailure> {
  const name = readSegmentName(text);
  if (name === undefined) return failure("foreign");
  if (bytes.length !== name.length) return failure("torn");
  if (sha256(bytes).slice(0, 16) !== name.hash) return failure("damaged");
  const lines = bytes.split("\n");
  const first = readJson(lines[0] ?? "");
  if (!first.ok || !isTable(first.value) || lines[lines.length - 1] !== "") return failure("garbled");
  const header = headerFrom(first.value);
  if (!header.ok) return header;
  if (header.value.device !== name.device || header.value.seq !== name.seq) return failure("garbled");
  return success({ header: header.value, lines: lines.slice(1, -1) });
}

/** What a file should not exceed by much, so that a broken connection costs little. */
export const PART_BYTES = 128 * 1024;

/** Lines for one file each, in order. */
export function packLines(lines: readonly string[], most = PART_BYTES): string[][] {
  const packs: string[][] = [];
  let pack: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (pack.length > 0 && length + line.length > most) {
      packs.push(pack);
      pack = [];
      length = 0;
    }
    pack.push(line);
    length += line.length + 1;
  }
  if (pack.length > 0) packs.push(pack);
  return packs;
}
