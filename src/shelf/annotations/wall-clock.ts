/** Local time without a zone, `2026-05-01 20:05:00`, as KOReader stamps annotations. Stamps sort as texts. */
export type WallStamp = string;

/** A stamp and whose clock it is from. */
export interface Stamped {
  readonly stamp: WallStamp | null;
  readonly isByServer: boolean;
}

const SHAPE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
/** A device this close has the server's time: its requests take a while, too. */
const TOLERANCE_SECONDS = 120;

export function wallStamp(at: Date): WallStamp {
  return write(at.getTime() - at.getTimezoneOffset() * 60_000);
}

/** A stamp some seconds later (or earlier); one that cannot be read stays. */
export function shifted(stamp: WallStamp, seconds: number): WallStamp {
  const read = milliseconds(stamp);
  return read === undefined ? stamp : write(read + seconds * 1000);
}

/**
 * How many seconds the server's clock is before a device's. 0 when the device does not tell its time, or tells the
 * same within two minutes.
 */
export function clockOffset(deviceTime: WallStamp | null, server: WallStamp): number {
  const device = deviceTime === null ? undefined : milliseconds(deviceTime);
  const here = milliseconds(server);
  if (device === undefined || here === undefined) return 0;
  const seconds = (here - device) / 1000;
  return Math.abs(seconds) < TOLERANCE_SECONDS ? 0 : seconds;
}

/** A stamp as it would read on the device's clock: only those from the server's clock move. */
export function onDevice({ stamp, isByServer }: Stamped, offset: number): WallStamp | null {
  return stamp === null || !isByServer || offset === 0 ? stamp : shifted(stamp, -offset);
}

function milliseconds(stamp: WallStamp): number | undefined {
  const [, date, time] = SHAPE.exec(stamp) ?? [];
  const read = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(read) ? undefined : read;
}

function write(localMs: number): WallStamp {
  const iso = new Date(localMs).toISOString();
  // Years of five digits, and those before the first, have a sign before them: no stamp can hold them.
  if (iso.startsWith("+")) return "9999-12-31 23:59:59";
  return iso.startsWith("-") ? "0000-01-01 00:00:00" : iso.slice(0, 19).replace("T", " ");
}
