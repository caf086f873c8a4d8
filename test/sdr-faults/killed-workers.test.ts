// One of the processes of a run is killed at any file operation, or before any message of a worker, and the others are not.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { pluginTest as test } from "../support/node/plugin-test";
import { dyingRun, fateOf, places, some, watch, where } from "../support/node/sdr-deaths";
import { withSync } from "../support/node/sdr-devices";
import type { Operation, Who } from "../support/node/sdr-fate";

/** Of each worker; all with RIBBON_EVERY_OPERATION=1. */
const MOST_OF_ONE = 2;
const PATIENT = { timeout: 7_200_000 };

/** With forks of its own, in real time. */
async function realRun(hand: Hand): Promise<void> {
  await hand.perform("ribbon_sync_now");
  do await hand.wait(0.1);
  while ((await withSync(hand, "return sdr:status().state.kind")) === "running");
}

/** As they are counted where an order is about the parent, or about all workers of a run. */
const of = (noted: readonly Operation[], who: Who): Operation[] => noted.filter(each => each.who === who);

/** What one of the workers did that can be cut short so. */
const numbersOf = (noted: readonly Operation[], process: number, what: "die" | "half"): number[] =>
  noted.flatMap((each, index) =>
    each.process === process && (what === "die" || each.what === "write") ? [index + 1] : [],
  );

test.for(["die", "half"] as const)(
  "a worker that is killed at an operation (%s) costs nothing but another run",
  PATIENT,
  async (what, { home }) => {
    const fated = await fateOf(home);
    const { scene, fate } = fated;
    const noted = of(await watch(fated, "real", realRun), "worker");
    const processes = [...new Set(noted.map(each => each.process))];
    const numbers = processes.flatMap(process => some(numbersOf(noted, process, what), MOST_OF_ONE));
    const died = new Set<number | undefined>();
    for (const number of numbers) {
      scene.again();
      const kobo = await scene.device("Kobo", { under: fate.under, clock: "real" });
      fate.let("worker", what, number);
      await realRun(kobo);
      const when = `${what}: ${where(fate.noted(), number)}`;
      expect(fate.noted(), `${number} of ${noted.length}`).toHaveLength(1);
      died.add(noted[number - 1]?.process);
      fate.lift();
      // Who dies over the word that all is done has done it all.
      const isLast = noted[number]?.process !== noted[number - 1]?.process;
      const isSaid = await withSync(kobo, "return sdr:status().state.failure ~= nil");
      expect(isSaid === true || isLast, `${when}: it is said`).toBe(true);
      await realRun(kobo);
      expect(await withSync(kobo, "return sdr:status().unsent"), when).toBe(0);
      await kobo.exit();
      await scene.expectAll(await scene.device("Kobo"), when);
    }
    console.log(`${what}: ${noted.length} operations of ${processes.length} workers, killed at ${numbers.length}`);
    expect(processes.length).toBeGreaterThan(4);
    expect(died.size, "each of the workers was the one").toBe(processes.length);
  },
);

test("KOReader is killed beside a worker that is at work", PATIENT, async ({ home }) => {
  const fated = await fateOf(home);
  const { scene, fate } = fated;
  const noted = of(await watch(fated, "real", realRun), "parent");
  const numbers = places(noted, [5, 5]);
  let deaths = 0;
  for (const number of numbers) {
    scene.again();
    const kobo = await scene.device("Kobo", { under: fate.under, clock: "real" });
    fate.let("parent", "die", number);
    const hasDied = await dyingRun(kobo, realRun);
    // When it hears of what a worker did is a matter of time: it may have had less to do than when it was watched.
    expect(hasDied, `${number} of ${noted.length}`).toBe(fate.counted() >= number);
    if (hasDied) deaths += 1;
    else await kobo.exit();
    const when = `beside a worker, ${where(fate.noted(), number)}`;
    fate.lift();
    await fate.allGone();
    await scene.expectAll(await scene.device("Kobo"), when);
  }
  console.log(`beside a worker: ${noted.length} operations, killed at ${deaths} of ${numbers.length}`);
  expect(deaths).toBeGreaterThan(numbers.length / 2);
});
