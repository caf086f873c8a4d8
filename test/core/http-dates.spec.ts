import { parseHttpDate, retryAfter } from "../../src/core/http/dates";
import { isoUtc } from "../../src/core/timestamp";
import { epochSeconds } from "../../src/core/units";
import { describe, equal, it } from "../support/spec";

const NOW = epochSeconds(784_111_777);

describe("a date in a header", () => {
  for (const [text, iso] of [
    ["Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"],
    ["Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"],
    ["Tue, 29 Feb 2000 23:59:59 GMT", "2000-02-29T23:59:59Z"],
    ["Fri, 31 Dec 2100 00:00:00 GMT", "2100-12-31T00:00:00Z"],
    ["Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"],
  ] as const) {
    it(text, () => {
      const date = parseHttpDate(text);
      equal(date === undefined ? "none" : isoUtc(date), iso);
    });
  }

  for (const text of [
    "",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    "Sun, 06 Nov 1994 08:49:37 CET",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 32 Jan 1994 08:49:37 GMT",
    "Sun, 30 Feb 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:49 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT x",
    "Sun, 00 Nov 1994 08:49:37 GMT",
  ])
    it(`is not "${text}"`, () => {
      equal(parseHttpDate(text), undefined);
    });
});

describe("how long a server asks us to wait", () => {
  const wait = (value: string, date?: string): number | undefined =>
    retryAfter({ "retry-after": value, ...(date === undefined ? {} : { date }) }, NOW);

  it("is said in seconds", () => {
    equal(wait("120"), 120);
    equal(wait("0"), 0);
  });

  it("is said by a date, which counts from the device's time", () => {
    equal(wait("Sun, 06 Nov 1994 08:50:07 GMT"), 30);
    equal(wait("Sun, 06 Nov 1994 08:00:00 GMT"), 0);
  });

  it("counts from the server's time where it tells that", () => {
    equal(wait("Sun, 06 Nov 2050 08:50:07 GMT", "Sun, 06 Nov 2050 08:50:00 GMT"), 7);
  });

  it("is never more than a day", () => {
    equal(wait("99999999"), 86_400);
  });

  it("is not said by anything else", () => {
    equal(wait("soon"), undefined);
    equal(wait("-5"), undefined);
    equal(retryAfter({}, NOW), undefined);
  });
});
