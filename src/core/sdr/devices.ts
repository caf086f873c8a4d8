import type { AnnotationState, BookState } from "./book-state";
import type { Register } from "./register";
import { readSegmentName } from "./segment-name";
import { stampDevice, stampHlc, stampOf, type DeviceId, type Hlc, type Stamp } from "./stamp";
import type { VersionVector } from "./version-vector";

/** The number of the next file of a device: after all it has listed and all it knows to have written. */
export function nextSeq(listing: readonly string[], device: string, last: number): number {
  let highest = last;
  for (const text of listing) {
    const name = readSegmentName(text);
    if (name?.device === device && name.seq > highest) highest = name.seq;
  }
  return highest + 1;
}

/** Files that carry our device's name and that we did not write: a copy of our folder lives on another device. */
export function filesOfClone(listing: readonly string[], device: string, written: readonly string[]): string[] {
  const known: Record<string, true> = {};
  for (const name of written) known[name] = true;
  return listing.filter(text => readSegmentName(text)?.device === device && known[text] !== true);
}

/** Base32 digits for a new device, from ten random bytes. */
export function deviceId(bytes: readonly number[]): DeviceId {
  const digits = "abcdefghijklmnopqrstuvwxyz234567";
  let id = "";
  for (const byte of bytes) id = `${id}${digits.charAt(byte - 32 * Math.floor(byte / 32))}`;
  return id as DeviceId;
}

interface Renaming {
  readonly from: DeviceId;
  readonly to: DeviceId;
  /** What was published before stays as it is. */
  readonly after: Hlc;
}

function renamedStamp(stamp: Stamp, { from, to, after }: Renaming): Stamp {
  return stampDevice(stamp) === from && stampHlc(stamp) > after ? stampOf(stampHlc(stamp), to) : stamp;
}

function renamedVector(vector: VersionVector, { from, to, after }: Renaming): VersionVector {
  const last = vector[from];
  if (last === undefined || last <= after) return vector;
  const renamed: Record<string, Hlc> = {};
  for (const device in vector) {
    const seen = vector[device];
    if (seen !== undefined && device !== from) renamed[device] = seen;
  }
  // Everything published by then was ours too, so it was seen.
  return { ...renamed, [from]: after, [to]: last };
}

function renamedRegister(register: Register | undefined, renaming: Renaming): Register | undefined {
  if (register === undefined) return undefined;
  const writes = register.writes.map(({ stamp, value }) => ({ stamp: renamedStamp(stamp, renaming), value }));
  return { writes, seen: renamedVector(register.seen, renaming) };
}

function renamedAnnotation(annotation: AnnotationState, renaming: Renaming): AnnotationState {
  const pos = renamedRegister(annotation.pos, renaming);
  const sty = renamedRegister(annotation.sty, renaming);
  const note = renamedRegister(annotation.note, renaming);
  return {
    ...(pos !== undefined && { pos }),
    ...(sty !== undefined && { sty }),
    ...(note !== undefined && { note }),
    ...(annotation.dead !== undefined && { dead: renamedVector(annotation.dead, renaming) }),
  };
}

/**
 * Gives what a device has not published yet to a new device id: for the moment when a clone shows up. Two devices that write under
 * one id would hide each other's writes. Only for parts that nobody else has.
 * @param after The clock of the last file that was published under the old id.
 */
export function renamed(part: BookState, from: DeviceId, to: DeviceId, after: Hlc): BookState {
  const renaming = { from, to, after };
  const fields: Record<string, Register> = {};
  const annotations: Record<string, AnnotationState> = {};
  for (const name in part.fields) {
    const register = renamedRegister(part.fields[name], renaming);
    if (register !== undefined) fields[name] = register;
  }
  for (const uid in part.annotations) {
    const annotation = part.annotations[uid];
    if (annotation !== undefined) annotations[uid] = renamedAnnotation(annotation, renaming);
  }
  return { fields, annotations };
}
