import { type Seconds, seconds } from "./units";

const FIRST_HOURS = 1;
export const LONGEST_MISS_SECONDS = 7 * 24 * 3600;

/** How long a server is not asked again for a book that it did not have, after so many misses: an hour, four, … a week. */
export function pauseAfterMiss(misses: number): Seconds {
  return seconds(Math.min(LONGEST_MISS_SECONDS, FIRST_HOURS * 3600 * 4 ** Math.min(misses - 1, 10)));
}
