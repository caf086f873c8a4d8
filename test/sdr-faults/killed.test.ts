// KOReader, or its worker, is killed at any file operation of a run: nothing is lost, and the next run does the rest.
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { syncHighlights, withSync } from "../support/node/sdr-devices";
import { Fate, type Operation } from "../support/node/sdr-fate";
import { Scene } from "../support/node/sdr-scene";

/** Of each kind; all of them with RIBBON_EVERY_OPERATION=1. */
const MOST = process.env["RIBBON_EVERY_OPERATION"] === undefined ? 7 : Infinity;

/** Numbers of operations, evenly: of SQLite's many alike, and of all others, half of the places each. */
function places(noted: readonly Operation[], isMeant: (each: Operation) => boolean): number[] {
  const all = noted
    .map((each, index) => ({ each, number: index + 1, isStore: each.path.includes(".sqlite3") }))
    .filter(({ each }) => isMeant(each));
  const some = (isStore: boolean, most: number): number[] => {
    const numbers = all.filter(each => each.isStore === isStore).map(({ number }) => number);
    const step = Math.max(1, numbers.length / most);
    const count = Math.min(numbers.length, most);
    return Array.from({ length: Math.floor(count) }, (_, index) => numbers[Math.floor(index * step)] ?? 1);
  };
  return [...some(false, MOST), ...some(true, MOST)];
}

async function fateOf(home: Household): Promise<{ scene: Scene; fate: Fate }> {
  const scene = await Scene.of(home);
  return { scene, fate: new Fate(path.join(home.folder, "fate"), home.folder) };
}

/** A run of which somebody may not see the end. */
async function dyingRun(hand: Hand): Promise<boolean> {
  try {
    await syncHighlights(hand);
    return false;
  } catch {
    return true;
  }
}

test.for(["die", "half"] as const)(
  "killed at an operation (%s), KOReader has everything after its next run",
  { timeout: 3_600_000 },
  async (what, { home }) => {
    const { scene, fate } = await fateOf(home);
    scene.again();
    const watched = await scene.device("Kobo", { under: fate.under });
    fate.let("any", "note");
    await syncHighlights(watched);
    const noted = fate.noted();
    fate.lift();
    await scene.expectAll(watched, "nobody died");
    // The store, the spool, both sidecars, their backups.
    for (const part of [
      "ribbon-sdr.sqlite3",
      "ribbon-sdr-spool/in",
      "ribbon-sdr-spool/out",
      "ash.sdr",
      "night-train.sdr",
      "ribbon-sdr-backup",
    ])
      expect(
        noted.some(({ path: file }) => file.includes(part)),
        part,
      ).toBe(true);
    const numbers = places(noted, each => what === "die" || each.what === "write");
    let deaths = 0;
    for (const number of numbers) {
      scene.again();
      const kobo = await scene.device("Kobo", { under: fate.under });
      fate.let("any", what, number);
      if (await dyingRun(kobo)) deaths += 1;
      else await kobo.exit();
      const [{ what: operation = "none", path: file = "" } = {}] = fate.noted();
      fate.lift();
      const next = await scene.device("Kobo");
      await scene.expectAll(next, `${what} at ${number}: ${operation} ${path.basename(file)}`);
    }
    console.log(`${what}: ${noted.length} operations, killed at ${deaths} of ${numbers.length} places`);
    expect(deaths).toBeGreaterThan(numbers.length * 0.8);
  },
);

/** With a fork of its own, in real time. */
async function realRun(hand: Hand): Promise<void> {
  await hand.perform("ribbon_sync_now");
  for (let tries = 0; tries < 300; tries += 1) {
    await hand.wait(0.1);
    if ((await withSync(hand, "return sdr:status().state.kind")) !== "running") return;
  }
  throw new Error("the run does not end");
}

test(
  "a worker that is killed at an operation costs nothing but another run",
  { timeout: 3_600_000 },
  async ({ home }) => {
    const { scene, fate } = await fateOf(home);
    const counted: number[] = [];
    let deaths = 0;
    for (let number = 0; number === 0 || counted.length === 0 || number <= (counted[0] ?? 0); number += 1) {
      scene.again();
      const kobo = await scene.device("Kobo", { under: fate.under, clock: "real" });
      fate.let("worker", number === 0 ? "note" : "die", number);
      await realRun(kobo);
      const noted = fate.noted();
      if (number === 0) counted.push(noted.length);
      else deaths += noted.length;
      fate.lift();
      await realRun(kobo);
      expect(await withSync(kobo, "return sdr:status().unsent")).toBe(0);
      await kobo.exit();
      await scene.expectAll(await scene.device("Kobo"), `the worker died at ${number}`);
    }
    console.log(`worker: ${counted[0]} operations, killed at ${deaths}`);
    expect(counted[0]).toBeGreaterThan(3);
    // A run has several workers, and each counts its own operations: beyond the longest of them nobody dies.
    expect(deaths).toBeGreaterThan((counted[0] ?? 0) / 3);
  },
);
