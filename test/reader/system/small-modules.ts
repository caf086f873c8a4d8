/** KOReader's `ui/time`, `random` and `version`. */
import bits = require("bit");
import { monotonic, wall } from "./clock";

const fts = (microseconds: number): KOReader.Fts => microseconds as KOReader.Fts;

const monotonicTime = (): KOReader.Fts => fts(monotonic());

export const time: KOReader.Time = {
  s: seconds => fts(Math.floor(seconds * 1e6)),
  ms: milliseconds => fts(Math.floor(milliseconds * 1e3)),
  us: microseconds => fts(Math.floor(microseconds)),
  to_s: value => value / 1e6,
  to_ms: value => Math.floor(value / 1e3 + 0.5),
  to_us: value => Math.floor(value + 0.5),
  to_number: value => Math.floor(value / 1e2 + 0.5) / 1e4,
  now: monotonicTime,
  since: start => fts(monotonic() - start),
  monotonic: monotonicTime,
  realtime: () => fts(wall()),
  boottime_or_realtime_coarse: () => fts(wall()),
};

const hexByte = (byte: number): string => string.format("%02X", byte);

/** KOReader's way: seeded by the second, so that two starts in one second agree. */
export function seedRandom(): void {
  math.randomseed(os.time());
}

export const random: KOReader.Random = {
  uuid(withDash = false) {
    const bytes: number[] = [];
    for (const _ of $range(1, 16)) bytes.push(math.random(256) - 1);
    bytes[6] = bits.bor(bits.band(bytes[6] ?? 0, 0x4f), 0x40);
    bytes[8] = bits.bor(bits.band(bytes[8] ?? 0, 0xbf), 0x80);
    const hex = bytes.map(byte => hexByte(byte)).join("");
    if (!withDash) return hex;
    return string.gsub(hex, "^(........)(....)(....)(....)(.*)$", "%1-%2-%3-%4-%5")[0];
  },
};

export const version: KOReader.Version = {
  getCurrentRevision: () => "v2026.03-0-g0000000_2026-03-17",
  getNormalizedCurrentVersion: () => $multi(202603000000, "0000000"),
  getShortVersion: () => "2026.03",
};
