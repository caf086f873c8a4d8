// The device that is measured: a stand-in reader with the built plugin, or bare, in a folder of its own.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { connectionSettings } from "../../src/cli/demo/device";
import { Hand, type HandOptions } from "../support/node/hand";

export const PLUGIN = path.resolve("koplugin/ribbon.koplugin");
/** As for `plugin` of a hand: a reader without plugins, to compare with. */
export const BARE: string[] = [];

/** Gives `work` an empty folder that is gone afterwards. */
export async function withScratch<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-bench-"));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a reader for as long as `work` takes. */
export async function withReader<Result>(options: HandOptions, work: (hand: Hand) => Promise<Result>): Promise<Result> {
  const hand = await Hand.start({ clock: "real", ...options });
  try {
    return await work(hand);
  } finally {
    await hand.stop();
  }
}

/** A new process on a new device. */
export function withNewReader<Result>(
  plugin: string | string[],
  work: (hand: Hand) => Promise<Result>,
): Promise<Result> {
  return withScratch(dataDir => withReader({ dataDir, plugin }, work));
}

/** Points the device's plugin to a server. */
export function connect(dataDir: string, url: string, key: string): void {
  fs.mkdirSync(path.join(dataDir, "settings"), { recursive: true });
  fs.writeFileSync(path.join(dataDir, "settings/ribbon.lua"), connectionSettings(url, key));
}

/** Runs probes/<name>.lua inside the reader; its `...` are the arguments. */
export function probe(hand: Hand, name: string, ...args: readonly (number | string)[]): Promise<unknown> {
  const code = fs.readFileSync(new URL(`probes/${name}.lua`, import.meta.url), "utf8");
  return hand.run(`return (function(...)\n${code}\nend)(${args.map(arg => JSON.stringify(arg)).join(", ")})`);
}
