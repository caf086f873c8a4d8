import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { settle } from "../support/node/household";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { folderTarget, read, syncHighlights, type TwoDevices, twoDevices, withSync } from "../support/node/sdr-devices";

/** Two devices with the same book, open at its beginning on both. */
async function together(home: Household, more = {}): Promise<TwoDevices> {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  const devices = await twoDevices(home, folderTarget(folder), {}, more);
  await read(devices.kindle, devices.onKindle);
  return devices;
}

const readTo = (hand: Hand, file: string, page: number): Promise<void> =>
  read(hand, file, async () => {
    await hand.gotoPage(page);
    await hand.turn(2, 30);
  });

const placeOf = async (hand: Hand): Promise<number> => (await hand.position()).page;

async function placeIn(hand: Hand, file: string): Promise<number> {
  await hand.openBook(file);
  await settle(hand);
  return placeOf(hand);
}

test("a book opens where another device left it, without any server", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await readTo(kobo, onKobo, 12);
  await syncHighlights(kindle);
  expect(await placeIn(kindle, onKindle)).toBe(14);
});

test("a place is offered once: whoever goes back stays there", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await readTo(kobo, onKobo, 12);
  await syncHighlights(kindle);
  await readTo(kindle, onKindle, 3);
  const here = await placeIn(kindle, onKindle);
  await kindle.closeBook();
  await settle(kindle);
  expect(await placeIn(kindle, onKindle)).toBe(here);
});

test("whoever read on after that is not taken back", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await readTo(kobo, onKobo, 5);
  await syncHighlights(kindle);
  await readTo(kindle, onKindle, 20);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  expect(await placeIn(kindle, onKindle)).toBe(22);
});

test("a lid that opens over a book brings the place from the other device", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home, { sdr: "options = { atWake = true }" });
  await kindle.openBook(onKindle);
  await settle(kindle);
  await kindle.closeLid();
  await readTo(kobo, onKobo, 12);
  await kindle.openLid(60);
  await settle(kindle);
  expect(await placeOf(kindle)).toBe(14);
});

test("where the reader wants to be asked, they are asked", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home, { settings: 'preferences = { jumpAhead = "ask" }' });
  await readTo(kobo, onKobo, 12);
  await syncHighlights(kindle);
  expect(await placeIn(kindle, onKindle)).toBe(1);
  await kindle.tap("Go there");
  expect(await placeOf(kindle)).toBe(14);
});

/** How often the reader is asked until the book is still. */
async function answered(hand: Hand, answer: string): Promise<number> {
  let times = 0;
  for (let tenths = 0; tenths < 300; tenths += 1) {
    await hand.advance(0.1);
    if (!(await hand.screen()).includes(answer)) continue;
    times += 1;
    await hand.tap(answer);
  }
  return times;
}

test.for(["Go there", "Stay here"])("a book that a server knows is offered one place: %s", async (answer, { home }) => {
  const server = `{ id = "main", kind = "tome", name = "Home", url = "${home.proxy.origin}", key = "${home.key}" }`;
  const settings = `connections = { ${server} }, preferences = { jumpAhead = "ask" }`;
  const { kobo, kindle, onKobo, onKindle } = await together(home, { settings });
  await readTo(kobo, onKobo, 12);
  await syncHighlights(kindle);
  await kindle.openBook(onKindle);
  expect(await answered(kindle, answer)).toBe(1);
  await withSync(kindle, "sdr:syncNow()");
  expect(await answered(kindle, answer)).toBe(0);
  expect(await placeOf(kindle)).toBe(answer === "Go there" ? 14 : 1);
});

test("what came for the book on screen is asked about first, the place after it", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home, { settings: 'preferences = { jumpAhead = "ask" }' });
  await kindle.openBook(onKindle);
  await settle(kindle);
  await read(kobo, onKobo, async () => {
    await kobo.gotoPage(12);
    await kobo.turn(2, 30);
    await kobo.highlight("the ash tree");
  });
  await kindle.tapMenu("Tools", "Ribbon", "Highlights sync…");
  await kindle.tap("Sync now");
  await settle(kindle);
  const screen = await kindle.screen();
  expect(screen, "asked from the screens").toContain("Show them now");
  expect(screen).not.toContain("Go there");
  await kindle.tap("Show them now");
  expect(await answered(kindle, "Go there")).toBe(1);
  expect(await placeOf(kindle)).toBe(14);
});

test.for(["Go there", "Stay here"])(
  "a book that no server was asked about yet is offered one place: %s",
  async (answer, { home }) => {
    const server = `{ id = "main", kind = "tome", name = "Home", url = "${home.proxy.origin}", key = "${home.key}" }`;
    const settings = `connections = { ${server} }, preferences = { jumpAhead = "ask" }`;
    fs.mkdirSync(path.join(home.folder, "cloud"));
    const devices = await twoDevices(home, folderTarget(path.join(home.folder, "cloud")), {}, { settings });
    const { kobo, kindle, onKobo, onKindle } = devices;
    await readTo(kobo, onKobo, 12);
    await syncHighlights(kindle);
    await kindle.openBook(onKindle);
    expect(await answered(kindle, answer)).toBe(1);
    await withSync(kindle, "sdr:syncNow()");
    expect(await answered(kindle, answer)).toBe(0);
  },
);

test("a place that the folder brought is not offered again by a server that is asked later", async ({ home }) => {
  const server = `{ id = "main", kind = "tome", name = "Home", url = "${home.proxy.origin}", key = "${home.key}" }`;
  const settings = `connections = { ${server} }, preferences = { jumpAhead = "ask" }`;
  fs.mkdirSync(path.join(home.folder, "cloud"));
  const devices = await twoDevices(home, folderTarget(path.join(home.folder, "cloud")), {}, { settings });
  const { kobo, kindle, onKobo, onKindle } = devices;
  await readTo(kobo, onKobo, 12);
  await syncHighlights(kindle);
  await kindle.loseWifi();
  await kindle.openBook(onKindle);
  expect(await answered(kindle, "Stay here")).toBe(1);
  await kindle.regainWifi();
  expect(await answered(kindle, "Stay here")).toBe(0);
});

test("a sync from within a book brings the page on screen, not the one that KOReader saved last", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await kobo.openBook(onKobo);
  await settle(kobo);
  await kobo.gotoPage(12);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  expect(await placeIn(kindle, onKindle)).toBe(12);
});
