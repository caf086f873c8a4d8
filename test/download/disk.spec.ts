import { asSent, contentOf, Device, downloads, tell } from "../support/lua/book-device";
import type { Failure } from "../../src/core/failure";
import { failure, type Result } from "../../src/core/result";
import { partPathOf } from "../../src/koreader/settle-file";
import type { PartFile } from "../../src/ports/part-file";
import { describe, equal, it, ok } from "../support/spec";
import ffi = require("ffi");

const BYTES = 300_000;

function freshDevice(): Device {
  tell({ book: { bytes: BYTES, seed: 5 } });
  return new Device();
}

function failureOf(device: Device): Failure {
  const last = device.fetch();
  return last.kind === "failed" ? last.failure : error(`it was ${last.kind}`);
}

/** A part file with one thing about it that is otherwise. */
function withPart(device: Device, other: (real: PartFile) => Partial<PartFile>): void {
  const real = device.part;
  const own: PartFile = {
    boot: () => real.boot(),
    kept: boot => real.kept(boot),
    beginAt: offset => real.beginAt(offset),
    write: bytes => real.write(bytes),
    sync: () => real.sync(),
    room: () => real.room(),
    digest: () => real.digest(),
  };
  device.part = { ...own, ...other(real) };
}

const full = (): Result<true, Failure> => failure({ reason: "disk", detail: "No space left on device" });

describe("a device without room", () => {
  it("is told before the first byte is written, and by how much", () => {
    const device = freshDevice();
    withPart(device, () => ({ room: () => 8 * 1024 * 1024 + 100_000 }));
    const { reason, lacking } = failureOf(device);
    equal(reason, "disk");
    equal(lacking, BYTES - 100_000);
    equal(device.partSize(), 0);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("needs room only for what is not here yet", () => {
    tell({ book: { bytes: BYTES, seed: 5 }, faults: [{ kind: "cut body", after: 250_000 }] });
    const device = new Device();
    device.fetch();
    withPart(device, () => ({ room: () => 8 * 1024 * 1024 + 60_000 }));
    equal(device.fetch().kind, "fetched");
  });

  it("of which the server did not say that it would be needed is not filled up", () => {
    tell({ book: { bytes: BYTES, seed: 5 }, faults: [{ kind: "chunked" }] });
    const device = new Device();
    withPart(device, () => ({ room: () => 8 * 1024 * 1024 + 100_000 }));
    equal(failureOf(device).reason, "disk");
    ok((device.partSize() ?? 0) <= 100_000);
  });

  it("may run out of it meanwhile: what is here is gone on with later", () => {
    const device = freshDevice();
    let writes = 0;
    withPart(device, real => ({
      write(bytes) {
        writes += 1;
        return writes > 2 ? full() : real.write(bytes);
      },
    }));
    equal(failureOf(device).reason, "disk");
    equal(device.book(), undefined);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    ok(downloads()[1]?.headers["range"] !== undefined);
  });

  it("may say so only when it is synced", () => {
    const device = freshDevice();
    withPart(device, () => ({ sync: full }));
    equal(failureOf(device).reason, "disk");
    equal(device.book(), undefined);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("that the system itself refuses more is noticed at the byte", () => {
    const device = freshDevice();
    withFileLimit(100_000, () => {
      const { reason, detail } = failureOf(device);
      equal(reason, "disk");
      ok(detail?.includes("too large") === true, detail);
    });
    equal(device.partSize(), 100_000);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });
});

ffi.cdef(`
  struct ribbon_limit { unsigned long soft, hard; };
  int getrlimit(int, struct ribbon_limit *);
  int setrlimit(int, const struct ribbon_limit *);
  void *signal(int, void *);
`);

/** The system lets no file of this process become longer, as a full disk does. */
function withFileLimit(bytes: number, test: () => void): void {
  const [fileSize, tooLarge, ignore] = [1, 25, ffi.cast("void *", 1)];
  const limit = ffi.new("struct ribbon_limit") as unknown as { soft: number; hard: number };
  ffi.C["getrlimit"]?.(fileSize, limit);
  const before = limit.soft;
  ffi.C["signal"]?.(tooLarge, ignore);
  limit.soft = bytes;
  ffi.C["setrlimit"]?.(fileSize, limit);
  const [passed, problem] = pcall(test);
  limit.soft = before;
  ffi.C["setrlimit"]?.(fileSize, limit);
  if (!passed) error(problem, 0);
}

describe("a folder", () => {
  it("that is not there yet is made", () => {
    const device = freshDevice();
    equal(device.fetchWhole(), undefined);
    ok(device.target.includes("/Series/"));
  });

  it("that is removed while its book comes fails the download, and the next try makes it again", () => {
    const device = freshDevice();
    let writes = 0;
    withPart(device, real => ({
      write(bytes) {
        writes += 1;
        if (writes === 2) os.execute(`rm -r '${device.folder}/Series'`);
        return real.write(bytes);
      },
    }));
    equal(failureOf(device).reason, "disk");
    equal(device.book(), undefined);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("that is removed before the book has its name fails that step alone", () => {
    const device = freshDevice();
    const last = device.fetch();
    os.execute(`rm -r '${device.folder}/Series'`);
    equal(last.kind === "fetched" ? device.settle(last.digest)?.reason : last.kind, "disk");
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });

  it("that cannot be made, because a file has its name, fails the download", () => {
    const device = freshDevice();
    const [file] = io.open(`${device.folder}/Series`, "w");
    file?.close();
    equal(failureOf(device).reason, "disk");
  });
});

describe("a file that has the book's name already", () => {
  const write = (path: string, text: string) => {
    const [file] = io.open(path, "wb");
    file?.write(text);
    file?.close();
  };

  it("is never overwritten unasked", () => {
    const device = freshDevice();
    const last = device.fetch();
    write(device.target, "mine");
    equal(last.kind === "fetched" ? device.settle(last.digest)?.reason : last.kind, "conflict");
    equal(device.book(), "mine");
    equal(device.partSize(), BYTES);
  });

  it("is replaced where the reader said so", () => {
    const device = freshDevice();
    const last = device.fetch();
    write(device.target, "mine");
    equal(last.kind === "fetched" ? device.settle(last.digest, true) : last.kind, undefined);
    ok(device.book() === asSent());
    equal(device.partSize(), undefined);
  });

  it("is the book itself where that died before it could say so", () => {
    const device = freshDevice();
    equal(device.fetchWhole(), undefined);
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(device.partSize(), undefined);
  });
});

describe("a part file", () => {
  it("goes on from any byte, and nothing that stood behind it stays", () => {
    const { part, target } = freshDevice();
    ok(part.beginAt(0).ok && part.write("a whole book").ok && part.sync().ok);
    ok(part.beginAt(2).ok && part.write("new").ok && part.sync().ok);
    equal(contentOf(partPathOf(target)), "a new");
  });

  it("of another run of the system counts as far as it was synced for certain", () => {
    const { part } = freshDevice();
    const mebibyte = "x".repeat(1024 * 1024);
    ok(part.beginAt(0).ok);
    for (const _ of $range(1, 40)) ok(part.write(mebibyte).ok);
    equal(part.kept(part.boot()), 40 * 1024 * 1024);
    equal(part.kept("another"), 7 * 1024 * 1024);
    equal(part.kept(undefined), 7 * 1024 * 1024);
    ok(part.sync().ok);
  });
});

describe("a temporary name", () => {
  it("is hidden, beside its place, and no name of a book", () => {
    equal(partPathOf("/books/Ash/Vol. 1.epub"), "/books/Ash/.Vol. 1.epub.ribbon-part");
  });

  it("is no longer than a file system allows, and cuts no character", () => {
    for (const bytes of [240, 241, 242, 243, 255]) {
      const name = `${"x".repeat(bytes - 240)}${"ф".repeat(120)}`;
      const part = partPathOf(`/books/${name}`).slice("/books/".length);
      ok(part.length <= 255);
      ok(part.endsWith(".ribbon-part"));
      const letters = part.slice(1 + bytes - 240, part.length - ".ribbon-part".length);
      // Each of them has two bytes.
      equal(math.fmod(letters.length, 2), 0);
    }
  });
});
