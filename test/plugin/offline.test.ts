// No network, or none that leads to the server: what was read waits, and arrives once.
import { expect } from "vitest";
import { ASH, GULL, pluginTest as test, readBook, settle, statusLine, TRAIN } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

test("read on the train, closed, opened at home a week later: it arrives, once", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 40);
  await hand.closeLid();
  await hand.openLid(7 * 24 * 60);
  expect(home.turns()).toEqual([]);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([40]);
  await hand.regainWifi();
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([40, 10]);
});

test("everything that was read offline arrives in one go, of two books, and of each only the last place", async ({
  home,
}) => {
  const { hand, file: ash } = await home.deviceWith(ASH);
  const train = hand.addBook(sampleBook(TRAIN));
  await hand.loseWifi();
  for (let day = 0; day < 30; day += 1) await readBook(hand, day % 2 === 0 ? ash : train, 6);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual(Array.from({ length: 30 }, () => 6));
  const asked = home.proxy.taken();
  expect(asked.filter(what => what === "PUT position")).toHaveLength(2);
  expect(asked.length).toBeLessThanOrEqual(30 + 2 * 3 + 2);
  expect(home.places()).toEqual([30, 30]);
});

test("nothing is asked and no process is started while there is no network", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await hand.run(`local util = require("ffi/util") forks = 0
    local run = util.runInSubProcess
    util.runInSubProcess = function(...) forks = forks + 1 return run(...) end`);
  await readBook(hand, file, 120);
  await hand.openBook(file);
  await hand.closeLid();
  await hand.openLid(10);
  await settle(hand);
  expect(await hand.run("return forks")).toBe(0);
  expect(home.proxy.taken()).toEqual([]);
});

test("a server that is down costs a few tries, and gets everything when it is back", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 20);
  await readBook(hand, file, 21);
  await home.proxy.heal();
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20, 21]);
});

test("a book that the library does not have is read all the same, and delivered once the library has it", async ({
  home,
}) => {
  const stranger = "orchard-1.epub";
  const { hand, file } = await home.deviceWith(stranger);
  await readBook(hand, file, 20);
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([]);
  expect(await statusLine(hand)).toContain("2 sessions wait for Home");
  await home.addToLibrary(stranger);
  await hand.advance(8 * 3600);
  await hand.openBook(file);
  await settle(hand);
  expect(home.turns()).toEqual([20, 10]);
});

test("whoever has just given the library a book need not wait: Sync now looks for it at once", async ({ home }) => {
  const stranger = "orchard-1.epub";
  const { hand, file } = await home.deviceWith(stranger);
  await readBook(hand, file, 20);
  await home.addToLibrary(stranger);
  await hand.openBook(file);
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a book that the library does not have is not asked for each time that it is opened", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 20);
  home.proxy.taken();
  for (let times = 0; times < 4; times += 1) await readBook(hand, file, 5);
  expect(home.proxy.taken().length).toBeLessThanOrEqual(2);
});

test("a book that the library does not have does not hold up the others", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 20);
  await readBook(hand, hand.addBook(sampleBook(ASH)), 8);
  expect(home.turns()).toEqual([8]);
});

test("turning the pages of a book that the library does not have asks nothing between the pushes", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await hand.openBook(file);
  await settle(hand);
  home.proxy.taken();
  await hand.turn(49, 20);
  expect(home.proxy.taken()).toEqual([]);
});

test("whoever comes home in the middle of a book has sent what waits before the book is closed", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 20);
  await hand.openBook(file);
  await hand.turn(5, 20);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("what waits survives a restart", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 20);
  expect(await hand.restart()).toBe(85);
  const next = await home.device();
  await settle(next);
  expect(home.turns()).toEqual([20]);
});

test("leaving KOReader from an open book loses nothing, with and without a network", async ({ home }) => {
  for (const wifi of [true, false]) {
    const { hand, file } = await home.deviceWith(ASH, { wifi });
    await hand.openBook(file);
    await hand.turn(12, 20);
    await hand.exit();
  }
  const next = await home.device();
  await next.regainWifi();
  await settle(next);
  expect(home.turns()).toEqual([12, 12]);
});

test("two devices of one household do not get into each other's way", async ({ home }) => {
  const kobo = await home.deviceWith(ASH, { name: "Kobo" });
  const kindle = await home.deviceWith(ASH, { name: "Kindle", device: "kindle" });
  await readBook(kobo.hand, kobo.file, 60);
  await kindle.hand.openBook(kindle.file);
  await settle(kindle.hand);
  expect(await kindle.hand.position()).toMatchObject({ page: 61 });
  await kindle.hand.turn(30, 20);
  await kindle.hand.closeBook();
  await settle(kindle.hand);
  await kobo.hand.openBook(kobo.file);
  await settle(kobo.hand);
  expect(await kobo.hand.position()).toMatchObject({ page: 91 });
  expect(home.turns().sort()).toEqual([30, 60]);
});

test("a fixed-page book that was read offline arrives with its page", async ({ home }) => {
  const { hand, file } = await home.deviceWith(GULL, { wifi: false });
  await readBook(hand, file, 2);
  await hand.regainWifi();
  await settle(hand);
  expect(home.shelf.positions()[0]?.progress).toBe("3");
});

test("two devices that were switched on in the same second keep their sessions apart", async ({ home }) => {
  for (const name of ["Kobo", "Kindle"]) {
    const { hand, file } = await home.deviceWith(ASH, { name });
    await readBook(hand, file, 10);
  }
  expect(home.turns()).toEqual([10, 10]);
});

test("a server that comes back while the device lies idle gets what waits without a touch", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  for (let times = 0; times < 8; times += 1) await readBook(hand, file, 5);
  await home.proxy.heal();
  await hand.advance(2 * 3600);
  expect(home.turns()).toHaveLength(8);
});

test("Wi-Fi that comes back while a try is failing is not missed", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  home.proxy.fail({ kind: "reset" });
  await hand.secondsPerJob(8);
  await readBook(hand, file, 5);
  await hand.regainWifi();
  await hand.advance(1);
  await home.proxy.heal();
  await hand.regainWifi();
  await hand.advance(60);
  expect(home.turns()).toEqual([5]);
});
