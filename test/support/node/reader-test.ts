// A vitest `test` with a device of its own: a data folder that goes away with its readers.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "vitest";
import { Hand, type HandOptions } from "./hand";

export const DIARY = "test/fixtures/plugins/diary.koplugin";

export { sampleBook } from "./sample-book";

interface Device {
  dataDir: string;
  /** Switches the device on, with the diary plugin unless told otherwise. */
  start(options?: Partial<HandOptions>): Promise<Hand>;
}

export const readerTest = test.extend<{ device: Device }>({
  // vitest reads from this pattern which fixtures are needed.
  device: async ({}, use) => {
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "reader-"));
    const hands: Hand[] = [];
    const start = async (options: Partial<HandOptions> = {}): Promise<Hand> => {
      const hand = await Hand.start({ dataDir, plugin: DIARY, ...options });
      hands.push(hand);
      return hand;
    };
    await use({ dataDir, start });
    await Promise.all(hands.map(hand => hand.stop()));
    fs.rmSync(dataDir, { recursive: true, force: true });
  },
});

/** What the diary heard since it was last asked. */
export async function heard(hand: Hand): Promise<string[]> {
  const lines = await hand.run(
    `local d = require("pluginloader"):getPluginInstance("diary")
     local heard = {} for i, line in ipairs(d.heard) do heard[i] = line d.heard[i] = nil end
     return require("rapidjson").array(heard)`,
  );
  return lines as string[];
}

/** Everything that the diary of a device ever heard, also at its end. */
export const diaryFile = (dataDir: string): string[] =>
  fs.readFileSync(path.join(dataDir, "diary.txt"), "utf8").trimEnd().split("\n");

/** Calls something of the diary's instance, as Lua. */
export const withDiary = (hand: Hand, lua: string): Promise<unknown> =>
  hand.run(`local diary = require("pluginloader"):getPluginInstance("diary") ${lua}`);
