import { asSent, Device, downloads, tell } from "../support/lua/book-device";
import { describe, equal, it, ok, same } from "../support/spec";

const BYTES = 300_000;

describe("a book", () => {
  it("arrives whole, under its own name, in one request that names nothing of the device", () => {
    tell({ book: { bytes: BYTES, seed: 1 } });
    const device = new Device();
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent(), "byte for byte");
    equal(device.partSize(), undefined);
    const [seen, more] = downloads();
    equal(more, undefined);
    equal(seen?.headers["authorization"], "Bearer tk_x");
    equal(seen?.headers["accept-encoding"], undefined);
    equal(seen?.headers["range"], undefined);
  });

  it("is told as it comes", () => {
    tell({ book: { bytes: BYTES, seed: 1 } });
    const device = new Device();
    device.fetch();
    const kinds = device.news.map(({ kind }) => kind);
    equal(kinds[0], "begun");
    ok(kinds.includes("progress"));
    same(kinds.slice(-2), ["fetched", "reached"]);
    const [begun] = device.news;
    same(begun?.kind === "begun" ? [begun.from, begun.proof.total, begun.proof.validator] : [], [0, BYTES, '"one"']);
  });
});
