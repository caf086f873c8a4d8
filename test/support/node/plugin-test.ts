// A vitest `test` with a household; in the end nothing was asked of the network on a main loop, and nothing broke.
import { expect, test } from "vitest";
import type { Hand } from "./hand";
import { ASH, Household, settle } from "./household";

export * from "./household";

/** A `test` in a household whose library has these books. */
export const testWith = (books?: readonly string[]) =>
  test.extend<{ home: Household }>({
    // vitest reads from this pattern which fixtures are needed.
    home: async ({}, use) => {
      const home = await Household.found(books);
      try {
        await use(home);
        expect(await home.complaints()).toEqual([]);
      } finally {
        await home.dissolve();
      }
    },
  });

export const pluginTest = testWith();

/** Opens a book, turns pages and closes it; everything that can be sent is sent. */
export async function readBook(hand: Hand, file: string, turns: number, secondsEach = 20): Promise<void> {
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(turns, secondsEach);
  await hand.closeBook();
  await settle(hand);
}

/** A device with Ash on screen, of which so many pages were turned. */
export async function readingAsh(home: Household, turns: number, options: Parameters<Household["device"]>[0] = {}) {
  const { hand, file } = await home.deviceWith(ASH, options);
  await hand.openBook(file);
  await hand.turn(turns, 20);
  return { hand, file };
}

/** What Tools › Ribbon says in the line below "Browse library…". */
export async function statusLine(hand: Hand): Promise<string> {
  await hand.tapMenu("Tools", "Ribbon");
  const [, line = ""] = await hand.screen();
  await closeAll(hand);
  return line;
}

/** Taps everything away. */
export async function closeAll(hand: Hand): Promise<void> {
  while ((await hand.screen()).length > 0) await hand.back();
}
