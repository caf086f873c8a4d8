/**
 * Takes turns for a while, and stops in time: no turn begins that would go beyond the end if it took as long as the longest so far. However
 * slow the device is, only what the last turn takes longer than every other comes on top.
 * @param now seconds, of a clock that only goes forward
 * @param most seconds, from now on
 * @param turn false when there is nothing more to be done
 */
export function takeTurns(now: (this: void) => number, most: number, turn: (this: void) => boolean): void {
  let at = now();
  const end = at + most;
  let longest = 0;
  let isOn = true;
  while (isOn && at + longest < end) {
    isOn = turn();
    const after = now();
    longest = Math.max(longest, after - at);
    at = after;
  }
}
