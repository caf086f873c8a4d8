// KOReader is killed, the battery falls out: what was written down arrives, once.
import { expect } from "vitest";
import {
  ASH,
  type Household,
  pluginTest as test,
  readBook,
  readingAsh,
  settle,
  statusLine,
  TRAIN,
} from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

const LONGEST_LOSS = 60;

/** The device's next start, after everything came to rest. */
async function startAgain(home: Household): Promise<void> {
  const hand = await home.device();
  await settle(hand);
}

test("killed in a book: the session arrives with all but its last minute, once", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(45, 20);
  const read = 30 + 45 * 20;
  await hand.kill();
  await startAgain(home);
  const [session] = home.sessions();
  expect(home.sessions()).toHaveLength(1);
  expect(session?.durationSeconds).toBeGreaterThanOrEqual(read - LONGEST_LOSS - 20);
  expect(session?.durationSeconds).toBeLessThanOrEqual(read);
  expect(session?.pagesTurned).toBeGreaterThanOrEqual(45 - LONGEST_LOSS / 20 - 1);
  await startAgain(home);
  expect(home.sessions()).toHaveLength(1);
});

test("killed before the first minute was over: nothing arrives, and nothing breaks", async ({ home }) => {
  const { hand, file } = await readingAsh(home, 2);
  await hand.kill();
  const next = await home.device();
  await readBook(next, file, 5);
  expect(home.turns()).toEqual([5]);
});

test("killed after the book was closed: nothing is lost and nothing doubled", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 45);
  await hand.kill();
  await startAgain(home);
  expect(home.turns()).toEqual([45]);
});

test("killed, and the same book opened again: the first session ended where it was written down", async ({ home }) => {
  const { hand, file } = await readingAsh(home, 30);
  await hand.kill();
  const next = await home.device();
  await next.openBook(file);
  await next.turn(30, 20);
  await next.kill();
  await startAgain(home);
  expect(home.sessions()).toHaveLength(2);
});

test("killed twice without a network: both sessions arrive", async ({ home }) => {
  for (const turns of [30, 60]) {
    const { hand, file } = await home.deviceWith(ASH, { wifi: false });
    await hand.loseWifi();
    await hand.openBook(file);
    await hand.turn(turns, 20);
    await hand.kill();
  }
  const next = await home.device();
  await next.regainWifi();
  await settle(next);
  expect(home.sessions()).toHaveLength(2);
});

test("killed asleep: the session that ended with the lid is there", async ({ home }) => {
  const { hand } = await readingAsh(home, 30);
  await hand.closeLid();
  await hand.kill();
  await startAgain(home);
  expect(home.turns()).toEqual([30]);
});

test("killed while its session was on its way: it arrives once", async ({ home }) => {
  const { hand } = await readingAsh(home, 30);
  await hand.secondsPerJob(20);
  await hand.closeBook();
  await hand.advance(5);
  expect(home.turns()).toEqual([30]);
  await hand.kill();
  await startAgain(home);
  expect(home.turns()).toEqual([30]);
  const next = await home.device();
  expect(await statusLine(next)).toContain("Nothing waits");
});

test("killed in one book, started in another: each has its session", async ({ home }) => {
  const { hand } = await readingAsh(home, 30);
  await hand.kill();
  const next = await home.device();
  await readBook(next, next.addBook(sampleBook(TRAIN)), 12);
  expect(new Set(home.sessions().map(({ bookId }) => bookId)).size).toBe(2);
});

test("killed in a book that was loaded anew: one session arrives", async ({ home }) => {
  const { hand } = await readingAsh(home, 30);
  await hand.reloadBook();
  await hand.turn(30, 20);
  await hand.kill();
  await startAgain(home);
  expect(home.sessions()).toHaveLength(1);
  expect(home.turns()[0]).toBeGreaterThanOrEqual(56);
});

test("a place that was kept before a crash is not pushed over what another device did since", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  await hand.openBook(file);
  await hand.turn(30, 20);
  await hand.kill();
  await home.elsewhere(ASH, 0.8);
  await startAgain(home);
  expect(home.places()).toEqual([80]);
});

/** Read on without a network, and another device's place was too little ahead to go there. */
async function leftAlone(home: Household) {
  await home.elsewhere(ASH, 0.02);
  const { hand } = await readingAsh(home, 10, { wifi: false });
  await hand.regainWifi();
  await settle(hand);
  return hand;
}

test("killed after another device's place was left alone: it is left alone by the next start too", async ({ home }) => {
  const hand = await leftAlone(home);
  await hand.kill();
  await startAgain(home);
  expect(home.turns()).toHaveLength(1);
  expect(home.places()).toEqual([2]);
});

test("killed after reading on from where another device was left alone: the place is pushed", async ({ home }) => {
  const hand = await leftAlone(home);
  await hand.turn(20, 20);
  await hand.kill();
  await startAgain(home);
  expect(home.places()).toEqual([10]);
});
