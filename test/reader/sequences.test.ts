// The order of KOReader's events, as frontend/apps and frontend/device send them.
import { expect } from "vitest";
import { diaryFile, heard, readerTest as test, sampleBook } from "../support/node/reader-test";

const OPENING = ["init book", "DocSettingsLoad", "ReadSettings"];
const CLOSING = ["CloseDocument", "FlushSettings", "SaveSettings", "CloseWidget"];
const LEAVING_BROWSER = ["ShowingReader", "SaveSettings", "FlushSettings", "SaveSettings", "CloseWidget"];
const FIRST_PAGE = "PageUpdate 1 was /body/DocFragment[1]/body/p[1]/text().0";

test("a book opens: the first page is told before the book is ready, and again after", async ({ device }) => {
  const hand = await device.start();
  expect(await heard(hand)).toEqual(["init browser", "NetworkConnected"]);
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  const opening = [...LEAVING_BROWSER, ...OPENING, "PreRenderDocument", FIRST_PAGE, "ReaderReady nil", FIRST_PAGE];
  expect(await heard(hand)).toEqual(opening);
  expect(await hand.screen()).toEqual([]);
});

test("a page turns: the position that KOReader knows is still the one before", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.turn(2);
  await hand.turn(-1);
  expect(await heard(hand)).toEqual([
    "PageUpdate 2 was /body/DocFragment[1]/body/p[1]/text().0",
    "PageUpdate 3 was /body/DocFragment[1]/body/p[2]/text().0",
    "PageUpdate 2 was /body/DocFragment[1]/body/p[3]/text().0",
  ]);
  expect(await hand.position()).toMatchObject({ page: 2, xpointer: "/body/DocFragment[1]/body/p[2]/text().0" });
});

test("the last page is told once more for each try to leave it", async ({ device }) => {
  const hand = await device.start({ pages: 2 });
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await hand.turn(1);
  await heard(hand);
  await hand.turn(1);
  expect(await heard(hand)).toEqual(["PageUpdate 2 was /body/DocFragment[2]/body/p[1]/text().0", "EndOfBook"]);
});

test("a book closes: CloseDocument comes before the sidecar is written", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.closeBook();
  expect(await heard(hand)).toEqual([...CLOSING, "init browser"]);
});

test("one book follows another", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.switchBook(hand.addBook(sampleBook("night-train.epub")));
  expect((await heard(hand)).slice(0, 7)).toEqual([...CLOSING, ...OPENING]);
  expect((await hand.position()).file).toMatch(/night-train/);
});

test("a reload says that the session goes on, and says so until the book is ready", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.reloadBook();
  const reload = await heard(hand);
  expect(reload.slice(0, 2)).toEqual(["PreserveCurrentSession", "CloseDocument"]);
  expect(reload.slice(-2)).toEqual(["ReaderReady true", FIRST_PAGE]);
});

test("fixed pages: the first page is told while settings are read", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("gull-and-anchor.cbz")));
  expect((await heard(hand)).slice(-4)).toEqual([
    "DocSettingsLoad",
    "PageUpdate 1 was 1",
    "ReadSettings",
    "ReaderReady nil",
  ]);
});

test("a Kobo falls asleep: the network goes first, and comes back only when asked", async ({ device }) => {
  const hand = await device.start({ device: "kobo" });
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.closeLid();
  await hand.openLid(60);
  const sleep = ["NetworkDisconnecting", "NetworkDisconnected", "FlushSettings", "SaveSettings", "Suspend"];
  expect(await heard(hand)).toEqual([...sleep, "OutOfScreenSaver", "Resume"]);
  await hand.turnWifiOn();
  await hand.advance(5);
  expect(await heard(hand)).toEqual(["NetworkConnecting", "NetworkConnected"]);
});

test("a Kobo that shall restore Wi-Fi does so in the background after waking", async ({ device }) => {
  const hand = await device.start({ device: "kobo", settings: { auto_restore_wifi: true } });
  await hand.closeLid();
  await hand.openLid();
  await heard(hand);
  await hand.advance(3);
  expect(await heard(hand)).toEqual([]);
  await hand.advance(2);
  expect(await heard(hand)).toEqual(["NetworkConnected"]);
});

test("a Kindle falls asleep with its network on", async ({ device }) => {
  const hand = await device.start({ device: "kindle" });
  await heard(hand);
  await hand.closeLid();
  expect(await hand.run('return require("ui/network/manager"):isConnected()')).toBe(true);
  await hand.openLid();
  expect(await heard(hand)).toEqual(["FlushSettings", "SaveSettings", "Suspend", "OutOfScreenSaver", "Resume"]);
});

test("a lost network is not announced; the reader's own switch is", async ({ device }) => {
  const hand = await device.start();
  await heard(hand);
  await hand.loseWifi();
  expect(await heard(hand)).toEqual([]);
  await hand.regainWifi();
  await hand.turnWifiOff();
  expect(await heard(hand)).toEqual(["NetworkConnected", "NetworkDisconnecting", "NetworkDisconnected"]);
});

test("KOReader is left from a book: Exit is heard first, and the book closes a tick later", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  expect(await hand.exit()).toBe(0);
  expect(await hand.ended).toBe(0);
  expect(diaryFile(device.dataDir).slice(-5)).toEqual(["Exit", ...CLOSING]);
});

test("KOReader is left from the browser: the plugin is closed before it hears Exit", async ({ device }) => {
  const hand = await device.start();
  expect(await hand.exit()).toBe(0);
  expect(diaryFile(device.dataDir).slice(-5)).toEqual([
    "SaveSettings",
    "FlushSettings",
    "SaveSettings",
    "CloseWidget",
    "Exit",
  ]);
});

test("power goes: PowerOff, then the book closes", async ({ device }) => {
  const hand = await device.start({ device: "kobo" });
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  expect(await hand.powerOff()).toBe(88);
  expect(diaryFile(device.dataDir).slice(-5)).toEqual(["PowerOff", ...CLOSING]);
});

test("a restart and another device's power end with the codes that KOReader's scripts know", async ({ device }) => {
  expect(await (await device.start()).restart()).toBe(85);
  expect(await (await device.start({ device: "kindle" })).powerOff()).toBe(0);
});
