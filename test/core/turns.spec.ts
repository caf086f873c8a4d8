import { describe, equal, it, ok } from "../support/spec";
import { takeTurns } from "../../src/core/turns";

/** What turns of these lengths come to, in seconds; the last length goes on for ever. */
function wait(most: number, lengths: readonly number[]): { took: number; turns: number } {
  let [now, turns] = [100, 0];
  takeTurns(
    () => now,
    most,
    () => {
      now += lengths[Math.min(turns, lengths.length - 1)] ?? 0;
      turns += 1;
      return true;
    },
  );
  return { took: now - 100, turns };
}

describe("turns that are bounded", () => {
  it("end before the time is over, however long each of them takes", () => {
    for (const length of [0.001, 0.03, 0.3, 0.7, 0.99]) ok(wait(2, [length]).took <= 2, `turns of ${length} s`);
  });

  it("use the time", () => {
    ok(wait(2, [0.02]).took > 1.95);
    equal(wait(2, [0.9]).turns, 2);
  });

  it("are over by no more than the last took longer than every other", () => {
    const { took } = wait(2, [0.3, 0.3, 0.3, 0.3, 0.3, 0.4]);
    ok(took <= 2.1, `${took}`);
  });

  it("end at once when there is nothing to do, and never begin when there is no time", () => {
    let turns = 0;
    const none = (): boolean => {
      turns += 1;
      return false;
    };
    takeTurns(() => 5, 2, none);
    equal(turns, 1);
    takeTurns(() => 5, -1, none);
    equal(turns, 1);
  });
});
