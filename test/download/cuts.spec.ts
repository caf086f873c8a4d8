import { seconds } from "../../src/core/units";
import { asSent, Device, downloads, tell } from "../support/lua/book-device";
import { describe, equal, it, ok, same } from "../support/spec";

const BYTES = 300_000;

function deviceWith(...faults: object[]): Device {
  tell({ book: { bytes: BYTES, seed: 1 }, faults });
  return new Device();
}

/** What was asked for, one after another. */
const ranges = (): string[] => downloads().map(({ headers }) => headers["range"] ?? "all");

describe("a download that is cut", () => {
  for (const after of [0, 1, 17, 60]) {
    it(`${after} bytes into the head leaves nothing, and nothing is asked for twice`, () => {
      const device = deviceWith({ kind: "cut head", after });
      equal(device.fetch().kind, "failed");
      equal(device.book(), undefined);
      equal(device.partSize(), undefined);
      equal(device.fetchWhole(), undefined);
      ok(device.book() === asSent());
      same(ranges(), ["all", "all"]);
    });
  }

  for (const after of [1, 1000, 150_000, BYTES - 1]) {
    it(`after ${after} bytes goes on from there`, () => {
      const device = deviceWith({ kind: "cut body", after });
      const last = device.fetch();
      equal(last.kind === "failed" ? last.failure.reason : "", "server");
      equal(device.partSize(), after);
      equal(device.book(), undefined);
      equal(device.fetchWhole(), undefined);
      ok(device.book() === asSent());
      const [first, second, third] = downloads();
      equal(first?.headers["range"], undefined);
      equal(second?.headers["range"], `bytes=${after}-`);
      equal(second?.headers["if-range"], '"one"');
      equal(third, undefined);
    });
  }

  it("before the first byte of the body begins anew", () => {
    const device = deviceWith({ kind: "cut body", after: 0 });
    equal(device.fetch().kind, "failed");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("after the last byte, before anybody was told, is not asked for again", () => {
    const device = deviceWith();
    equal(device.fetch().kind, "fetched");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(downloads().length, 1);
  });

  it("may be cut again and again", () => {
    const device = deviceWith(...[1000, 2000, 30_000].map(after => ({ kind: "cut body", after })));
    equal(device.fetchWhole(4), undefined);
    ok(device.book() === asSent());
    same(ranges().slice(1), ["bytes=1000-", "bytes=3000-", "bytes=33000-"]);
  });

  it("by silence is a matter of time", () => {
    const device = deviceWith({ kind: "stall", after: 5000 });
    const { idle } = device;
    device.idle = seconds(0.5);
    const last = device.fetch();
    device.idle = idle;
    equal(last.kind === "failed" ? last.failure.reason : "", "timeout");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges().slice(1), ["bytes=5000-"]);
  });

  it("without a word at all is not asked for twice in one try", () => {
    const device = deviceWith({ kind: "hang up" });
    equal(device.fetch().kind, "failed");
    equal(downloads().length, 1);
  });

  it("in chunks goes on, too", () => {
    const device = deviceWith({ kind: "chunked", cutAfter: 50_000 });
    equal(device.fetch().kind, "failed");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges().slice(1), ["bytes=50000-"]);
  });

  it("after a restart of the device is only gone on with as far as it was synced", () => {
    const device = deviceWith({ kind: "cut body", after: 150_000 });
    device.fetch();
    device.proof = { ...device.proof, boot: "another" };
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges(), ["all", "all"]);
  });
});

describe("what is here of a book", () => {
  it("is thrown away when the server has another one now", () => {
    const device = deviceWith({ kind: "cut body", after: 150_000 });
    device.fetch();
    tell({ book: { bytes: 200_000, seed: 2 }, etag: '"two"' });
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges(), ["bytes=150000-"]);
  });

  it("and is longer than the other one is thrown away, too", () => {
    const device = deviceWith({ kind: "cut body", after: 250_000 });
    device.fetch();
    tell({ book: { bytes: 1000, seed: 2 }, etag: '"two"' });
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("is not gone on with by a weak validator, or by none", () => {
    for (const etag of ['W/"one"', ""]) {
      tell({ book: { bytes: BYTES, seed: 1 }, etag, faults: [{ kind: "cut body", after: 1000 }] });
      const device = new Device();
      device.fetch();
      equal(device.fetchWhole(), undefined);
      ok(device.book() === asSent());
      same(ranges(), ["all", "all"]);
    }
  });

  it("is gone on with by its date where that is all there is", () => {
    const modified = "Sat, 01 Feb 2025 10:00:00 GMT";
    tell({ book: { bytes: BYTES, seed: 1 }, etag: "", modified, faults: [{ kind: "cut body", after: 1000 }] });
    const device = new Device();
    device.fetch();
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(downloads()[1]?.headers["if-range"], modified);
  });

  it("is overwritten where the server sends all of it all the same", () => {
    const device = deviceWith({ kind: "cut body", after: 1000 }, { kind: "ignore range" });
    device.fetch();
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(downloads().length, 2);
  });

  it("is fetched anew, once, where the server sends another part", () => {
    const device = deviceWith({ kind: "cut body", after: 1000 }, { kind: "wrong range" });
    device.fetch();
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges(), ["all", "bytes=1000-", "all"]);
  });

  it("and is more than there is, because a server said a wrong length, is fetched anew", () => {
    const device = deviceWith({ kind: "longer", by: 100 });
    const last = device.fetch();
    equal(last.kind === "failed" ? last.failure.reason : "", "server");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    same(ranges(), ["all", `bytes=${BYTES}-`, "all"]);
  });
});
