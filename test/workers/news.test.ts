// What workers tell holds KOReader's loop for a moment only, however much it is: real forks, and a real clock.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { readerTest as test } from "../support/node/reader-test";

const NEWS = 60;

/** Runs many-news.lua: how many pieces of news were told at once, and how the worker ended. */
interface Told {
  readonly batches: number[];
  readonly order: number[];
  readonly end: string;
}

test("a worker that tells much is heard a little at a time, in order, and to its end", async ({ device }) => {
  const hand = await device.start({ clock: "real" });
  const code = fs.readFileSync(new URL("many-news.lua", import.meta.url), "utf8");
  await hand.run(`(function(...)\n${code}\nend)(${JSON.stringify(path.resolve("build/lua"))}, ${NEWS})`);
  await hand.until(async () => (await hand.run("return many_news.ended")) === true);
  const told = (await hand.run("return many_news")) as Told;
  expect(told.order).toEqual(Array.from({ length: NEWS }, (_, index) => index + 1));
  expect(told.end).toBe("well");
  // Each takes two milliseconds, of three that are there: a second begins, and no third.
  expect(Math.max(...told.batches)).toBeLessThanOrEqual(2);
  expect(told.batches.reduce((sum, each) => sum + each, 0)).toBe(NEWS);
});
