// The power of a device fails in a run of the highlights' sync: how everything was at each moment, and what is found afterwards.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { Disk, type Files } from "./disk";
import type { Hand } from "./hand";
import type { Scene } from "./sdr-scene";

const MOMENT = 0.05;

/** One moment of the run: what else there was, besides the store's disk. */
export interface Moment {
  readonly syncs: number;
  readonly written: Files;
  /** Copies of the books with their sidecars, and of the folder in the cloud. */
  readonly books: string;
  readonly cloud: string;
}

export class PowerlessDevice {
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
    await scene.expectAll(await scene.device("Kobo"), when, { mayRepeat: true });
  }
}

/** A run, and how everything was before it and at each of its moments. */
export interface PoweredRun {
  readonly device: PowerlessDevice;
  readonly begun: number;
  readonly last: number;
  readonly moments: readonly Moment[];
}

export async function poweredRun(scene: Scene, wal: boolean): Promise<PoweredRun> {
  const device = new PowerlessDevice(scene);
  const { disk } = device;
  const kobo: Hand = await scene.device("Kobo", { under: disk.under, wal });
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
  return { device, begun, last, moments };
}
