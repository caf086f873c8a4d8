import time = require("ui/time");

/** A turn of KOReader's loop that was ours. */
export interface Timing {
  /** A name, or the function: `debug.getinfo` tells where it stands. */
  readonly what: string | object;
  readonly seconds: number;
  /** Since 1970. */
  readonly at: number;
}

const MOST = 10;

/** The longest since KOReader started, the longest first. */
export const longest: Timing[] = [];

/** @param start when it began, on the clock of `time.now` */
export function noteTurn(what: string | object, start: KOReader.Fts): void {
  const seconds = time.to_s(time.since(start));
  const shortest = longest[MOST - 1]?.seconds ?? 0;
  if (seconds <= shortest) return;
  if (longest.length === MOST) longest.pop();
  longest.push({ what, seconds, at: os.time() });
  table.sort(longest, (one, other) => one.seconds > other.seconds);
}

/** Runs something and notes it; gives how many seconds it took. */
export function timed(what: string, run: () => void): number {
  const start = time.now();
  run();
  noteTurn(what, start);
  return time.to_s(time.since(start));
}
