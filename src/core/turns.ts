/**
 * Takes turns for a while, and stops in time: no turn begins that would go beyond the end if it took as long as the longest so far. However
 * slow the device is, only what the last turn takes longer than every other comes on top.
 * @param now seconds, of a clock that only goes forward
 * @param began when what is to be bounded began: what was done since counts as the first turn
 * @param most seconds, from then on
 * @param turn false when there is nothing more to be done
 */
export function takeTurns(
  now: (this: void) => number,
  began: number,
  most: number,
  turn: (this: void) => boolean,
): void {
  let at = now();
  let longest = at - began;
  let isOn = true;
  while (isOn && at + longest <= began + most) {
    isOn = turn();
    const after = now();
    longest = Math.max(longest, after - at);
    at = after;
  }
}
