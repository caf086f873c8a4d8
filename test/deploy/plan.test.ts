// What is done to a device as a value: whatever was cut where, the next plan puts it right.
import { describe, expect, it } from "vitest";
import type { FolderName, Place } from "../../src/cli/deploy/device";
import { describePlan, missingRoom, type Plan, planInstall, planRollback } from "../../src/cli/deploy/plan";
import { reasonOfWords } from "../../src/cli/deploy/problem";
import { readTarget } from "../../src/cli/deploy/target";

const wish = { check: "sha256sum", restart: "no" } as const;

/** Which version lies in which folder; a staging folder may be half a version. */
type Disk = ReadonlyMap<FolderName, string>;

const placeOf = (disk: Disk): Place => ({ kind: "kobo", folder: "/p", there: [...disk.keys()], isRunning: false });

/** Each state of the disk while a plan is carried out, from the first to the last. */
function* statesOf(plan: Plan, before: Disk, version: string): Generator<Disk> {
  let disk = new Map(before);
  const rename = (from: FolderName, to: FolderName) => {
    expect(disk.has(to), `${to} is in the way`).toBe(false);
    disk = new Map(disk);
    disk.set(to, disk.get(from) ?? "missing");
    disk.delete(from);
  };
  const remove = (name: FolderName) => (disk = new Map([...disk].filter(([each]) => each !== name)));
  yield disk;
  for (const { from, to } of plan.repairs) yield (rename(from, to), disk);
  for (const name of plan.removes) yield remove(name);
  if (plan.staging !== undefined) {
    yield (disk = new Map([...disk, [plan.staging, "half"]]));
    yield (disk = new Map([...disk, [plan.staging, version]]));
  }
  for (const { from, to } of plan.moves) yield (rename(from, to), disk);
  for (const name of plan.removesAfterwards) yield remove(name);
}

function last<T>(values: Iterable<T>): T {
  const all = [...values];
  return all.at(-1) as T;
}

/** Every disk that deploys and rollbacks leave, cut anywhere, up to three of them in a row. */
function* disksAfter(cuts: number): Generator<Disk> {
  const first: Disk = new Map();
  let disks: Disk[] = [first];
  const seen = new Set<string>();
  for (let cut = 0; cut < cuts; cut++) {
    const next: Disk[] = [];
    for (const disk of disks) {
      const plans = [planInstall(placeOf(disk), wish, `c${cut}`), planRollback(placeOf(disk), wish)];
      for (const plan of plans) {
        if (plan !== undefined) next.push(...statesOf(plan, disk, `v${cut}`));
      }
    }
    disks = next.filter(disk => {
      const shape = JSON.stringify([...disk].sort());
      const isNew = !seen.has(shape);
      seen.add(shape);
      return isNew;
    });
    yield* disks;
  }
}

describe("after up to four deploys that were cut anywhere", () => {
  const disks = [...disksAfter(4)];

  it("there are many states to look at", () => expect(disks.length).toBeGreaterThan(50));

  it("an install puts the new version in its place, and leaves nothing else but the one before", () => {
    for (const disk of disks) {
      const after = last(statesOf(planInstall(placeOf(disk), wish, "new"), disk, "new"));
      expect(after.get("ribbon.koplugin")).toBe("new");
      const kept = [...after.keys()].filter(name => name !== "ribbon.koplugin");
      expect(["", "ribbon.previous"]).toContain(kept.join());
      expect(after.get("ribbon.previous")).not.toBe("half");
    }
  });

  it("a version that was installed is never lost before another one is in its place", () => {
    for (const disk of disks) {
      if (disk.size === 0) continue;
      const whole = [...disk].filter(([name, version]) => !name.startsWith("ribbon.new-") && version !== "half");
      const hadOne = [...disk.keys()].some(name => !name.startsWith("ribbon.new-"));
      if (hadOne) expect(whole.length).toBeGreaterThan(0);
    }
  });

  it("a rollback leaves a whole version in its place, or says that there is none before", () => {
    for (const disk of disks) {
      const plan = planRollback(placeOf(disk), wish);
      if (plan === undefined) continue;
      const after = last(statesOf(plan, disk, "none"));
      expect(after.get("ribbon.koplugin")).toMatch(/^v\d$/);
      expect([...after.keys()].every(name => name === "ribbon.koplugin" || name === "ribbon.previous")).toBe(true);
    }
  });
});

it("a plan is told in plain words", () => {
  const place: Place = { ...placeOf(new Map([["ribbon.koplugin", "1"]])), current: "1.0.0", folder: "/mnt/plugins" };
  const payload = { version: "2.0.0", files: [], bytes: 2048 };
  const plan = planInstall(place, wish, "x");
  expect(describePlan(plan, payload, "root@kobo", false)).toEqual([
    "Kobo at root@kobo: /mnt/plugins",
    "Ribbon 2.0.0 (0 files, 2 KB) takes the place of Ribbon 1.0.0, which is kept for --rollback.",
  ]);
  const broken: Place = { ...place, there: ["ribbon.previous"] };
  expect(describePlan(planInstall(broken, wish, "x"), payload, "d", false)[1]).toContain("was cut short");
});

it("what does not fit is known before anything is copied", () => {
  const place = placeOf(new Map());
  expect(missingRoom(place, { version: "1", files: [], bytes: 1e6 })).toBe(0);
  expect(missingRoom({ ...place, free: 1e6 }, { version: "1", files: [], bytes: 1e6 })).toBeGreaterThan(0);
  expect(missingRoom({ ...place, free: 9e6 }, { version: "1", files: [], bytes: 1e6 })).toBe(0);
});

describe("what is meant by", () => {
  it.each([
    ["root@192.168.1.20", { kind: "ssh", host: "root@192.168.1.20" }],
    ["root@kobo.lan:2222", { kind: "ssh", host: "root@kobo.lan", port: 2222 }],
    ["root@[fe80::1%wlan0]:22", { kind: "ssh", host: "root@fe80::1%wlan0", port: 22 }],
    ["/media/me/KOBOeReader", { kind: "folder", path: "/media/me/KOBOeReader" }],
    ["./mnt", { kind: "folder", path: "./mnt" }],
    ["E:\\", { kind: "folder", path: "E:\\" }],
    ["adb:", { kind: "adb" }],
    ["adb:192.168.1.9:5555", { kind: "adb", serial: "192.168.1.9:5555" }],
  ])("%s", (target, meant) => expect(readTarget({ target })).toEqual(meant));

  it.each(["-oProxyCommand=x", "root@-oProxyCommand", "a b", "root@host;rm", "adb:-s", "root@$(x)"])(
    "nothing: %s",
    target => expect(() => readTarget({ target })).toThrow(/no address|no serial/),
  );

  it("one device, not two and not none", () => {
    expect(() => readTarget({ target: "root@x", usb: true })).toThrow("one device");
    expect(() => readTarget({ usb: true, adb: true })).toThrow("one device");
    expect(() => readTarget({})).toThrow("ribbon deploy --usb");
    expect(readTarget({ folder: "/x/plugins" })).toEqual({ kind: "folder", path: "/x/plugins" });
  });
});

it.each([
  ["tar: write error: No space left on device", "space"],
  ["mkdir: can't create directory 'x': Read-only file system", "read-only"],
  ["EROFS: read-only file system, mkdir '/x'", "read-only"],
  ["EACCES: permission denied, rename", "denied"],
  ["EIO: i/o error, fsync", "unplugged"],
  ["sh: tar: not found", "no-tar"],
  ["mv: can't rename 'a': Device or resource busy", "write"],
])("%s means %s", (words, why) => expect(reasonOfWords(words, "write").why).toBe(why));
