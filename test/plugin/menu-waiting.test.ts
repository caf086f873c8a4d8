// Tools › Ribbon › Waiting: what has not reached a server, why, and what can be done.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { openMenu, tapFor, textWith } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

test("what waits is listed, the oldest first, and a tap says why", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15, 60);
  const list = await openMenu(hand, "Waiting (2)");
  expect(list.slice(-3).sort()).toEqual([
    "Ash, 16 min | Home does not answer",
    "Ash, place 5 % | Home does not answer",
    "Waiting to be sent",
  ]);
  const story = await tapFor(hand, "Ash, 16 min");
  expect(story).toMatch(/^Ash\n16 minutes of reading, (just now|\d minutes? ago)\n\nHome does not answer\./);
});

test("what waits for a network says that it is safe", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await readBook(hand, file, 15, 60);
  await openMenu(hand, "Waiting (2)");
  expect(await tapFor(hand, "Ash, 16 min")).toContain("It is safe on this device and goes to Home");
});

test("what waits for a book that the server lacks says how to match it", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 15, 60);
  expect(await openMenu(hand, "Waiting (2)")).toContain("Seedlings, 16 min | Home lacks the book");
  expect(await tapFor(hand, "Seedlings, 16 min")).toContain("see This book › Match");
});

/** The server refuses sessions; reads until one is parked, and opens the list. */
async function withRefused(home: Household): Promise<Hand> {
  const { hand, file } = await home.deviceWith(ASH);
  home.proxy.fail(({ what }) => (what === "POST session" ? { kind: "status", status: 422 } : undefined));
  await readBook(hand, file, 15, 60);
  expect(await openMenu(hand)).toContain("Home refused 1: see Waiting");
  await openMenu(hand, "Waiting (1)");
  return hand;
}

test("what a server refused can be tried again", async ({ home }) => {
  const hand = await withRefused(home);
  await hand.tap("Ash, 16 min");
  expect((await hand.screen()).slice(-4)).toEqual([
    expect.stringContaining("Home refused what was sent. It is not tried again by itself."),
    "Discard…",
    "Retry",
    "Close",
  ]);
  home.proxy.fail(() => undefined);
  await hand.tap("Retry");
  await settle(hand);
  expect(home.turns()).toEqual([15]);
  expect(await openMenu(hand)).toContain("Waiting (0)");
});

test("what a server refused is discarded after a question", async ({ home }) => {
  const hand = await withRefused(home);
  await hand.tap("Ash, 16 min");
  await hand.tap("Discard…");
  expect(await textWith(hand, "Discard this?")).toBe("Ash\n16 minutes of reading\n\nDiscard this? Home never gets it.");
  await hand.tap("Keep");
  expect((await hand.screen()).at(-1)).toBe("Ash, 16 min | Home refused it");
  await hand.tap("Ash, 16 min");
  await hand.tap("Discard…");
  await hand.tap("Discard");
  expect(await openMenu(hand)).toContain("Waiting (0)");
  await closeAll(hand);
  await settle(hand);
  expect(home.turns()).toEqual([]);
});
