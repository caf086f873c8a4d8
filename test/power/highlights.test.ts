// The power fails during a run of the highlights' sync: what the store says is true, nothing is lost, the next run does the rest.
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { Dice } from "../scenarios/dice";
import type { Files } from "../support/node/disk";
import { Household } from "../support/node/household";
import { type PoweredRun, poweredRun } from "../support/node/sdr-power";
import { Scene } from "../support/node/sdr-scene";

/** How many of the syncs are followed by a cut, evenly. */
const SAMPLES = process.env["RIBBON_EVERY_OPERATION"] === undefined ? 10 : Infinity;

async function cutPower(seed: number, wal: boolean): Promise<number> {
  const home = await Household.found();
  try {
    const scene = await Scene.of(home);
    const { device, begun, last, moments } = await poweredRun(scene, wal);
    const { disk } = device;
    const dice = new Dice(seed);
    const step = Math.max(1, (last - begun + 1) / SAMPLES);
    let cuts = 0;
    for (let at = begun + 1; at <= last; at += step) {
      const sync = Math.floor(at);
      const before = moments.findLast(({ syncs }) => syncs <= sync) ?? moments[0];
      const after = moments.find(({ syncs }) => syncs >= sync);
      if (before === undefined || after === undefined) continue;
      // KOReader syncs a sidecar itself, before the store is told of it; the folder was told of nothing that the store lacks.
      const moment = { ...before, books: after.books };
      await device.afterCut(disk.after(sync), moment, `the power failed after sync ${sync}`);
      cuts += 1;
      // Before the first sync nobody knows what is on the disk.
      if (before.syncs === 0) continue;
      const some = disk.after(before.syncs, before.written, () => dice.chance(0.5));
      await device.afterCut(some, before, `after sync ${before.syncs}, and some more was written`);
      cuts += 1;
    }
    console.log(`power: ${last - begun} syncs in a run, ${cuts} cuts`);
    return cuts;
  } finally {
    await home.dissolve();
  }
}

test("a run of the highlights' sync loses nothing when the power fails", async () => {
  expect(await cutPower(1, true)).toBeGreaterThan(3);
}, 3_600_000);

test("nor on a device that cannot keep a write-ahead log", async () => {
  expect(await cutPower(2, false)).toBeGreaterThan(3);
}, 3_600_000);

/** What a store found after a cut says of the device's own files, and of those that it knows to be in the folder. */
function ownIn(files: Files, folder: string): { own: string[]; sent: string[] } {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const [name, content] of files)
    if (/^ribbon-sdr\.sqlite3(-wal|-journal)?$/.test(name)) fs.writeFileSync(path.join(folder, name), content);
  const database = new Database(path.join(folder, "ribbon-sdr.sqlite3"));
  const namesIn = (table: string): string[] => database.prepare(`SELECT name FROM ${table}`).pluck().all() as string[];
  const found = { own: namesIn("own"), sent: namesIn("sent") };
  database.close();
  return found;
}

/** Syncs after which a file of ours is in the store for good, and that it was put is not; and the first moment at which it is put. */
function aroundPut({ device, begun, last, moments }: PoweredRun, scratch: string) {
  const before = fs.readdirSync(moments[0]?.cloud ?? "");
  const put = moments.find(({ cloud }) => fs.readdirSync(cloud).length > before.length);
  const [name = ""] = fs.readdirSync(put?.cloud ?? "").filter(each => !before.includes(each));
  const syncs = Array.from({ length: last - begun }, (_, index) => begun + 1 + index).filter(sync => {
    const { own, sent } = ownIn(device.disk.after(sync), scratch);
    return own.includes(name) && !sent.includes(name);
  });
  return { name, put, syncs };
}

test.for([true, false])(
  "neither between the store and the folder, nor before the folder's answer is noted (log: %s)",
  { timeout: 3_600_000 },
  async wal => {
    const home = await Household.found();
    try {
      const scene = await Scene.of(home);
      const run = await poweredRun(scene, wal);
      const { name, put, syncs } = aroundPut(run, path.join(home.folder, "found"));
      const [device] = name.split("-");
      const ofOurs = (): string[] => fs.readdirSync(scene.cloud).filter(each => each.startsWith(`${device}-`));
      const [first] = run.moments;
      if (first === undefined || put === undefined) throw new Error("nothing was put");
      expect(syncs.length, "the store has it before the folder").toBeGreaterThan(0);
      const before = fs.readdirSync(first.cloud).filter(each => each.startsWith(`${device}-`));
      for (const sync of [syncs[0] ?? 0, syncs.at(-1) ?? 0]) {
        for (const [when, { cloud }] of [
          ["before it was put", first],
          ["before that was noted", put],
        ] as const) {
          // prettier-ignore
          await run.device.afterCut(run.device.disk.after(sync), { ...first, cloud }, `sync ${sync}: ${when}`);
          expect(ofOurs().sort(), `sync ${sync}: ${when}: put once, as the store has it`).toEqual(
            [...before, name].sort(),
          );
        }
      }
      console.log(`power: ${syncs.length} syncs between store and folder`);
    } finally {
      await home.dissolve();
    }
  },
);
