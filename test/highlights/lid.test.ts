// A book that stays open for weeks, under a lid that closes every evening.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { settle } from "../support/node/household";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import {
  bookOn,
  folderTarget,
  read,
  recolour,
  sdrDevice,
  syncHighlights,
  type TwoDevices,
  marksIn,
  textsIn,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";

/** The book lies open on the Kobo, and the other device has it too. */
async function openOnKobo(home: Household): Promise<TwoDevices> {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  const devices = await twoDevices(home, folderTarget(folder), {}, { sdr: "options = { atSleep = true }" });
  await read(devices.kobo, devices.onKobo);
  await read(devices.kindle, devices.onKindle);
  await devices.kobo.openBook(devices.onKobo);
  await settle(devices.kobo);
  return devices;
}

async function closeLid({ kobo, kindle }: TwoDevices): Promise<void> {
  await kobo.closeLid();
  await kobo.openLid(60);
  await syncHighlights(kindle);
}

test("a highlight in the open book goes out when the lid closes", async ({ home }) => {
  const devices = await openOnKobo(home);
  await devices.kobo.highlight("the ash tree", "a note");
  await closeLid(devices);
  expect(await marksIn(devices.kindle, devices.onKindle)).toMatchObject([{ text: "the ash tree", note: "a note" }]);
});

test("an edit that KOReader tells nobody of goes out, too", async ({ home }) => {
  const devices = await openOnKobo(home);
  await devices.kobo.highlight("the ash tree");
  await closeLid(devices);
  await recolour(devices.kobo, "the ash tree", "red");
  await closeLid(devices);
  expect(await marksIn(devices.kindle, devices.onKindle)).toMatchObject([{ color: "red" }]);
});

test("what is deleted in the open book is deleted everywhere, and stays so when it is closed", async ({ home }) => {
  const devices = await openOnKobo(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.highlight("the ash tree");
  await closeLid(devices);
  await kobo.removeHighlight("the ash tree");
  await closeLid(devices);
  expect(await textsIn(kindle, onKindle)).toEqual([]);
  await kobo.closeBook();
  await settle(kobo);
  await syncHighlights(kindle);
  await syncHighlights(kobo);
  expect([await textsIn(kobo, onKobo), await textsIn(kindle, onKindle)]).toEqual([[], []]);
});

test("whoever dies before KOReader wrote the book down loses no highlight that went out", async ({ home }) => {
  const devices = await openOnKobo(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.highlight("the ash tree");
  await syncHighlights(kobo);
  await kobo.kill();
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  const again = await home.device({ name: "Kobo", isSetUp: false });
  await syncHighlights(again);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  expect(await textsIn(again, onKobo), "its list was empty, which says nothing").toEqual(["the ash tree"]);
});

test("what went out and a crash took is held on its own device, and is deleted nowhere", async ({ home }) => {
  const devices = await openOnKobo(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.highlight("another");
  await kobo.closeBook();
  await settle(kobo);
  await kobo.openBook(onKobo);
  await settle(kobo);
  await kobo.highlight("the ash tree");
  await syncHighlights(kobo);
  await kobo.kill();
  const again = await home.device({ name: "Kobo", isSetUp: false });
  await syncHighlights(again);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["another", "the ash tree"]);
  // Nobody knows here whether the reader took it out or the crash did.
  const held = "return list(sdr:held())";
  expect(await withSync(again, held)).toMatchObject([{ count: 1, of: 2, texts: ["the ash tree"] }]);
  await withSync(again, "sdr:putHeldBack(sdr:held()[1].book)");
  await syncHighlights(again);
  expect(await textsIn(again, onKobo)).toEqual(["another", "the ash tree"]);
  expect(await withSync(again, held)).toEqual([]);
});

test("a highlight in a book that was never closed goes out, too", async ({ home }) => {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  const devices = await twoDevices(home, folderTarget(folder), {}, { sdr: "options = { atSleep = true }" });
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kindle, onKindle);
  await kobo.openBook(onKobo);
  await settle(kobo);
  await kobo.highlight("the ash tree");
  await closeLid(devices);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  await kobo.removeHighlight("the ash tree");
  await closeLid(devices);
  expect(await textsIn(kindle, onKindle)).toEqual([]);
});

test("a first sync from within a book takes its highlights along", async ({ home }) => {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  const kobo = await sdrDevice(home, "Kobo", folderTarget(folder));
  await kobo.openBook(bookOn(kobo));
  await settle(kobo);
  await kobo.highlight("the ash tree");
  await syncHighlights(kobo);
  const sent = fs.readdirSync(folder).map(name => fs.readFileSync(path.join(folder, name), "utf8"));
  expect(sent.join("")).toContain("the ash tree");
});

test("a device without a battery, which KOReader takes for an empty one, syncs by itself", async ({ home }) => {
  const devices = await openOnKobo(home);
  await devices.kobo.run('require("device"):getPowerDevice().getCapacity = function() return 0 end');
  await devices.kobo.highlight("the ash tree");
  await closeLid(devices);
  expect(await textsIn(devices.kindle, devices.onKindle)).toEqual(["the ash tree"]);
});
