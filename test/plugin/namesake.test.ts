// Settings were copied: two devices have one name, and what one of them wrote is not the other's.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { ASH, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

const PAGES = 300;

/** A second device that got the first one's settings folder. */
async function copyOf(home: Household, first: Hand): Promise<{ hand: Hand; file: string }> {
  const folder = path.join(home.folder, "copy");
  fs.cpSync(path.join(first.dataDir, "settings"), path.join(folder, "settings"), { recursive: true });
  return home.deviceWith(ASH, { name: "copy", isSetUp: false });
}

test("a device with copied settings opens where the other one read on", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  const second = await copyOf(home, hand);
  await readBook(hand, file, 90);
  await second.hand.openBook(second.file);
  await settle(second.hand);
  expect(await second.hand.position()).toMatchObject({ page: 91 });
});

test("a device that got its settings after the reading opens where they say that it was", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 90);
  await hand.exit();
  const second = await copyOf(home, hand);
  await second.hand.openBook(second.file);
  await settle(second.hand);
  expect(await second.hand.position()).toMatchObject({ page: 91 });
});

test("a device with copied settings does not push its place over the other one's", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  await hand.exit();
  const second = await copyOf(home, hand);
  await second.hand.loseWifi();
  await readBook(second.hand, second.file, 5);
  const again = await home.device();
  await readBook(again, file, 90);
  await second.hand.regainWifi();
  await settle(second.hand);
  expect(home.places()).toEqual([Math.round((101 / PAGES) * 100)]);
});

test("two devices of one name are told apart, and the reader is told once", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  await hand.exit();
  const second = await copyOf(home, hand);
  await readBook(second.hand, second.file, 50);
  const again = await home.device();
  await again.openBook(file);
  await again.advance(1);
  const warning = "Two of your devices are called “Kobo”. Rename one: Tools › Ribbon › Settings.";
  expect(await again.screen()).toContain(warning);
  expect(await again.position()).toMatchObject({ page: 61 });
  await again.closeBook();
  await settle(again);
  await readBook(second.hand, second.file, 50);
  await again.openBook(file);
  await again.advance(1);
  expect(await again.screen()).not.toContain(warning);
});

test("a place whose answer was lost is still this device's own, however far it read on", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  home.proxy.fail(({ what }) => (what === "PUT position" ? { kind: "lost answer" } : undefined));
  await readBook(hand, file, 20);
  await readBook(hand, file, 20);
  await home.proxy.heal();
  await readBook(hand, file, 20);
  expect(home.places()).toEqual([Math.round((71 / PAGES) * 100)]);
});

test("whoever went back to the first page without a network is not taken to the end again", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 90);
  await hand.loseWifi();
  await hand.openBook(file);
  await hand.gotoPage(1);
  await hand.advance(60);
  await hand.closeBook();
  await hand.openBook(file);
  await hand.regainWifi();
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 1 });
});
