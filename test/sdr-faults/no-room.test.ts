// The device has no room left, from any of its writings on: what was there stays, and with room the next run does the rest.
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { ASH, pluginTest as test, TRAIN } from "../support/node/plugin-test";
import { syncHighlights, withSync } from "../support/node/sdr-devices";
import { Fate } from "../support/node/sdr-fate";
import { Scene } from "../support/node/sdr-scene";

const SAMPLES = process.env["RIBBON_EVERY_OPERATION"] === undefined ? 12 : Infinity;

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

test("without room nothing is lost, and it is said", { timeout: 3_600_000 }, async ({ home }) => {
  const scene = await Scene.of(home);
  const fate = new Fate(path.join(home.folder, "fate"), path.join(home.folder, "Kobo"));
  scene.again();
  const watched = await scene.device("Kobo", { under: fate.under });
  fate.let("any", "note");
  await syncHighlights(watched);
  const writings = fate.noted().flatMap(({ what }, index) => (what === "write" ? [index + 1] : []));
  fate.lift();
  await watched.exit();
  expect(writings.length).toBeGreaterThan(12);
  const step = Math.max(1, writings.length / SAMPLES);
  let stopped = 0;
  let tried = 0;
  for (let at = 0; at < writings.length; at += step) {
    const number = writings[Math.floor(at)] ?? 1;
    tried += 1;
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
    fate.lift();
    await scene.expectAll(kobo, `there was no room from ${number} on`);
  }
  console.log(`no room: ${writings.length} writings, tried ${tried}, a run that failed ${stopped}`);
  expect(stopped).toBeGreaterThan(tried / 2);
});
