import { stampDevice, stampHlc, type Hlc, type Stamp } from "./stamp";

/** For each device, the latest of its writes that was seen: it stands for all earlier ones too. */
export type VersionVector = Readonly<Record<string, Hlc>>;

export const NOTHING_SEEN: VersionVector = {};

export function isCovered(vector: VersionVector, stamp: Stamp): boolean {
  const seen = vector[stampDevice(stamp)];
  return seen !== undefined && stampHlc(stamp) <= seen;
}

/** Point by point the later one. */
export function joinVectors(a: VersionVector, b: VersionVector): VersionVector {
  const joined: Record<string, Hlc> = {};
  for (const device in a) {
    const seen = a[device];
    if (seen !== undefined) joined[device] = seen;
  }
  for (const device in b) {
    const seen = b[device];
    const known = joined[device];
    if (seen !== undefined && (known === undefined || known < seen)) joined[device] = seen;
  }
  return joined;
}

export function withStamp(vector: VersionVector, stamp: Stamp): VersionVector {
  return joinVectors(vector, { [stampDevice(stamp)]: stampHlc(stamp) });
}

export function isSameVector(a: VersionVector, b: VersionVector): boolean {
  for (const device in a) if (a[device] !== b[device]) return false;
  for (const device in b) if (a[device] !== b[device]) return false;
  return true;
}
