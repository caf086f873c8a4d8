// KOReader is killed at any file operation of a run, its workers with it: nothing is lost, and the next run does the rest.
import { expect } from "vitest";
import { pluginTest as test } from "../support/node/plugin-test";
import { dyingRun, fateOf, places, watch, where } from "../support/node/sdr-deaths";

const PATIENT = { timeout: 7_200_000 };

test.for(["die", "half"] as const)(
  "killed at an operation (%s), KOReader has everything after its next run",
  PATIENT,
  async (what, { home }) => {
    const fated = await fateOf(home);
    const { scene, fate } = fated;
    const noted = await watch(fated, "fake");
    const numbers = places(noted, 7, each => what === "die" || each.what === "write");
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
