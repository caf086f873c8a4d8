// Pages are turned: what counts, what is sent meanwhile, and what a session comes to.
import { expect } from "vitest";
import { ASH, GULL, type Household, pluginTest as test, readBook, settle, TRAIN } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/sample-book";
import type { Hand } from "../support/node/hand";

const MINUTE = 60;

/** A book on screen, known to the server, with nothing under way. */
async function openedBook(home: Household, book = ASH): Promise<Hand> {
  const { hand, file } = await home.deviceWith(book);
  await hand.openBook(file);
  await settle(hand);
  home.proxy.taken();
  return hand;
}

async function close(hand: Hand): Promise<void> {
  await hand.closeBook();
  await settle(hand);
}

test("every fifty turns the place is sent", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(49, 20);
  expect(home.proxy.taken()).toEqual([]);
  await hand.turn(1, 20);
  expect(home.proxy.taken()).toEqual(["GET position", "PUT position"]);
  expect(home.places()).toEqual([17]);
  await hand.turn(50, 20);
  expect(home.places()).toEqual([34]);
});

test("a session says when it began, how long was read, how many pages, from where to where", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  const begun = await hand.now();
  await hand.openBook(file);
  await hand.turn(30, MINUTE);
  await close(hand);
  expect(home.sessions()).toEqual([
    expect.objectContaining({
      startedAt: new Date(begun * 1000).toISOString().replace(".000Z", "Z"),
      durationSeconds: 30 * MINUTE,
      pagesTurned: 30,
      progressStart: 1 / 300,
      progressEnd: 31 / 300,
      device: "Kobo",
    }),
  ]);
});

test("a look of less than ten seconds is no session", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.advance(9);
  await close(hand);
  await hand.openBook(file);
  await hand.turn(2, 3);
  await close(hand);
  expect(home.sessions()).toEqual([]);
  await hand.openBook(file);
  await hand.turn(2, 6);
  await close(hand);
  expect(home.turns()).toEqual([2]);
});

test("the page that was on screen when the reader fell asleep counts ten minutes, not the night", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(10, MINUTE);
  await hand.advance(8 * 60 * MINUTE);
  await close(hand);
  const [session] = home.sessions();
  expect(session?.durationSeconds).toBeLessThanOrEqual(21 * MINUTE);
  expect(session?.durationSeconds).toBeGreaterThanOrEqual(19 * MINUTE);
});

test("leafing through the pages faster than one a second reads none", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(1, MINUTE);
  await hand.turn(60, 0.2);
  await hand.advance(MINUTE);
  await close(hand);
  expect(home.turns()).toEqual([2]);
});

test("a jump by the table of contents turns no page", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(5, 20);
  await hand.gotoPage(200);
  await hand.advance(20);
  await hand.turn(5, 20);
  await close(hand);
  expect(home.turns()).toEqual([10]);
  expect(home.places()).toEqual([68]);
});

test("turning back counts as reading", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(8, 20);
  await hand.turn(-3, 20);
  await close(hand);
  expect(home.turns()).toEqual([11]);
});

test("in scroll mode a page counts once, however often a thumb moves it", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.run(`local ui, Event = require("apps/reader/readerui").instance, require("ui/event")
    local UIManager = require("ui/uimanager")
    for step = 0, 99 do
      UIManager:scheduleIn(step, function() ui:handleEvent(Event:new("PosUpdate", step * 70, 1 + math.floor(step / 10))) end)
    end`);
  await hand.advance(120);
  await close(hand);
  expect(home.turns()).toEqual([9]);
});

test("a change of style loads the book anew: one session goes on", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(10, 20);
  await hand.reloadBook();
  await settle(hand);
  await hand.turn(10, 20);
  expect(home.sessions()).toEqual([]);
  await close(hand);
  expect(home.turns()).toEqual([20]);
});

test("after a change of style the place is still sent every fifty turns", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(10, 20);
  await hand.reloadBook();
  await settle(hand);
  home.proxy.taken();
  await hand.turn(40, 20);
  expect(home.proxy.taken()).toEqual(["GET position", "PUT position"]);
});

test("a change of style does not push the place over another device's", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await hand.openBook(file);
  await hand.turn(20, 20);
  await home.elsewhere(ASH, 0.8);
  await hand.regainWifi();
  await settle(hand);
  await hand.reloadBook();
  await settle(hand);
  await close(hand);
  expect(home.places()).toEqual([80]);
});

test("pages that were laid out anew have other numbers: no page was turned by that", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(10, 20);
  await hand.do("pages", 500);
  await hand.reloadBook();
  await settle(hand);
  await close(hand);
  expect(home.turns()).toEqual([10]);
});

test("a book with fixed pages is read as any other", async ({ home }) => {
  const { hand, file } = await home.deviceWith(GULL);
  await hand.openBook(file);
  const { pages } = await hand.position();
  await hand.turn(pages - 1, 20);
  await close(hand);
  expect(home.turns()).toEqual([pages - 1]);
  expect(home.places()).toEqual([100]);
});

test("the last page is turned once, however often one tries", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { pages: 10 });
  await hand.openBook(file);
  await hand.turn(14, 20);
  await close(hand);
  expect(home.turns()).toEqual([9]);
});

test("an evening with one book is one session after the other", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  for (const turns of [12, 7, 31]) await readBook(hand, file, turns);
  expect(home.turns()).toEqual([12, 7, 31]);
});

test("a clock that is set while one reads changes no duration", async ({ home }) => {
  const hand = await openedBook(home);
  await hand.turn(10, 30);
  await hand.setClock((await hand.now()) - 3 * 365 * 86_400);
  await hand.turn(10, 30);
  await close(hand);
  expect(home.turns()).toEqual([20]);
  const [session] = home.sessions();
  expect(session?.durationSeconds).toBe(30 + 20 * 30);
});

/** KOReader closes a book to load it again, and then something else comes. */
async function reloadInto(hand: Hand, next: () => Promise<void>): Promise<void> {
  await hand.run(`local ui, Event = require("apps/reader/readerui").instance, require("ui/event")
    ui:handleEvent(Event:new("PreserveCurrentSession"))`);
  await next();
}

test("a book that was to be loaded anew, and another came: both have their whole session", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  const other = hand.addBook(sampleBook(TRAIN));
  await hand.openBook(file);
  await hand.turn(12, 4);
  await reloadInto(hand, () => hand.switchBook(other));
  await hand.turn(7, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.sessions()).toMatchObject([
    { pagesTurned: 12, durationSeconds: 48 },
    { pagesTurned: 7, durationSeconds: 140 },
  ]);
  expect(home.places()).toEqual([4, 3]);
});

test("a book that was to be loaded anew, and the file browser came: its whole session is sent", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.turn(12, 4);
  await reloadInto(hand, () => hand.closeBook());
  await settle(hand);
  expect(home.sessions()).toMatchObject([{ pagesTurned: 12, durationSeconds: 48 }]);
  expect(home.places()).toEqual([4]);
});
