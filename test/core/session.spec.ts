import { Session, type SessionRecord } from "../../src/core/session";
import { epochSeconds, fraction, seconds } from "../../src/core/units";
import { DEFAULT_VALIDITY, isValid, validityOf } from "../../src/core/validity";
import { describe, equal, it, same } from "../support/spec";

const EIGHT_O_CLOCK = 1_795_248_000;
/** The monotonic clock has its own zero. */
const BOOT = 500;
const TEN_MINUTES = seconds(600);

function opened(): Session {
  const at = { epoch: epochSeconds(EIGHT_O_CLOCK), monotonic: seconds(BOOT) };
  return new Session({ id: "an-id", at, progress: fraction(0.25), page: 40 }, TEN_MINUTES);
}

/** Shows pages one after another, each so many seconds after the one before; gives the turns that each came to, or 0. */
function show(session: Session, moves: readonly (readonly [page: number, pause: number])[]): number[] {
  let now = BOOT;
  return moves.map(([page, pause]) => {
    now += pause;
    return session.show(page, seconds(now)) ?? 0;
  });
}

const endedAfter = (session: Session, elapsed: number, progress = 0.3): SessionRecord =>
  session.record(seconds(BOOT + elapsed), fraction(progress));

describe("a sitting with a book", () => {
  it("counts a page once however often KOReader reports it", () => {
    same(
      show(opened(), [
        [40, 5],
        [41, 5],
        [41, 5],
        [41, 0],
        [42, 5],
        [41, 5],
      ]),
      [0, 1, 0, 0, 2, 3],
    );
  });

  it("counts a turn of two pages side by side as one", () => {
    same(
      show(opened(), [
        [42, 20],
        [44, 20],
      ]),
      [1, 2],
    );
  });

  it("does not take skimming for reading", () => {
    same(
      show(opened(), [
        [41, 5],
        [42, 0.2],
        [43, 0.2],
        [44, 30],
      ]),
      [1, 0, 0, 2],
    );
  });

  it("lets the first page be turned at once: it was read before", () => {
    same(
      show(opened(), [
        [41, 0.2],
        [42, 0.2],
      ]),
      [1, 0],
    );
  });

  it("does not take a jump for reading", () => {
    same(
      show(opened(), [
        [90, 30],
        [91, 30],
        [41, 30],
      ]),
      [0, 1, 0],
    );
  });

  it("records who read when, how long and how far", () => {
    const session = opened();
    show(session, [
      [41, 500],
      [42, 500],
    ]);
    same(endedAfter(session, 1500), {
      id: "an-id",
      startedAt: epochSeconds(EIGHT_O_CLOCK),
      endedAt: epochSeconds(EIGHT_O_CLOCK + 1500),
      duration: seconds(1500),
      progressStart: fraction(0.25),
      progressEnd: fraction(0.3),
      pageTurns: 2,
    });
  });

  it("ends when the reader fell asleep, not when the battery was empty", () => {
    const session = opened();
    show(session, [[41, 120]]);
    const record = endedAfter(session, 8 * 3600);
    equal(record.duration, seconds(720));
    equal(record.endedAt, epochSeconds(EIGHT_O_CLOCK + 720));
  });

  it("goes on after a nap over the book, without the nap", () => {
    const session = opened();
    show(session, [
      [41, 60],
      [42, 3600],
      [43, 60],
    ]);
    const record = endedAfter(session, 3600 + 120);
    equal(record.duration, seconds(60 + 600 + 60));
    equal(record.endedAt, epochSeconds(EIGHT_O_CLOCK + 3720));
  });

  it("does not count a jump to another device's place as reading", () => {
    const session = opened();
    session.jumpedTo(80, fraction(0.5));
    same(
      show(session, [
        [80, 5],
        [81, 20],
      ]),
      [0, 1],
    );
    equal(endedAfter(session, 60, 0.51).progressStart, fraction(0.5));
  });

  it("keeps where it began when the jump came after reading", () => {
    const session = opened();
    show(session, [[41, 20]]);
    session.jumpedTo(80, fraction(0.5));
    equal(endedAfter(session, 60, 0.51).progressStart, fraction(0.25));
  });
});

describe("what counts as a session", () => {
  const sitting = (duration: number, pageTurns: number, progressEnd = 0.3): SessionRecord => ({
    ...endedAfter(opened(), 0),
    duration: seconds(duration),
    pageTurns,
    progressEnd: fraction(progressEnd),
  });

  it("is, unless said otherwise, ten seconds", () => {
    equal(isValid(sitting(9, 3), DEFAULT_VALIDITY), false);
    equal(isValid(sitting(10, 0), DEFAULT_VALIDITY), true);
  });

  it("can be a number of pages as well, or instead", () => {
    const both = { ...DEFAULT_VALIDITY, minSeconds: 60, minPages: 5 };
    equal(isValid(sitting(60, 4), both), false);
    equal(isValid(sitting(60, 5), both), true);
    equal(isValid(sitting(5, 5), { ...both, demand: "either" }), true);
    equal(isValid(sitting(5, 4), { ...both, demand: "either" }), false);
  });

  it("can demand that the reader came further", () => {
    const further = { ...DEFAULT_VALIDITY, allowsNoProgress: false };
    equal(isValid(sitting(600, 0, 0.25), further), false);
    equal(isValid(sitting(600, 0, 0.26), further), true);
  });

  it("counts by either minimum only where both are set", () => {
    equal(isValid(sitting(5, 0), { ...DEFAULT_VALIDITY, demand: "either" }), false);
    equal(isValid(sitting(10, 0), { ...DEFAULT_VALIDITY, demand: "either" }), true);
  });

  it("has a rule that is read from a file and bounded", () => {
    same(validityOf({}), DEFAULT_VALIDITY);
    const rule = { minSeconds: 60, minPages: 5, demand: "either", allowsNoProgress: false } as const;
    same(validityOf(rule), rule);
    same(validityOf({ minSeconds: 1e9, minPages: -1, demand: "all", allowsNoProgress: 0 }), DEFAULT_VALIDITY);
  });
});
