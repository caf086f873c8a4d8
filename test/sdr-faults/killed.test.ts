// KOReader is killed at any file operation of a run, its workers with it: nothing is lost, and the next run does the rest.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { ASH, pluginTest as test } from "../support/node/plugin-test";
import { dyingRun, fateOf, places, watch, where } from "../support/node/sdr-deaths";
import { read } from "../support/node/sdr-devices";

const PATIENT = { timeout: 7_200_000 };

test.for(["die", "half"] as const)(
  "killed at an operation (%s), KOReader has everything after its next run",
  PATIENT,
  async (what, { home }) => {
    const fated = await fateOf(home);
    const { scene, fate } = fated;
    const noted = await watch(fated, "fake");
    const numbers = places(noted, [7, 7], each => what === "die" || each.what === "write");
    for (const number of numbers) {
      scene.again();
      const kobo = await scene.device("Kobo", { under: fate.under });
      fate.let("any", what, number);
      expect(await dyingRun(kobo), `${number} of ${noted.length}`).toBe(true);
      const when = `${what}: ${where(fate.noted(), number)}`;
      expect(fate.noted(), when).toHaveLength(1);
      fate.lift();
      await scene.expectAll(await scene.device("Kobo"), when);
    }
    console.log(`${what}: ${noted.length} operations, killed at ${numbers.length}`);
  },
);

/** What the reader does with a book in which something of the Kindle waits to be put; the book is closed in the end. */
async function reading(hand: Hand, file: string): Promise<void> {
  await read(hand, file, async () => {
    await hand.turn(12, 20);
    await hand.highlight("made before it died");
  });
}

test(
  "killed while a book is opened, read and closed, it has said all that KOReader had kept",
  PATIENT,
  async ({ home }) => {
    const { scene, fate } = await fateOf(home);
    const file = scene.book("Kobo", ASH);
    scene.again();
    const watched = await scene.device("Kobo", { under: fate.under });
    fate.let("any", "note");
    await reading(watched, file);
    const numbers = places(fate.noted(), [14, 7]);
    fate.lift();
    await scene.expectAll(watched, "nobody died", { more: ["made before it died"] });
    for (const number of numbers) {
      scene.again();
      const kobo = await scene.device("Kobo", { under: fate.under });
      fate.let("any", "die", number);
      expect(await dyingRun(kobo, hand => reading(hand, file)), `${number}`).toBe(true);
      const when = `in a book: ${where(fate.noted(), number)}`;
      fate.lift();
      const next = await scene.device("Kobo");
      const kept = (await scene.texts(next, "Kobo", ASH)).filter(text => text === "made before it died");
      await scene.expectAll(next, when, { more: kept });
    }
    console.log(`in a book: killed at ${numbers.length}`);
  },
);
