import { ClockEras, corrected } from "../../src/core/clock-eras";
import type { SessionRecord } from "../../src/core/session";
import { epochSeconds, fraction, seconds } from "../../src/core/units";
import { describe, equal, it } from "../support/spec";

const NOON = 1_795_262_400;
const at = (epoch: number, monotonic: number) => ({ epoch: epochSeconds(epoch), monotonic: seconds(monotonic) });

const sitting = (startedAt: number): SessionRecord => ({
  id: "an-id",
  startedAt: epochSeconds(startedAt),
  endedAt: epochSeconds(startedAt + 600),
  duration: seconds(600),
  progressStart: fraction(0.1),
  progressEnd: fraction(0.2),
  pageTurns: 9,
});

describe("the device's clock", () => {
  it("stays in its era while it runs, and while the device sleeps for days", () => {
    const eras = new ClockEras("run");
    equal(eras.observe(at(NOON, 10)), "run");
    equal(eras.observe(at(NOON + 500, 510)), "run");
    equal(eras.observe(at(NOON + 9 * 86_400, 520)), "run");
    equal(eras.shiftFrom("run"), seconds(0));
  });

  it("that is put back begins another era, and the one before is known to be so far off", () => {
    const eras = new ClockEras("run");
    eras.observe(at(NOON + 7200, 10));
    equal(eras.observe(at(NOON, 10)), "run/1");
    equal(eras.shiftFrom("run"), seconds(-7200));
    equal(eras.shiftFrom("run/1"), seconds(0));
  });

  it("that was never set begins another era when it is", () => {
    const eras = new ClockEras("run");
    eras.observe(at(1000, 1000));
    eras.observe(at(NOON + 50, 1050));
    equal(eras.shiftFrom("run"), seconds(NOON - 1000));
  });

  it("of another run is unknown", () => {
    equal(new ClockEras("run").shiftFrom("another"), undefined);
    equal(new ClockEras("run").shiftFrom(undefined), undefined);
  });
});

describe("a sitting on its way to a server", () => {
  const now = epochSeconds(NOON + 3600);
  const none = seconds(0);

  it("keeps its stamps when the clocks agree, to two minutes", () => {
    equal(corrected(sitting(NOON), none, none, now).startedAt, epochSeconds(NOON));
    equal(corrected(sitting(NOON), none, seconds(119), now).startedAt, epochSeconds(NOON));
  });

  it("is stamped by the server's clock when the device's is off", () => {
    equal(corrected(sitting(NOON - 7200), none, seconds(7200), now).startedAt, epochSeconds(NOON));
    equal(corrected(sitting(1000), seconds(NOON - 1000), none, now).startedAt, epochSeconds(NOON));
  });

  it("never lies in the future, nor before any reader", () => {
    equal(corrected(sitting(NOON + 86_400), undefined, none, now).endedAt, now);
    equal(corrected(sitting(1000), undefined, none, now).endedAt, now);
  });

  it("of another run keeps plausible stamps, whatever the clock says now", () => {
    equal(corrected(sitting(NOON - 86_400), undefined, seconds(7200), now).startedAt, epochSeconds(NOON - 86_400));
  });
});
