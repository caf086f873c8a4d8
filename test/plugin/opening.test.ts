// A book is opened: which book it is, and where another device left it.
import { expect } from "vitest";
import { ASH, GULL, pluginTest as test, readBook, settle, SETTLE, TRAIN } from "../support/node/plugin-test";

const PAGES = 300;

test("a book that is opened for the first time is looked for by its digest, then its place is asked for", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect(home.proxy.exchanges.map(({ path }) => path)).toEqual([
    expect.stringMatching(/resolve\?filename=ash\.epub&ko_md5=[0-9a-f]{32}$/),
    expect.stringMatching(/position\/\d+$/),
  ]);
});

test("opening and closing a known book costs at most four requests", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 5);
  home.proxy.taken();
  await readBook(hand, file, 5);
  expect(home.proxy.taken()).toEqual(["GET position", "GET position", "PUT position", "POST session"]);
});

test("a book opens where another device left it, says so, and leaves a way back", async ({ home }) => {
  await home.elsewhere(ASH, 0.6, { device: "phone" });
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.run(`local link = require("apps/reader/readerui").instance.link
    link.addCurrentLocationToStack = function() wayBack = true end`);
  await hand.advance(1);
  expect(await hand.position()).toMatchObject({ page: 0.6 * PAGES });
  expect(await hand.screen()).toEqual(["Moved to 60 %, where you left off on phone."]);
  expect(await hand.run("return wayBack")).toBe(true);
});

test("a place of KOReader's is found to the letter", async ({ home }) => {
  const xpointer = "/body/DocFragment[1]/body/p[120]/text().0";
  await home.elsewhere(ASH, 0.3, { progress: xpointer });
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect((await hand.position()).xpointer).toBe(xpointer);
});

test("a place that this copy of the book does not have is found by its percentage", async ({ home }) => {
  await home.elsewhere(ASH, 0.5, { progress: "/body/DocFragment[999]/body/p[7]/text().0" });
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 0.5 * PAGES });
});

test("a place of the web reader, which KOReader cannot read, is found by its percentage", async ({ home }) => {
  await home.elsewhere(ASH, 0.4, { progress: "epubcfi(/6/14!/4/2)", device: "web" });
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.advance(1);
  expect(await hand.position()).toMatchObject({ page: 0.4 * PAGES });
  expect(await hand.screen()).toEqual(["Moved to 40 %, where you left off on the web reader."]);
});

test("a book with fixed pages opens at the page where another device left it", async ({ home }) => {
  const { hand, file } = await home.deviceWith(GULL);
  await hand.openBook(file);
  const { pages } = await hand.position();
  await hand.closeBook();
  const page = Math.ceil(pages / 2) + 1;
  await home.elsewhere(GULL, page / pages, { progress: String(page) });
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page });
});

test("a book never goes back to where another device was", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 90);
  await home.elsewhere(ASH, 0.1);
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 91 });
});

test("a page or two are not worth a jump", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 90);
  await home.elsewhere(ASH, 93 / PAGES);
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 91 });
});

test("a book that another device finished opens where it was: its last page is no place to go", async ({ home }) => {
  await home.elsewhere(ASH, 1);
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 1 });
});

test("what another device did while the book was closed is still news when it is opened", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 60);
  await hand.loseWifi();
  await readBook(hand, file, 60);
  await home.elsewhere(ASH, 0.1);
  await hand.regainWifi();
  await settle(hand);
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.screen()).toContain("Stay here");
  await hand.tap("Stay here");
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([10]);
});

test("whoever has turned a page is told of another device, not taken away", async ({ home }) => {
  await home.elsewhere(ASH, 0.6);
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await hand.openBook(file);
  await hand.turn(3, 5);
  await hand.regainWifi();
  await hand.advance(1);
  expect(await hand.position()).toMatchObject({ page: 4 });
  expect(await hand.screen()).toEqual(["In this book you are at 60 % on phone."]);
});

test("a session that begins with a jump begins where it went", async ({ home }) => {
  await home.elsewhere(ASH, 0.6);
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 6);
  const [session] = home.sessions();
  expect(session).toMatchObject({ pagesTurned: 6, progressStart: 0.6, progressEnd: 186 / PAGES });
});

test("each of two books has its own place and its own sessions", async ({ home }) => {
  await home.elsewhere(TRAIN, 0.5);
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(10, 20);
  const second = hand.addBook("test/fixtures/contracts/books/night-train.epub");
  await hand.switchBook(second);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 150 });
  await hand.turn(20, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([10, 20]);
  expect(new Set(home.sessions().map(({ bookId }) => bookId)).size).toBe(2);
  expect(home.places().sort()).toEqual([4, 57]);
});

test("what was asked about a book that is closed by now moves no other book", async ({ home }) => {
  await home.elsewhere(ASH, 0.8);
  const { hand, file } = await home.deviceWith(ASH);
  await hand.secondsPerJob(10);
  await hand.openBook(file);
  await hand.advance(1);
  await hand.switchBook(hand.addBook("test/fixtures/contracts/books/night-train.epub"));
  await hand.advance(SETTLE * 4);
  expect(await hand.position()).toMatchObject({ page: 1 });
});

test("without a server nothing is asked, and nothing breaks", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
  await readBook(hand, file, 60);
  expect(home.proxy.taken()).toEqual([]);
});
