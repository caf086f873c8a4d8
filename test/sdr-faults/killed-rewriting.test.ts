// KOReader is killed while it merges its files, takes over a retired device, or takes another name: nothing is lost.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { TRAIN } from "../support/node/household";
import { ASH, pluginTest as test } from "../support/node/plugin-test";
import { dyingRun, type Fated, fateOf, places, some, where } from "../support/node/sdr-deaths";
import {
  bookOn,
  filesByDevice,
  markAll,
  read,
  sdrDevice,
  syncHighlights,
  textsIn,
  withSync,
} from "../support/node/sdr-devices";
import type { Scene } from "../support/node/sdr-scene";

const PATIENT = { timeout: 7_200_000 };
/** So many files of changes are merged. */
const ENOUGH = 16;

const kindsIn = (files: Record<string, string[]>): (string | undefined)[] =>
  Object.values(files)
    .flat()
    .map(name => name.split("-")[2]);

/** From now on this is the moment before the run. */
function keep({ home, still }: Scene): void {
  for (const name of ["Kobo", "Kindle", "cloud"]) {
    fs.rmSync(path.join(still, name), { recursive: true });
    fs.cpSync(path.join(home.folder, name), path.join(still, name), { recursive: true, preserveTimestamps: true });
  }
}

/** The Kobo wrote so many files that the next run merges them; its last highlight is in none of them. */
async function withManyFiles(scene: Scene): Promise<readonly string[]> {
  scene.again();
  const kobo = await scene.device("Kobo");
  await syncHighlights(kobo);
  const id = (await withSync(kobo, "return sdr:devices()[1].id")) as string;
  const texts: string[] = [];
  do {
    const text = `number ${texts.length + 10}`;
    await syncHighlights(kobo);
    await read(kobo, scene.book("Kobo", ASH), () => markAll(kobo, [text]));
    texts.push(text);
  } while ((filesByDevice(scene.cloud)[id]?.length ?? 0) < ENOUGH);
  await kobo.exit();
  keep(scene);
  expect(kindsIn(filesByDevice(scene.cloud))).not.toContain("s");
  return texts;
}

/** The Kindle is no more, and all that it wrote is known on the Kobo. */
async function withRetired(scene: Scene): Promise<readonly string[]> {
  scene.again();
  const kobo = await scene.device("Kobo");
  await syncHighlights(kobo);
  await withSync(
    kobo,
    `for _, device in ipairs(sdr:devices()) do if device.label == "Kindle" then sdr:retire(device.id) end end`,
  );
  await kobo.exit();
  keep(scene);
  return [];
}

/** A copy of the Kobo wrote under its name; the Kobo has something to send. Of one highlight both wrote. */
async function withTwin(scene: Scene): Promise<readonly string[]> {
  scene.again();
  // In the Kobo's place: it knows its books by where they lie.
  const twin = await scene.device("Kobo");
  await read(twin, scene.book("Kobo", ASH), async () => {
    await twin.turn(14, 20);
    await twin.highlight("by the twin");
  });
  await read(twin, scene.book("Kobo", TRAIN), () => twin.editNote("in the train", "a word of the twin"));
  await syncHighlights(twin);
  await twin.exit();
  const kobo = path.join(scene.home.folder, "Kobo");
  fs.rmSync(kobo, { recursive: true });
  fs.cpSync(path.join(scene.still, "Kobo"), kobo, { recursive: true, preserveTimestamps: true });
  const hand = await scene.device("Kobo");
  await read(hand, scene.book("Kobo", TRAIN), () => hand.editNote("in the train", "a word of the Kobo"));
  await hand.exit();
  keep(scene);
  return ["by the twin"];
}

/** Somebody who never synced has everything, from what is in the folder alone. */
async function expectAllOnNewcomer(scene: Scene, when: string, more: readonly string[]): Promise<void> {
  fs.rmSync(path.join(scene.home.folder, "Boox"), { recursive: true, force: true });
  const hand = await sdrDevice(scene.home, "Boox", scene.target);
  const file = bookOn(hand);
  await read(hand, file);
  await syncHighlights(hand);
  await withSync(hand, "sdr:applyPreview()");
  await hand.advance(30);
  const all = ["by the Kindle", "by the Kobo", "by the Kobo, too", "the ash tree", ...more].sort();
  expect(await textsIn(hand, file), `${when}: on a newcomer`).toEqual(all);
  await hand.exit();
}

/** Two runs: what is replaced, or taken over, is put by the first. */
async function runs(hand: Hand): Promise<void> {
  for (let run = 0; run < 2; run += 1) await syncHighlights(hand);
}

async function dieIn(
  { scene, fate }: Fated,
  name: string,
  more: readonly string[],
  isDone: (files: Record<string, string[]>, kobo: Hand) => void | Promise<void>,
): Promise<void> {
  scene.again();
  const watched = await scene.device("Kobo", { under: fate.under });
  fate.let("any", "note");
  await runs(watched);
  const noted = fate.noted();
  fate.lift();
  await isDone(filesByDevice(scene.cloud), watched);
  await watched.exit();
  await expectAllOnNewcomer(scene, `${name}: nobody died`, more);
  // Each phase of a run begins a file for what its workers make.
  const phases = noted.flatMap(({ what, path: file }, index) =>
    what === "open" && file.includes("ribbon-sdr-spool/made") ? [index + 1] : [],
  );
  expect(phases.length).toBeGreaterThan(3);
  const numbers = [...new Set([...some(phases, 8), ...places(noted, [2, 2])])];
  for (const number of numbers) {
    scene.again();
    const kobo = await scene.device("Kobo", { under: fate.under });
    fate.let("any", "die", number);
    expect(await dyingRun(kobo, runs), `${number} of ${noted.length}`).toBe(true);
    const when = `${name}: ${where(fate.noted(), number)}`;
    fate.lift();
    const next = await scene.device("Kobo");
    await runs(next);
    await isDone(filesByDevice(scene.cloud), next);
    await expectAllOnNewcomer(scene, when, more);
    await scene.expectAll(next, when, { more });
  }
  console.log(`${name}: ${noted.length} operations, killed at ${numbers.length}`);
}

test("killed while it merges its files, KOReader has said all that they said", PATIENT, async ({ home }) => {
  const fated = await fateOf(home);
  const more = await withManyFiles(fated.scene);
  await dieIn(fated, "merging", more, files => {
    expect(kindsIn(files)).toContain("s");
  });
});

test(
  "killed while it takes over a retired device, KOReader has said all that this one said",
  PATIENT,
  async ({ home }) => {
    const fated = await fateOf(home);
    const more = await withRetired(fated.scene);
    await dieIn(fated, "taking over", more, files => {
      expect(Object.keys(files), "the Kindle's are gone").toHaveLength(1);
    });
  },
);

test("killed while it takes another name, KOReader has said all that waited", PATIENT, async ({ home }) => {
  const fated = await fateOf(home);
  const more = await withTwin(fated.scene);
  await dieIn(fated, "another name", more, async (files, kobo) => {
    expect(Object.keys(files)).toHaveLength(3);
    const [{ note } = {}] = await fated.scene
      .marks(kobo, "Kobo", TRAIN)
      .then(all => all.filter(({ text }) => text === "in the train"));
    expect(note).toContain("a word of the Kobo");
    expect(note).toContain("a word of the twin");
  });
});
