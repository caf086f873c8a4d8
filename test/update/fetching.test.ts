// Whatever a server sends, or does not: only a package that is what its release says, in every file, is ever installed.
import { expect } from "vitest";
import type { Fault } from "../support/node/proxy";
import { closeAll, settle } from "../support/node/plugin-test";
import {
  atLoad,
  type Hand,
  look,
  OWN,
  running,
  type UpdateHome,
  updateTest as test,
} from "../support/node/update-test";
import { type Update, without } from "../support/node/versions";

/** The smallest that works: what is fetched a hundred times should not be large. */
const small = (at: UpdateHome): Update => at.make("0.2.0", without("roots.pem"));

/** Afterwards nothing is changed, and a good server brings the version. */
async function recovers(at: UpdateHome, hand: Hand, good: Update): Promise<void> {
  await closeAll(hand);
  expect(at.folders()).toEqual([]);
  expect(at.active()).toBe("RIBBON 1\nend\n");
  expect(await running(hand)).toBe(OWN);
  at.offer(good);
  expect(await again(hand)).toContain("takes over when KOReader starts again");
}

/** Looks again and installs; what is shown at the end. */
async function again(hand: Hand): Promise<string> {
  await closeAll(hand);
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  const screen = await hand.screen();
  await hand.tap(screen.includes("Look again") ? "Look again" : "Look for an update");
  await hand.advance(60);
  if (!(await hand.screen()).includes("Install 0.2.0")) return (await hand.screen()).join("\n");
  await hand.tap("Install 0.2.0");
  await hand.advance(600);
  return (await hand.screen()).join("\n");
}

const cutAt = (well: Fault, bytes: number): Fault => (well.kind === "answer" ? { ...well, cutAfter: bytes } : well);

test("a package that is cut anywhere is not installed", async ({ at }) => {
  const good = small(at);
  const hand = await at.start();
  const { length } = good.bytes;
  for (const bytes of [0, 1, 8191, 8192, 100_000, Math.floor(length / 2), length - 4097, length - 1]) {
    at.offer(good, (file, well) => (file === "release.json" ? undefined : cutAt(well, bytes)));
    const text = await again(hand);
    expect(text, `cut after ${bytes}`).toContain("Nothing was changed: Ribbon runs as before.");
  }
  await recovers(at, hand, good);
});

test("each request that fails in each way leaves everything as it was", async ({ at }) => {
  const good = small(at);
  const hand = await at.start();
  const faults: Fault[] = [
    { kind: "reset" },
    { kind: "lost answer" },
    { kind: "status", status: 500 },
    { kind: "status", status: 404, detail: "Not offered any more" },
    { kind: "status", status: 401 },
    { kind: "page", status: 200 },
    { kind: "page", status: 503 },
  ];
  for (const about of ["release.json", "ribbon-0.2.0.update"]) {
    for (const fault of faults) {
      at.offer(good, file => (file === about ? fault : undefined));
      const text = await again(hand);
      expect(text, `${about}: ${JSON.stringify(fault)}`).not.toContain("takes over");
      expect(at.folders()).toEqual([]);
    }
  }
  await recovers(at, hand, good);
});

test("what a release says of its package has to be so", async ({ at }) => {
  const good = small(at);
  const other = Buffer.from(good.bytes);
  other[5000] = (other[5000] ?? 0) ^ 1;
  const release = JSON.parse(good.release) as { package: object; files: { name: string; bytes: number }[] };
  const sha = (value: string): string => good.release.replaceAll(/"sha256": "[0-9a-f]{64}"/g, `"sha256": "${value}"`);
  const wrong: Readonly<Record<string, Update>> = {
    "one bit": { ...good, bytes: other },
    "another hash": { ...good, release: sha("0".repeat(64)) },
    "longer than said": { ...good, bytes: Buffer.concat([good.bytes, Buffer.from("return 1\n")]) },
    "shorter than said": { ...good, bytes: good.bytes.subarray(0, -9) },
    "a file outside the folder": {
      ...good,
      release: good.release.replace('"name": "workers.lua"', '"name": "../workers.lua"'),
    },
    "a file of the root": {
      ...good,
      release: good.release.replace('"name": "workers.lua"', '"name": "/tmp/workers.lua"'),
    },
    "no sum of its files": {
      ...good,
      release: JSON.stringify({ ...release, package: { ...release.package, bytes: 7 } }),
    },
    "no release": { ...good, release: "[]" },
    "no JSON": { ...good, release: "{" },
    "a syntax error": at.make("0.2.0", at => {
      without("roots.pem")(at);
      atLoad("this is no Lua")(at);
    }),
    "no bundle": at.make("0.2.0", without("roots.pem", "ribbon.lua")),
  };
  const hand = await at.start();
  for (const [what, update] of Object.entries(wrong)) {
    at.offer(update);
    expect(await again(hand), what).not.toContain("takes over");
    expect(
      at.folders().filter(name => name !== "incoming"),
      what,
    ).toEqual([]);
    expect(at.active()).toBe("RIBBON 1\nend\n");
  }
  await recovers(at, hand, good);
});

test("without room for it nothing is fetched, and the reader is told how much is missing", async ({ at }) => {
  const good = small(at);
  at.offer(good);
  const hand = await at.start();
  await hand.run(`the_df = require("ffi/util").df require("ffi/util").df = function() return 1e9, 5e6, 5e6 end`);
  expect(await again(hand)).toContain("There is no room left on this device");
  await hand.run(`require("ffi/util").df = the_df`);
  await recovers(at, hand, good);
});

test("a disk that is full in the middle leaves everything as it was", async ({ at }) => {
  const good = small(at);
  at.offer(good);
  const hand = await at.start();
  await hand.run(`the_write = getmetatable(io.stdout).__index.write
    local left = 40
    getmetatable(io.stdout).__index.write = function(file, text)
      left = left - 1
      if left < 0 and file ~= io.stdout and file ~= io.stderr then return nil, "No space left on device" end
      return the_write(file, text)
    end`);
  expect(await again(hand)).toContain("Nothing was changed");
  await hand.run(`getmetatable(io.stdout).__index.write = the_write`);
  await recovers(at, hand, good);
});

test("a folder that cannot be written says so", async ({ at }) => {
  at.offer(small(at));
  const hand = await at.start();
  await hand.run(`the_open = io.open io.open = function(path, mode)
    if mode == "wb" and path:find("ribbon.koplugin", 1, true) then return nil, "Read-only file system" end
    return the_open(path, mode) end`);
  expect(await again(hand)).toContain("Read-only file system");
  await hand.run("io.open = the_open");
});

test("a version that is withdrawn between looking and installing is not there any more", async ({ at }) => {
  at.offer(small(at));
  const hand = await at.start();
  await look(hand);
  at.offer(at.make("0.3.0", without("roots.pem")));
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect((await hand.screen()).join("\n")).toContain("does not offer this version any more. Please look again.");
});

test("fetching is cancelled by a tap, and nothing is changed", async ({ at }) => {
  const good = small(at);
  at.offer(good);
  const hand = await at.start();
  await look(hand);
  await hand.secondsPerJob(20);
  await hand.tap("Install 0.2.0");
  await hand.advance(5);
  expect((await hand.screen()).join("\n")).toContain("Fetching Ribbon 0.2.0…");
  await hand.tap("Cancel");
  await hand.advance(60);
  expect(at.active()).toBe("RIBBON 1\nend\n");
  expect(at.folders()).toEqual([]);
});

test("looked for by itself: once a day, with a network that is there, and said once", async ({ at }) => {
  at.offer(small(at));
  const hand = await at.start();
  await settle(hand);
  expect(at.asked()).toBe(0);
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap("Looks by itself, once a day: no");
  await closeAll(hand);
  await hand.exit();
  const offline = await at.start({ wifi: false });
  await settle(offline);
  expect(at.asked()).toBe(0);
  await offline.regainWifi();
  await offline.advance(1);
  expect(at.asked()).toBe(1);
  expect((await offline.screen()).join("\n")).toContain("Ribbon 0.2.0 is there.");
  await offline.advance(10);
  await offline.exit();
  for (const hours of [1, 25]) {
    const next = await at.start();
    await next.setClock((await next.now()) + hours * 3600);
    await next.loseWifi();
    await next.regainWifi();
    await next.advance(3);
    expect((await next.screen()).join("\n")).not.toContain("0.2.0");
    expect(at.asked()).toBe(hours === 1 ? 1 : 2);
    await next.exit();
  }
});
