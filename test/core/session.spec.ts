import { type Moment, Session } from "../../src/core/session";
import { epochSeconds, fraction, seconds } from "../../src/core/units";
import { describe, equal, it, same } from "../support/spec";

const EIGHT_O_CLOCK = 1_795_248_000;

/** A moment some seconds into the evening, with a monotonic clock that has its own zero. */
function after(elapsed: number, clockJump = 0): Moment {
  return { epoch: epochSeconds(EIGHT_O_CLOCK + elapsed + clockJump), monotonic: seconds(500 + elapsed) };
}

function opened(): Session {
  const session = new Session("an-id", after(0), fraction(0.25));
  session.turn(40);
  return session;
}

describe("a sitting with a book", () => {
  it("counts a page once however often KOReader reports it", () => {
    const session = opened();
    const counted: number[] = [];
    for (const page of [40, 41, 41, 41, 42, 41]) {
      const turns = session.turn(page);
      if (turns !== undefined) counted.push(turns);
    }
    same(counted, [1, 2, 3]);
  });

  it("records who read when, how long and how far", () => {
    const session = opened();
    session.turn(41);
    same(session.end(after(1500), fraction(0.3)), {
      id: "an-id",
      startedAt: epochSeconds(EIGHT_O_CLOCK),
      endedAt: epochSeconds(EIGHT_O_CLOCK + 1500),
      duration: seconds(1500),
      progressStart: fraction(0.25),
      progressEnd: fraction(0.3),
      pageTurns: 1,
    });
  });

  it("is measured by the clock that nobody sets", () => {
    equal(opened().end(after(600, 86_400 * 365), fraction(0.3))?.duration, seconds(600));
  });

  it("is nothing when it was shorter than ten seconds", () => {
    equal(opened().end(after(9.9), fraction(0.3)), undefined);
    equal(opened().end(after(10), fraction(0.3))?.duration, seconds(10));
  });

  it("does not count a jump to another device's place as reading", () => {
    const session = opened();
    session.jumpedTo(80, fraction(0.5));
    equal(session.turn(80), undefined);
    equal(session.turn(81), 1);
    equal(session.end(after(60), fraction(0.51))?.progressStart, fraction(0.5));
  });
});
