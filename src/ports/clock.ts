import type { EpochSeconds, Seconds } from "../core/units";

export interface Clock {
  /** The device's wall clock, which may be wrong and may jump. */
  epoch(): EpochSeconds;
  /** A clock that only goes forward and stands still while the device sleeps: for lengths of time. */
  monotonic(): Seconds;
  /** When a day of the reader's time zone began, or will begin: 0 today, 1 tomorrow. */
  dayStart(daysAhead: number): EpochSeconds;
}
