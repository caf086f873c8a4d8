// What the sync of highlights says by itself: only what changed here, and what needs the reader.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test, settle, TRAIN } from "../support/node/plugin-test";
import { bookOn, folderTarget, read, textsIn, type TwoDevices, twoDevices } from "../support/node/sdr-devices";

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
