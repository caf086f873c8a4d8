/**
 * Hybrid logical clock: nine digits of milliseconds since 1970 and three of a counter, base 32 with extended hex digits, so that
 * the order of the texts is the order of the times.
 */
export type Hlc = string & { readonly kind: "hybrid logical clock" };
/** Ten base32 digits that a device drew for itself; never KOReader's own id, which is copied with its folder. */
export type DeviceId = string & { readonly kind: "device id" };
/** Who wrote when: clock, then device. No two writes share one. */
export type Stamp = string & { readonly kind: "stamp" };

const DIGITS = "0123456789abcdefghijklmnopqrstuv";
const HLC_LENGTH = 12;
const COUNTS = 32 ** 3;
const YEAR_2024 = 1_704_067_200_000;
const YEAR_2100 = 4_102_444_800_000;
const YEAR_2000_SECONDS = 946_684_800;

function base32(value: number, length: number): string {
  let text = "";
  let rest = value;
  while (text.length < length) {
    const next = Math.floor(rest / 32);
    text = `${DIGITS.charAt(rest - 32 * next)}${text}`;
    rest = next;
  }
  return text;
}

function valueOf(text: string): number {
  let value = 0;
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    value = value * 32 + (byte >= 97 ? byte - 87 : byte - 48);
    index += 1;
  }
  return value;
}

function hlc(ms: number, count: number): Hlc {
  return `${base32(ms, 9)}${base32(count, 3)}` as Hlc;
}

/** Stamps of a first sight lie before every real one: the time is written in seconds where others have milliseconds. */
const FIRST_REAL = hlc(YEAR_2024, 0);
const LAST_REAL = hlc(YEAR_2100 + 86_400_000, 0);
/** Whoever went on from a later one would soon have no stamp left that others believe. */
const LAST_HEARD = hlc(YEAR_2100 + 43_200_000, 0);

/** The clock of a device that never wrote anything. */
export const NEVER = hlc(0, 0);

/**
 * The next reading of a device's clock: after everything it wrote or saw (`last`), and not before its own time.
 * @param nowMs The device's time in milliseconds, corrected as well as is known; what no clock can say is moved to 2024 or 2100.
 */
export function tick(last: Hlc, nowMs: number): Hlc {
  const now = Math.floor(nowMs < YEAR_2024 || nowMs !== nowMs ? YEAR_2024 : nowMs > YEAR_2100 ? YEAR_2100 : nowMs);
  const lastMs = hlcMs(last);
  if (now > lastMs) return hlc(now, 0);
  const count = valueOf(last.slice(9)) + 1;
  return count < COUNTS ? hlc(lastMs, count) : hlc(lastMs + 1, 0);
}

/** Where a device's clock goes on once it has read another's: never before where it was. */
export function afterHearing(ours: Hlc, heard: Hlc): Hlc {
  return heard > ours && heard < LAST_HEARD ? heard : ours;
}

/** What a first sight of older data is stamped with: the wall clock of its making, far below every real stamp. */
export function baselineHlc(epochSeconds: number | undefined): Hlc {
  const known = epochSeconds !== undefined && epochSeconds > YEAR_2000_SECONDS && epochSeconds < YEAR_2100 / 1000;
  return hlc(known ? Math.floor(epochSeconds) : YEAR_2000_SECONDS, 0);
}

export function isBaseline(time: Hlc): boolean {
  return time < FIRST_REAL;
}

/** The milliseconds in a clock reading; of a baseline, its seconds. */
export function hlcMs(time: Hlc): number {
  return valueOf(time.slice(0, 9));
}

export function stampOf(time: Hlc, device: DeviceId): Stamp {
  return `${time}${device}` as Stamp;
}

export function stampHlc(stamp: Stamp): Hlc {
  return stamp.slice(0, HLC_LENGTH) as Hlc;
}

export function stampDevice(stamp: Stamp): DeviceId {
  return stamp.slice(HLC_LENGTH) as DeviceId;
}

/** Total order of writes. */
export function isAfter(a: Stamp, b: Stamp): boolean {
  return a > b;
}

function isBetween(byte: number, first: number, last: number): boolean {
  return byte >= first && byte <= last;
}

/** Digits of extended hex: 0 to 9, a to v. */
function isClockText(text: string): boolean {
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    if (!isBetween(byte, 48, 57) && !isBetween(byte, 97, 118)) return false;
    index += 1;
  }
  return text.length === HLC_LENGTH;
}

/** A reading that no device of ours can have made (after 2100) is none: it would hold every clock at its end. */
export function isHlc(text: string): text is Hlc {
  return isClockText(text) && text < LAST_REAL;
}

export function isDeviceId(text: string): text is DeviceId {
  let index = 0;
  while (index < text.length) {
    const byte = text.charCodeAt(index);
    if (!isBetween(byte, 97, 122) && !isBetween(byte, 50, 55)) return false;
    index += 1;
  }
  return text.length === 10;
}

export function isStamp(text: string): text is Stamp {
  return isHlc(text.slice(0, HLC_LENGTH)) && isDeviceId(text.slice(HLC_LENGTH));
}
