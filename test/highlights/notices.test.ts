// What the sync of highlights says by itself: only what changed here, and what needs the reader.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test, settle, TRAIN } from "../support/node/plugin-test";
import {
  bookOn,
  folderTarget,
  keepOnly,
  markAll,
  read,
  sdrDevice,
  syncHighlights,
  textsIn,
  type TwoDevices,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";

const folderOf = (home: Household): string => path.join(home.folder, "cloud");

function together(home: Household): Promise<TwoDevices> {
  fs.mkdirSync(folderOf(home), { recursive: true });
  return twoDevices(home, folderTarget(folderOf(home)));
}

/** Opens another book and closes it, which syncs; gives every text that came up meanwhile. */
async function toastsAtClose(hand: Hand): Promise<string[]> {
  const other = bookOn(hand, TRAIN);
  await hand.openBook(other);
  await settle(hand);
  await hand.closeBook();
  return toasts(hand);
}

/** Every text that comes up within ten seconds. */
async function toasts(hand: Hand): Promise<string[]> {
  const seen = new Set<string>();
  for (let tenths = 0; tenths < 100; tenths += 1) {
    await hand.advance(0.1);
    for (const text of await hand.screen()) seen.add(text);
  }
  return [...seen];
}

test("what came into books here is told, what only went out is not", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kindle, onKindle);
  await kobo.openBook(onKobo);
  await kobo.highlight("the ash tree");
  await kobo.closeBook();
  expect(await toastsAtClose(kobo)).toEqual([]);
  expect(await toastsAtClose(kindle)).toEqual(["1 change came from your other devices, in 1 book."]);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  expect(await toastsAtClose(kindle)).toEqual([]);
});

test("a folder that is not there any more is told, and nothing is lost", async ({ home }) => {
  const { kobo, onKobo } = await together(home);
  await read(kobo, onKobo, () => kobo.highlight("the ash tree"));
  for (const name of fs.readdirSync(folderOf(home))) fs.rmSync(path.join(folderOf(home), name));
  expect(await toastsAtClose(kobo)).toEqual([
    "The folder for highlights on cloud is empty now. See Tools › Ribbon › Highlights sync.",
  ]);
  // Said once: it waits for the reader.
  expect(await toastsAtClose(kobo)).toEqual([]);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
});

test("what came for the book on screen is told, and gets in when it is opened next", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kindle, onKindle);
  await kindle.openBook(onKindle);
  await settle(kindle);
  await read(kobo, onKobo, () => markAll(kobo, ["the ash tree", "another"]));
  await kindle.loseWifi();
  await kindle.advance(60);
  await kindle.regainWifi();
  expect(await toasts(kindle)).toEqual(["2 changes came for this book. See Tools › Ribbon › Highlights sync."]);
  await kindle.closeBook();
  await settle(kindle);
  await read(kindle, onKindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["another", "the ash tree"]);
});

test("that much disappeared here is told once", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  const texts = Array.from({ length: 12 }, (_, index) => `passage ${String(index).padStart(2, "0")}`);
  await read(kobo, onKobo, () => markAll(kobo, texts));
  await read(kindle, onKindle);
  await keepOnly(kindle, onKindle, texts.slice(0, 3));
  await kindle.exit();
  // Every sidecar is looked at once after a start.
  const again = await sdrDevice(home, "Kindle", folderTarget(folderOf(home)));
  expect([...(await toasts(again)), ...(await toastsAtClose(again))]).toEqual([
    "Highlights of 1 book disappeared here, not elsewhere. See Tools › Ribbon › Highlights sync.",
  ]);
  expect(await toastsAtClose(again)).toEqual([]);
  expect(await textsIn(kobo, onKobo)).toEqual(texts);
});

test("whoever quits in the middle of a sync finds in the history what it had done", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kindle, onKindle);
  await read(kobo, onKobo, () => kobo.highlight("the ash tree"));
  await kindle.perform("ribbon_sync_now");
  for (let steps = 0; steps < 1000 && (await textsIn(kindle, onKindle)).length === 0; steps += 1) {
    await kindle.advance(0.02);
  }
  expect(await withSync(kindle, "return sdr:status().state.kind")).toBe("running");
  await kindle.exit();
  const again = await home.device({ name: "Kindle", isSetUp: false });
  await settle(again);
  const newest = () => withSync(again, "local run = sdr:history(1)[1]; run.books = list(run.books); return run");
  const change = { kind: "added", text: "the ash tree" };
  expect(await newest()).toMatchObject({ books: [{ title: "Ash", incoming: [change] }] });
  await syncHighlights(again);
  expect(await newest(), "it is told once").toMatchObject({ books: [] });
  expect(await textsIn(again, onKindle)).toEqual(["the ash tree"]);
});
