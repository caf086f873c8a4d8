import ffiUtil = require("ffi/util");
import { asSent, Device, downloads, tell } from "../support/lua/book-device";
import type { PartFile } from "../../src/ports/part-file";
import { describe, equal, it, ok } from "../support/spec";

const BYTES = 200_000;
const DIED = "the process was killed";

/** Counts what is done to files, and dies before or after one of them. */
class Fate {
  done = 0;

  constructor(
    private readonly last: number,
    private readonly isAfter: boolean,
  ) {}

  /** Does one thing, unless the process dies before it. */
  step<Value>(work: () => Value): Value {
    this.done += 1;
    if (this.done === this.last && !this.isAfter) error(DIED, 0);
    const value = work();
    if (this.done === this.last) error(DIED, 0);
    return value;
  }
}

function under(fate: Fate, real: PartFile): PartFile {
  return {
    boot: () => real.boot(),
    kept: boot => real.kept(boot),
    beginAt: offset => fate.step(() => real.beginAt(offset)),
    write: bytes => fate.step(() => real.write(bytes)),
    sync: () => fate.step(() => real.sync()),
    room: () => real.room(),
    digest: () => fate.step(() => real.digest()),
  };
}

/** Runs with every system call of the last step counted, too. */
function withCalls(fate: Fate, work: () => void): boolean {
  const system = os as unknown as { rename: unknown; remove: unknown };
  const folders = ffiUtil as unknown as { fsyncDirectory: unknown };
  const { rename, remove } = os;
  const { fsyncDirectory } = ffiUtil;
  system.rename = (from: string, to: string) => {
    const [moved, problem] = fate.step(() => {
      const [done, why] = rename(from, to);
      return [done === true, why] as const;
    });
    if (moved) return $multi(true);
    return $multi(undefined, problem);
  };
  system.remove = (path: string) => fate.step(() => remove(path)[0]);
  folders.fsyncDirectory = (path: string) => fate.step(() => fsyncDirectory(path)[0]);
  const [survived, problem] = pcall(work);
  system.rename = rename;
  system.remove = remove;
  folders.fsyncDirectory = fsyncDirectory;
  if (!survived && problem !== DIED) error(problem, 0);
  return survived;
}

/** One life of the device: a try to bring the book home, which may end anywhere. */
function live(device: Device, fate: Fate): boolean {
  device.part = under(fate, device.part);
  return withCalls(fate, () => {
    equal(device.fetchWhole(), undefined);
  });
}

describe("a device that dies", () => {
  for (const isAfter of [false, true]) {
    it(`${isAfter ? "after" : "before"} anything that is done to a file has the whole book afterwards, or none`, () => {
      let deaths = 0;
      for (const last of $range(1, 1000)) {
        tell({ book: { bytes: BYTES, seed: 6 } });
        const device = new Device();
        const survived = live(device, new Fate(last, isAfter));
        const found = device.book();
        ok(found === undefined || found === asSent(), `whole or none, ${last}`);
        if (survived) break;
        deaths += 1;
        device.revive();
        equal(device.fetchWhole(), undefined);
        ok(device.book() === asSent(), `whole at the second try, ${last}`);
        equal(device.partSize(), undefined);
        ok(downloads().length <= 2);
      }
      // Opening, at least three pieces, syncing, reading the digest, renaming, syncing the folder.
      ok(deaths >= 8, `died ${deaths} times`);
    });
  }
});
