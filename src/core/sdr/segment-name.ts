import { isDigits, isHex } from "./names";
import { isDeviceId, type DeviceId } from "./stamp";

/** `delta`: what changed since the last file. `snapshot`: what several older files of that device come to. */
export type SegmentKind = "delta" | "snapshot";

/** All that a listing says: the listing is the manifest. */
export interface SegmentName {
  readonly device: DeviceId;
  /** 1 to 999,999, counted by the device. */
  readonly seq: number;
  readonly kind: SegmentKind;
  /** Length of the file in bytes. */
  readonly length: number;
  /** The first 16 hex digits of its SHA-256. */
  readonly hash: string;
}

/** A file that says it is longer is not fetched. */
export const LONGEST_SEGMENT = 8 * 1024 * 1024;

const MARKS: Readonly<Record<string, SegmentKind>> = { d: "delta", s: "snapshot" };

function sixDigits(seq: number): string {
  const digits = `${seq}`;
  return `${"0".repeat(6 - digits.length)}${digits}`;
}

export function segmentName(name: SegmentName): string {
  const mark = name.kind === "delta" ? "d" : "s";
  return `${name.device}-${sixDigits(name.seq)}-${mark}-${name.length}-${name.hash}.txt`;
}

/** Reads the name of a file in the folder; undefined if it is none of ours, whatever it tries to be. */
export function readSegmentName(text: string): SegmentName | undefined {
  if (!text.endsWith(".txt") || text.length > 64) return undefined;
  const parts = text.slice(0, -4).split("-");
  const [device = "", seq = "", mark = "", length = "", hash = ""] = parts;
  const kind = mark === "d" || mark === "s" ? MARKS[mark] : undefined;
  if (parts.length !== 5 || kind === undefined || !isDeviceId(device) || !isHex(hash, 16)) return undefined;
  if (seq.length !== 6 || !isDigits(seq) || !isDigits(length) || length.length > 8) return undefined;
  const name = { device, seq: Number(seq), kind, length: Number(length), hash };
  // Written in one way only: no leading zeros in the length.
  return name.length <= LONGEST_SEGMENT && name.seq > 0 && segmentName(name) === text ? name : undefined;
}
