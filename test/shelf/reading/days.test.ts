import fc from "../../support/node/fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, dayOf, isTimeZone, startOfDay } from "../../../src/shelf/reading/days";

describe("a day of a reader", () => {
  it.each([
    ["2026-11-21", "UTC", "2026-11-21T00:00:00.000Z"],
    ["2026-11-21", "Europe/Berlin", "2026-11-20T23:00:00.000Z"],
    ["2026-11-21", "Pacific/Kiritimati", "2026-11-20T10:00:00.000Z"],
    ["2026-11-21", "America/Los_Angeles", "2026-11-21T08:00:00.000Z"],
    ["2026-11-21", "Asia/Kathmandu", "2026-11-20T18:15:00.000Z"],
    // The clock went from 24:00 to 1:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    // 23 and 25 hours long.
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, begins) => {
    expect(new Date(startOfDay(day, zone)).toISOString()).toBe(begins);
  });

  it("begins when the calendar turns to it, in every zone", () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const day = fc.integer({ min: 0, max: 20_000 }).map(days => addDays("1990-01-01", days));
    fc.assert(
      fc.property(zone, day, (zone, day) => {
        const start = startOfDay(day, zone);
        expect(dayOf(start, zone) >= day).toBe(true);
        expect(dayOf(start - 60_000, zone) < day).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("is followed by another, across months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
    expect(addMonths("2026-01-31", -1)).toBe("2025-12-01");
    expect(addMonths("2026-12-05", 1)).toBe("2027-01-01");
  });

  it("knows which names are zones", () => {
    expect(["Europe/Berlin", "UTC", "", "Mars/Olympus", "../etc"].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
