// Books that were read and opened again before anybody looked at what was done in them.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { settle } from "../support/node/household";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import {
  bookOn,
  folderTarget,
  keepOnly,
  markAll,
  marksIn,
  read,
  sdrDevice,
  syncHighlights,
  textsIn,
  type TwoDevices,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";

const NOTHING_BY_ITSELF = "options = { atClose = false, atSleep = false, atWake = false, whenConnected = false }";
const FIVE = ["a", "b", "c", "d", "e"];

/** Both have a book with these marks; nothing is synced but by a tap. */
async function bothWith(home: Household, texts: readonly string[]): Promise<TwoDevices> {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  const devices = await twoDevices(home, folderTarget(folder), {}, { sdr: NOTHING_BY_ITSELF });
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kindle, onKindle);
  await read(kobo, onKobo, () => markAll(kobo, texts));
  await meet(devices);
  await meet(devices);
  return devices;
}

async function meet({ kobo, kindle }: TwoDevices): Promise<void> {
  for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
}

/** Without a word to plugins, as KOReaders before v2025.04 do it. */
const removeUnheard = (hand: Hand, text: string): Promise<unknown> =>
  hand.run(`
    local annotations = require("apps/reader/readerui").instance.annotation.annotations
    for index, item in ipairs(annotations) do
      if item.text == ${JSON.stringify(text)} then table.remove(annotations, index) break end
    end`);

const held = (hand: Hand): Promise<unknown> => withSync(hand, "return sdr:status().held");

test.for([
  ["KOReader says so", (hand: Hand, text: string) => hand.removeHighlight(text)],
  ["KOReader says nothing", removeUnheard],
] as const)(
  "what is deleted in a book that is closed, opened, closed and opened again is deleted: %s",
  async ([, remove], { home }) => {
    const devices = await bothWith(home, FIVE);
    const { kobo, kindle, onKobo, onKindle } = devices;
    for (const text of ["a", "b"]) {
      await kobo.openBook(onKobo);
      await remove(kobo, text);
      await kobo.closeBook();
    }
    await kobo.openBook(onKobo);
    await settle(kobo);
    await remove(kobo, "c");
    await meet(devices);
    expect([await textsIn(kindle, onKindle), await held(kobo)]).toEqual([["d", "e"], 0]);
    await kobo.closeBook();
    await settle(kobo);
    await meet(devices);
    expect([await textsIn(kobo, onKobo), await textsIn(kindle, onKindle)]).toEqual([
      ["d", "e"],
      ["d", "e"],
    ]);
  },
);

test("what an older copy lacks is held when the book is opened with it, and what the reader deletes then is deleted", async ({
  home,
}) => {
  const devices = await bothWith(home, FIVE);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await keepOnly(kobo, onKobo, ["c", "d", "e"]);
  await kobo.openBook(onKobo);
  await kobo.removeHighlight("c");
  await kobo.closeBook();
  await kobo.openBook(onKobo);
  await kobo.closeBook();
  await settle(kobo);
  await meet(devices);
  expect([await textsIn(kindle, onKindle), await held(kobo)]).toEqual([["a", "b", "d", "e"], 1]);
});

test("who dies in a session that nobody had looked at deletes nothing", async ({ home }) => {
  const devices = await bothWith(home, FIVE);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.openBook(onKobo);
  await kobo.closeBook();
  await kobo.openBook(onKobo);
  await kobo.kill();
  const again = await home.device({ name: "Kobo", isSetUp: false });
  await keepOnly(again, onKobo, ["b", "c", "d", "e"]);
  await again.openBook(onKobo);
  await again.closeBook();
  await settle(again);
  await meet({ ...devices, kobo: again });
  expect([await textsIn(kindle, onKindle), await held(again)]).toEqual([FIVE, 1]);
});

test("what came while a book was open is in its file soon after it is closed, without a folder", async ({ home }) => {
  const devices = await bothWith(home, ["a"]);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kindle, onKindle, () => kindle.highlight("of the Kindle", "a note"));
  await kobo.openBook(onKobo);
  await settle(kobo);
  await meet(devices);
  fs.renameSync(path.join(home.folder, "cloud"), path.join(home.folder, "away"));
  await kobo.closeBook();
  expect(await textsIn(kobo, onKobo)).toEqual(["a"]);
  await settle(kobo);
  expect(await marksIn(kobo, onKobo)).toMatchObject([{ text: "a" }, { text: "of the Kindle", note: "a note" }]);
  expect(await withSync(kobo, "return sdr:history(1)[1].books[1].incoming[1].kind")).toBe("added");
});

test("a look that was cut off by a tap is made by the sync", async ({ home }) => {
  const devices = await bothWith(home, ["a"]);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.openBook(onKobo);
  await kobo.highlight("new");
  await kobo.closeBook();
  await kobo.advance(3.01);
  await meet(devices);
  expect(await textsIn(kindle, onKindle)).toEqual(["a", "new"]);
});

test("a hundred highlights from elsewhere get into a book that is opened for the first time", async ({ home }) => {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder);
  const texts = Array.from({ length: 100 }, (_, index) => `passage ${index}`).sort();
  const other = await sdrDevice(home, "other", folderTarget(folder), {}, NOTHING_BY_ITSELF);
  const one = await sdrDevice(home, "one", folderTarget(folder), {}, NOTHING_BY_ITSELF);
  for (const hand of [other, one]) await syncHighlights(hand);
  await read(other, bookOn(other), () => markAll(other, texts));
  for (const hand of [other, one]) await syncHighlights(hand);
  const file = bookOn(one);
  await one.openBook(file);
  await settle(one);
  expect(await one.run(`return #require("apps/reader/readerui").instance.annotation.annotations`)).toBe(100);
  await one.removeHighlight("passage 7");
  await one.closeBook();
  await settle(one);
  for (const hand of [one, other]) await syncHighlights(hand);
  expect(await textsIn(other, bookOn(other))).toEqual(texts.filter(text => text !== "passage 7"));
});
