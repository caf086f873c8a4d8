import {
  afterHearing,
  baselineHlc,
  type DeviceId,
  type Hlc,
  hlcMs,
  isAfter,
  isBaseline,
  isDeviceId,
  isHlc,
  isStamp,
  NEVER,
  stampDevice,
  stampHlc,
  stampOf,
  tick,
} from "../../../src/core/sdr/stamp";
import { describe, equal, it, ok, same } from "../../support/spec";

const NOW = 1_795_248_000_000;
const YEAR_2024 = 1_704_067_200_000;
const YEAR_2100 = 4_102_444_800_000;
const KOBO = "kobokoboko" as DeviceId;
const KINDLE = "kindlekind" as DeviceId;
/** The last reading of all that is believed, which only somebody hostile writes: a day after the latest time of a clock. */
const LAST = "3ncoukcvvvvv" as Hlc;

/** A device that was told something, and what it stamps next with a clock that says `now`. */
const nextOf = (ours: Hlc, heard: Hlc, now: number): Hlc => tick(afterHearing(ours, heard), now);

describe("a device's clock", () => {
  it("says the time of the device, and goes on where that stands still or goes back", () => {
    const first = tick(NEVER, NOW);
    equal(hlcMs(first), NOW);
    const second = tick(first, NOW);
    const third = tick(second, NOW - 86_400_000);
    same([hlcMs(second), hlcMs(third)], [NOW, NOW]);
    ok(first < second && second < third);
    equal(hlcMs(tick(third, NOW + 1)), NOW + 1);
  });

  it("goes on after the last count of a millisecond", () => {
    const full = `${tick(NEVER, NOW).slice(0, 9)}vvv` as Hlc;
    const next = tick(full, NOW);
    equal(hlcMs(next), NOW + 1);
    ok(next > full && isHlc(next));
  });

  it("knows no time before 2024 and none after 2100, whatever the device's says", () => {
    for (const now of [-1, 0, 3_600_000, YEAR_2024 - 1, 0 / 0]) equal(hlcMs(tick(NEVER, now)), YEAR_2024);
    for (const now of [YEAR_2100 + 1, YEAR_2100 * 4, 1e300, 1 / 0]) equal(hlcMs(tick(NEVER, now)), YEAR_2100);
    // And counts on there, so that a device which stays in 2200 says its later word later.
    const one = tick(NEVER, YEAR_2100 * 2);
    const two = tick(one, YEAR_2100 * 2);
    ok(two > one && isHlc(one) && isHlc(two));
  });

  it("is later than all that it read, whatever the clocks of the two say", () => {
    for (const [ours, theirs] of [
      [3_600_000, NOW],
      [NOW, 3_600_000],
      [NOW, NOW + 3_600_000],
      [NOW, YEAR_2100],
      [0, YEAR_2100 * 2],
    ] as const) {
      // prettier-ignore
      const heard = tick(tick(NEVER, theirs), theirs);
      const before = tick(NEVER, ours);
      const next = nextOf(before, heard, ours);
      ok(next > heard && next > before, `${ours} after ${theirs}`);
      ok(isAfter(stampOf(next, KOBO), stampOf(heard, KINDLE)));
    }
  });

  it("stays where it is when what it reads is older", () => {
    const ours = tick(NEVER, NOW);
    equal(afterHearing(ours, tick(NEVER, NOW - 1)), ours);
    equal(afterHearing(ours, NEVER), ours);
    equal(afterHearing(ours, ours), ours);
  });

  it("leaves itself room to count where somebody has used it all up", () => {
    ok(isHlc(LAST));
    let own = tick(NEVER, NOW);
    own = afterHearing(own, LAST);
    for (const _ of [1, 2, 3]) {
      const next = tick(own, NOW);
      ok(next > own && isHlc(next) && isStamp(stampOf(next, KOBO)));
      own = next;
    }
    equal(hlcMs(own), NOW);
  });
});

describe("what a stamp may be", () => {
  it("is a reading of twelve digits until a day after 2100", () => {
    for (const good of [NEVER, tick(NEVER, NOW), tick(NEVER, YEAR_2100 * 2), LAST, baselineHlc(NOW / 1000)])
      ok(isHlc(good), good);
    const [past, end] = ["3ncoukd00000", "vvvvvvvvvvvv"];
    const short = "1jnosl6g000";
    for (const bad of ["", short, `${short}00`, `${short}w`, `${short}V`, `${short}-`, `${short}\u00e9`, past, end])
      ok(!isHlc(bad), bad);
  });

  it("is that and ten digits of a device", () => {
    const time = tick(NEVER, NOW);
    const stamp = stampOf(time, KOBO);
    same([stampHlc(stamp), stampDevice(stamp)], [time, KOBO]);
    ok(isStamp(stamp));
    for (const bad of ["", time, `${time}kobokobok`, `${time}kobokobokob`, `vvvvvvvvvvvv${KOBO}`, `${time}kobokobok0`])
      ok(!isStamp(bad), bad);
    for (const id of ["", "KOBOKOBOKO", "kobo kobok", "kobokobok1", "kobokobok8", "../../../..", "kobokobokob"])
      ok(!isDeviceId(id), id);
    ok(isDeviceId("abcxyz2347"));
  });

  it("counts by its time first, and by its device where that is one", () => {
    const [early, late] = [tick(NEVER, NOW), tick(NEVER, NOW + 1)];
    ok(isAfter(stampOf(late, KINDLE), stampOf(early, KOBO)));
    ok(isAfter(stampOf(early, KOBO), stampOf(early, KINDLE)));
    equal(isAfter(stampOf(early, KOBO), stampOf(early, KOBO)), false);
  });
});

describe("what is stamped at first sight", () => {
  it("lies before every edit, and in the order of its making", () => {
    const seconds = NOW / 1000;
    const [older, newer] = [baselineHlc(seconds - 1), baselineHlc(seconds)];
    ok(older < newer && newer < tick(NEVER, 0));
    ok(isBaseline(older) && isBaseline(newer) && isBaseline(NEVER));
    ok(!isBaseline(tick(NEVER, 0)) && !isBaseline(tick(NEVER, YEAR_2100 * 2)));
    equal(hlcMs(newer), seconds);
  });

  it("is dated to 2000 where nobody can say when it was made", () => {
    equal(hlcMs(baselineHlc(undefined)), 946_684_800);
    for (const unknown of [0, -1, 1e12, 0 / 0, 1 / 0]) {
      const time = baselineHlc(unknown);
      equal(hlcMs(time), 946_684_800);
      ok(isBaseline(time) && isHlc(time));
    }
  });
});
