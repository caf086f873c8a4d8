// The device has no room left, nor has the folder on it, from any writing on: what was there stays, and with room the next run does the rest.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { ASH, pluginTest as test, TRAIN } from "../support/node/plugin-test";
import { places } from "../support/node/sdr-deaths";
import { syncHighlights, withSync } from "../support/node/sdr-devices";
import { Fate } from "../support/node/sdr-fate";
import { Scene } from "../support/node/sdr-scene";

const PATIENT = { timeout: 3_600_000 };

interface State {
  readonly kind: string;
  readonly failure?: { readonly reason: string; readonly at?: string };
}

/** Whether the run failed, for that reason; from its first writing on, not even the store can be opened. */
async function isStopped(hand: Hand, when: string): Promise<boolean> {
  const state = (await withSync(
    hand,
    `local worked, status = pcall(sdr.status, sdr)
    return worked and status.state or { kind = tostring(status):find("disk") and "closed" or tostring(status) }`,
  )) as State;
  if (state.kind === "idle" || state.kind === "closed") return state.kind === "closed";
  expect(state.failure?.reason, when).toBe("disk");
  expect(state.failure?.at, "it is not the server's disk").toBeUndefined();
  return true;
}

/** The books whose sidecars are no longer as they were, and of which no backup says how. */
function withoutBackup(scene: Scene): string[] {
  const backups = path.join(scene.home.folder, "Kobo/settings/ribbon-sdr-backup");
  const kept = !fs.existsSync(backups)
    ? []
    : fs
        .readdirSync(backups, { recursive: true, encoding: "utf8" })
        .filter(name => name.endsWith(".lua"))
        .map(name => fs.readFileSync(path.join(backups, name), "utf8"));
  return [ASH, TRAIN].filter(book => {
    const [before, now] = [scene.still, scene.home.folder].map(root => sidecarOf(path.join(root, "Kobo/books"), book));
    return now !== before && !kept.includes(before ?? "");
  });
}

/** Empty where there is none. */
function sidecarOf(books: string, book: string): string {
  const file = path.join(books, book.replace(/\.epub$/, ".sdr"), "metadata.epub.lua");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** The writings of a run that nothing happens to, and the numbers of some of them. */
async function writings(scene: Scene, fate: Fate, ofStore: number) {
  scene.again();
  const watched = await scene.device("Kobo", { under: fate.under });
  fate.let("any", "note");
  await syncHighlights(watched);
  const noted = fate.noted();
  fate.lift();
  await watched.exit();
  const numbers = places(noted, [ofStore, 15], ({ what }) => what === "write");
  expect(numbers.length).toBeGreaterThan(12);
  return { noted, numbers };
}

/** A run with that order, after which everything is there that was; with room, the next one does the rest. */
async function stops(scene: Scene, fate: Fate, what: "full" | "once", number: number): Promise<boolean> {
  const when = `${what} at ${number}`;
  scene.again();
  const kobo = await scene.device("Kobo", { under: fate.under });
  fate.let("any", what, number);
  await syncHighlights(kobo);
  const hasStopped = await isStopped(kobo, when);
  const texts = await scene.texts(kobo, "Kobo", ASH);
  expect(texts, when).toEqual(expect.arrayContaining(["by the Kobo", "by the Kobo, too", "the ash tree"]));
  expect(await scene.texts(kobo, "Kobo", TRAIN), when).toContain("in the train");
  expect(withoutBackup(scene), `${when}: changed, and no backup`).toEqual([]);
  fate.lift();
  await scene.expectAll(kobo, when);
  return hasStopped;
}

test("without room nothing is lost, and it is said", PATIENT, async ({ home }) => {
  const scene = await Scene.of(home);
  const fate = new Fate(path.join(home.folder, "fate"), home.folder);
  const { numbers } = await writings(scene, fate, 5);
  let stopped = 0;
  for (const number of numbers) if (await stops(scene, fate, "full", number)) stopped += 1;
  console.log(`no room: from ${numbers.length} writings on, a run that failed ${stopped}`);
  expect(stopped).toBeGreaterThan(numbers.length / 2);
});

test("one thing that cannot be written is not taken for written", PATIENT, async ({ home }) => {
  const scene = await Scene.of(home);
  const fate = new Fate(path.join(home.folder, "fate"), home.folder);
  const { noted, numbers } = await writings(scene, fate, 0);
  for (const number of numbers) {
    const { path: file = "" } = noted[number - 1] ?? {};
    const hasStopped = await stops(scene, fate, "once", number);
    // What a worker made of a book; other things are made again in the same run, or left as they were.
    if (/made\/\d+$/.test(file)) expect(hasStopped, `${number}: ${file}`).toBe(true);
  }
});
