// What counts as a session is the reader's to say, server by server; the place is kept all the same.
import { expect } from "vitest";
import { ASH, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

test("a server that wants shorter sittings gets one of five seconds without a page turned", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { connection: "validity = { minSeconds = 3 }" });
  await hand.openBook(file);
  await hand.advance(5);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([0]);
});

test("a server that wants ten pages gets no session of nine, but the place", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { connection: "validity = { minPages = 10 }" });
  await readBook(hand, file, 9);
  expect(home.turns()).toEqual([]);
  expect(home.places()).toEqual([3]);
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
});

test("where either is enough, a page or a minute makes a session, and less makes none", async ({ home }) => {
  const rule = `validity = { minSeconds = 60, minPages = 1, demand = "either" }`;
  const { hand, file } = await home.deviceWith(ASH, { connection: rule });
  await readBook(hand, file, 1, 1);
  await hand.openBook(file);
  await hand.advance(61);
  await hand.closeBook();
  await hand.openBook(file);
  await hand.advance(20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([1, 0]);
});

test("where progress is asked for, a sitting that ended where it began is no session", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { connection: "validity = { allowsNoProgress = false }" });
  await hand.openBook(file);
  await hand.advance(300);
  await hand.closeBook();
  await readBook(hand, file, 2);
  expect(home.turns()).toEqual([2]);
});

test("a rule that a hand has made unreadable is the usual one", async ({ home }) => {
  const rule = `validity = { minSeconds = "soon", minPages = -4, demand = "neither", allowsNoProgress = 1 }`;
  const { hand, file } = await home.deviceWith(ASH, { connection: rule });
  await readBook(hand, file, 3);
  expect(home.turns()).toEqual([3]);
});
