import { contentOf, Device, places } from "../support/lua/book-device";
import { describe, equal, it, ok, same } from "../support/spec";

function deviceOf(shelf: string): Device {
  const device = new Device();
  device.connection = places.shelves[shelf] ?? error(`no Shelf ${shelf}`);
  return device;
}

const isThere = (device: Device): boolean => device.book() === contentOf(places.book);

describe("a book from Shelf", () => {
  for (const shelf of ["well", "slow", "mistaken", "dripping", "old"]) {
    it(`that is ${shelf} arrives in one try`, () => {
      const device = deviceOf(shelf);
      equal(device.fetchWhole(), undefined);
      ok(isThere(device));
    });
  }

  it("is known to it by its digest, where it knows any", () => {
    const known = (shelf: string) => {
      const last = deviceOf(shelf).fetch();
      return last.kind === "fetched" && last.isKnown;
    };
    same([known("well"), known("old")], [true, false]);
  });

  it("that breaks off arrives in as many tries as it needs, and no byte twice", () => {
    const device = deviceOf("breaking");
    const begun: number[] = [];
    for (const _ of $range(1, 3)) {
      const failure = device.fetchWhole();
      for (const news of device.news) if (news.kind === "begun") begun.push(news.from);
      if (failure === undefined) break;
      equal(failure.reason, "server");
    }
    same(begun, [0, 100_000, 200_000]);
    ok(isThere(device));
  });

  it("is not asked for once more when the quota of the day is used up, and what is here stays", () => {
    const device = deviceOf("frugal");
    device.fetchWhole(2);
    const failure = device.fetchWhole();
    same([failure?.reason, failure?.detail], ["forbidden", "Daily download limit reached (2/2 used today)"]);
    equal(device.partSize(), 200_000);
    equal(device.book(), undefined);
  });

  it("that does not lend is told so", () => {
    const failure = deviceOf("closed").fetchWhole();
    same([failure?.reason, failure?.detail], ["forbidden", "Downloads are disabled for your account"]);
  });
});
