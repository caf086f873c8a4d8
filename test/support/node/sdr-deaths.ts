// What the specs share that kill a reader, or one of its workers, at each of its file operations.
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "./hand";
import type { Household } from "./household";
import { syncHighlights } from "./sdr-devices";
import { Fate, type Operation } from "./sdr-fate";
import { Scene } from "./sdr-scene";

/** What a run has to do with: the store, the spool, both sidecars, their backups. */
const PARTS = [
  "ribbon-sdr.sqlite3",
  "ribbon-sdr-spool/in",
  "ribbon-sdr-spool/out",
  "ribbon-sdr-spool/made",
  "ash.sdr",
  "night-train.sdr",
  "ribbon-sdr-backup",
];
const ALL = process.env["RIBBON_EVERY_OPERATION"] !== undefined;

/** So many of these, evenly; all of them with RIBBON_EVERY_OPERATION=1. */
export function some(numbers: readonly number[], most: number): number[] {
  const count = ALL ? numbers.length : Math.min(numbers.length, most);
  return Array.from({ length: count }, (_, index) => numbers[Math.floor((index * numbers.length) / count)] ?? 1);
}

/** Numbers of operations: so many of SQLite's, which are alike, and so many of all others. */
export function places(
  noted: readonly Operation[],
  [ofStore, ofOthers]: readonly [number, number],
  isMeant: (each: Operation) => boolean = () => true,
): number[] {
  const all = noted
    .map((each, index) => ({ each, number: index + 1, isStore: each.path.includes(".sqlite3") }))
    .filter(({ each }) => isMeant(each));
  const numbers = (isStore: boolean): number[] =>
    all.filter(each => each.isStore === isStore).map(({ number }) => number);
  return [...some(numbers(false), ofOthers), ...some(numbers(true), ofStore)];
}

export interface Fated {
  readonly scene: Scene;
  readonly fate: Fate;
}

export async function fateOf(home: Household): Promise<Fated> {
  const scene = await Scene.of(home);
  return { scene, fate: new Fate(path.join(home.folder, "fate"), home.folder) };
}

/** A run of which somebody may not see the end. */
export async function dyingRun(hand: Hand, run = syncHighlights): Promise<boolean> {
  try {
    await run(hand);
    return false;
  } catch {
    return true;
  }
}

/** What a run does as long as nothing happens to it. */
export async function watch(
  { scene, fate }: Fated,
  clock: "fake" | "real",
  run = syncHighlights,
): Promise<Operation[]> {
  scene.again();
  const watched = await scene.device("Kobo", { under: fate.under, clock });
  fate.let("any", "note");
  await run(watched);
  const noted = fate.noted();
  fate.lift();
  await watched.exit();
  await scene.expectAll(await scene.device("Kobo"), "nobody died");
  for (const part of PARTS)
    expect(
      noted.some(({ path: file }) => file.includes(part)),
      part,
    ).toBe(true);
  return noted;
}

/** For the message of a spec that fails. */
export const where = (noted: readonly Operation[], number: number): string => {
  const [{ who = "nobody", what = "nothing", path: file = "" } = {}] = noted;
  return `${who} at ${number}: ${what} ${path.basename(file)}`;
};
