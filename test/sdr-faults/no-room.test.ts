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

const sidecarOf = (books: string, book: string): string =>
  fs.readFileSync(path.join(books, book.replace(/\.epub$/, ".sdr"), "metadata.epub.lua"), "utf8");

test("without room nothing is lost, and it is said", { timeout: 3_600_000 }, async ({ home }) => {
  const scene = await Scene.of(home);
  const fate = new Fate(path.join(home.folder, "fate"), home.folder);
  scene.again();
  const watched = await scene.device("Kobo", { under: fate.under });
  fate.let("any", "note");
  await syncHighlights(watched);
  const numbers = places(fate.noted(), [5, 15], ({ what }) => what === "write");
  fate.lift();
  await watched.exit();
  expect(numbers.length).toBeGreaterThan(12);
  let stopped = 0;
  for (const number of numbers) {
    scene.again();
    const kobo = await scene.device("Kobo", { under: fate.under });
    fate.let("any", "full", number);
    await syncHighlights(kobo);
    if (await isStopped(kobo, `full at ${number}`)) stopped += 1;
    const texts = await scene.texts(kobo, "Kobo", ASH);
    expect(texts, `full at ${number}`).toEqual(
      expect.arrayContaining(["by the Kobo", "by the Kobo, too", "the ash tree"]),
    );
    expect(await scene.texts(kobo, "Kobo", TRAIN), `full at ${number}`).toContain("in the train");
    expect(withoutBackup(scene), `full at ${number}: changed, and no backup`).toEqual([]);
    fate.lift();
    await scene.expectAll(kobo, `there was no room from ${number} on`);
  }
  console.log(`no room: from ${numbers.length} writings on, a run that failed ${stopped}`);
  expect(stopped).toBeGreaterThan(numbers.length / 2);
});
