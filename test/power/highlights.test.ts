// The power fails during a run of the highlights' sync: what the store says is true, nothing is lost, the next run does the rest.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Dice } from "../scenarios/dice";
import { Disk, type Files } from "../support/node/disk";
import { Household } from "../support/node/household";
import { Scene } from "../support/node/sdr-scene";

/** How many of the syncs are followed by a cut, evenly. */
const SAMPLES = process.env["RIBBON_EVERY_OPERATION"] === undefined ? 10 : Infinity;
const MOMENT = 0.05;

/** One moment of the run: what else there was, besides the store's disk. */
interface Moment {
  readonly syncs: number;
  readonly written: Files;
  /** Copies of the books with their sidecars, and of the folder in the cloud. */
  readonly books: string;
  readonly cloud: string;
}

class Device {
  readonly disk: Disk;
  private readonly settings: string;
  private readonly books: string;
  private copies = 0;

  constructor(private readonly scene: Scene) {
    const { folder } = scene.home;
    this.settings = path.join(folder, "Kobo/settings");
    this.books = path.join(folder, "Kobo/books");
    scene.again();
    this.disk = new Disk(folder, this.settings);
  }

  moment(): Moment {
    const { scene, disk } = this;
    const [books, cloud] = [this.books, scene.cloud].map(place => {
      this.copies += 1;
      const copy = path.join(scene.home.folder, "copies", `${this.copies}`);
      fs.cpSync(place, copy, { recursive: true, preserveTimestamps: true });
      return copy;
    });
    return { syncs: disk.syncs(), written: disk.written(), books: books ?? "", cloud: cloud ?? "" };
  }

  /** As the power left it; the spool is gone, of which nothing is waited for. */
  async afterCut(files: Files, { books, cloud }: Moment, when: string): Promise<void> {
    const { scene } = this;
    scene.again();
    for (const name of fs.readdirSync(this.settings)) {
      const isFile = fs.statSync(path.join(this.settings, name)).isFile();
      if (isFile || name === "ribbon-sdr-spool") fs.rmSync(path.join(this.settings, name), { recursive: true });
    }
    for (const [name, content] of files) fs.writeFileSync(path.join(this.settings, name), content);
    for (const [from, to] of [
      [books, this.books],
      [cloud, scene.cloud],
    ] as const) {
      // prettier-ignore
      fs.rmSync(to, { recursive: true });
      fs.cpSync(from, to, { recursive: true, preserveTimestamps: true });
    }
    await scene.expectAll(await scene.device("Kobo"), when);
  }
}

async function cutPower(seed: number, wal: boolean): Promise<number> {
  const home = await Household.found();
  try {
    const scene = await Scene.of(home);
    const device = new Device(scene);
    const { disk } = device;
    const kobo = await scene.device("Kobo", { under: disk.under, wal });
    await kobo.advance(1);
    const begun = disk.syncs();
    await kobo.perform("ribbon_sync_now");
    const moments = [device.moment()];
    while (moments.length < 100) {
      await kobo.advance(MOMENT);
      moments.push(device.moment());
    }
    const last = disk.syncs();
    await kobo.kill();
    expect(last - begun, "what others hear of is on the disk before").toBeGreaterThan(1);
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
