// This book: what was read of it today, in the reader's time zone.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

/** The lines of the card that say what was read. */
async function read(hand: Hand): Promise<string[]> {
  const card = (await openMenu(hand, "This book…")).find(text => text.includes("\nHere: ")) ?? "";
  await closeAll(hand);
  return card.split("\n").slice(2, 4);
}

/** The clock of a test is UTC; this is the time of day at which it stands. */
const evening = (hours: number, minutes: number): number => Date.UTC(2026, 4, 4, hours, minutes) / 1000;

test("today is all sittings of today, sent or not, also after a restart", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10, 60);
  await hand.loseWifi();
  await readBook(hand, file, 10, 60);
  await hand.exit();
  const next = await home.device();
  await next.openBook(file);
  await settle(next);
  await next.turn(5, 60);
  expect(await read(next)).toEqual(["Today: 27 minutes, 25 pages", "This sitting: 6 minutes, 5 pages"]);
});

test("a sitting over midnight is cut there, in the middle of a page", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { now: evening(23, 50) });
  await hand.openBook(file);
  // The last page of the day came on screen at 23:56 and stands until 00:02.
  await hand.turn(3, 120);
  await hand.advance(4 * 60);
  await hand.turn(4, 120);
  expect(await read(hand)).toEqual(["Today: 8 minutes, 4 pages", "This sitting: 18 minutes, 7 pages"]);
  await hand.closeBook();
  await settle(hand);
  await hand.openBook(file);
  await settle(hand);
  expect((await read(hand))[0]).toBe("Today: 9 minutes, 4 pages");
});

test("yesterday does not count", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { now: evening(20, 0) });
  await readBook(hand, file, 10, 60);
  await hand.closeLid();
  await hand.openLid(8 * 60);
  await hand.openBook(file);
  expect((await read(hand))[0]).toBe("Today: nothing yet");
});

test.for([
  ["Asia/Tokyo", "Today: 10 minutes, 10 pages"],
  ["America/New_York", "Today: 20 minutes, 20 pages"],
] as const)("midnight is the reader's own: %s", async ([zone, today], { home }) => {
  const { hand, file } = await home.deviceWith(ASH, { now: evening(14, 50), zone });
  await hand.openBook(file);
  await hand.turn(20, 60);
  expect((await read(hand))[0]).toBe(today);
});

test("what a crash left counts too", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(10, 60);
  await hand.kill();
  const next = await home.device();
  await next.openBook(file);
  await settle(next);
  expect((await read(next))[0]).toMatch(/^Today: (9|10|11) minutes, (9|10) pages$/);
});

test("while recording is off nothing is added, and the card says why", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(10, 60);
  await hand.perform("ribbon_recording");
  await hand.turn(10, 60);
  expect(await read(hand)).toEqual(["Today: 11 minutes, 10 pages", "Recording is paused."]);
});
