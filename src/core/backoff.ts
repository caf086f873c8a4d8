import { type Seconds, seconds } from "./units";

const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 30 * 60;

/**
 * The pause before the next try after `failures` failures in a row (1 or more): exponential with full jitter, between
 * nothing and 5 s, 10 s, 20 s … 30 min. `random` is a number from 0 up to 1.
 */
export function pauseAfter(failures: number, random: number): Seconds {
  const doublings = Math.min(failures - 1, 20);
  return seconds(random * Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** doublings));
}
