// The reader does something with a book while a run is on its way, at any moment of it: nothing of it is lost, nor of what came.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { settle } from "../support/node/household";
import { ASH, pluginTest as test } from "../support/node/plugin-test";
import { markAll, syncHighlights, withSync } from "../support/node/sdr-devices";
import { Scene } from "../support/node/sdr-scene";

const PATIENT = { timeout: 3_600_000 };
/** KOReader looks after its workers four times a second: what the reader does in between comes before it hears of what they did. */
const MOMENT = 0.25;

const isRunning = async (hand: Hand): Promise<boolean> =>
  (await withSync(hand, "return sdr:status().state.kind")) === "running";

interface Act {
  readonly what: string;
  readonly before?: (hand: Hand, file: string) => Promise<void>;
  readonly meanwhile: (hand: Hand, file: string) => Promise<void>;
  readonly after?: (hand: Hand) => Promise<void>;
  /** What there is of it in the end. */
  readonly more: readonly string[];
}

/** More than are taken for deleted because they are not there any more. */
const MANY = ["one", "two", "three", "four", "five"];

const ACTS: readonly Act[] = [
  {
    what: "a book is opened, marked and closed, and opened again",
    meanwhile: async (hand, file) => {
      await hand.openBook(file);
      await hand.turn(12);
      await hand.highlight("made meanwhile");
      await hand.closeBook();
      // What was made is known from its opening on.
      await hand.openBook(file);
      await hand.closeBook();
    },
    more: ["made meanwhile"],
  },
  {
    what: "much is removed from the book on screen",
    before: async (hand, file) => {
      await hand.openBook(file);
      await markAll(hand, MANY);
      await syncHighlights(hand);
    },
    meanwhile: async hand => {
      for (const text of MANY) await hand.removeHighlight(text);
    },
    after: hand => hand.closeBook(),
    more: [],
  },
];

/** A run in which the reader does that so many moments after its begin; tells whether the run was still on its way. */
async function runWith(scene: Scene, act: Act, moments: number): Promise<boolean> {
  scene.again();
  const kobo = await scene.device("Kobo");
  const file = scene.book("Kobo", ASH);
  await act.before?.(kobo, file);
  await kobo.perform("ribbon_sync_now");
  for (let moment = 0; moment < moments; moment += 1) await kobo.advance(MOMENT);
  const isMeanwhile = await isRunning(kobo);
  await act.meanwhile(kobo, file);
  await settle(kobo);
  await act.after?.(kobo);
  await settle(kobo);
  await scene.expectAll(kobo, `${act.what}, ${moments} moments after the begin of a run`, { more: act.more });
  return isMeanwhile;
}

test.for(ACTS)("$what while a run is on its way: all of it counts", PATIENT, async (act, { home }) => {
  const scene = await Scene.of(home);
  let last = 0;
  const kobo = await scene.device("Kobo");
  await kobo.perform("ribbon_sync_now");
  for (; await isRunning(kobo); last += 1) await kobo.advance(MOMENT);
  await kobo.exit();
  expect(last).toBeGreaterThan(5);
  let meanwhile = 0;
  for (let moment = 0; moment < last; moment += 1) if (await runWith(scene, act, moment)) meanwhile += 1;
  console.log(`${act.what}: at ${meanwhile} of ${last} moments of a run`);
  expect(meanwhile).toBeGreaterThan(last / 2);
});
