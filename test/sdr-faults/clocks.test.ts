// A device whose clock jumps between two looks, or while a book is open: what is done after something was seen counts.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { ASH, MORNING, type Household, pluginTest as test } from "../support/node/plugin-test";
import {
  bookOn,
  folderTarget,
  markAll,
  marksIn,
  read,
  recolour,
  sdrDevice,
  syncHighlights,
  textsIn,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";

const YEAR = 365 * 86_400;

const JUMPS: readonly [string, number][] = [
  ["to 1970", 3600],
  ["ten years ahead", MORNING + 10 * YEAR],
  ["back to the day", MORNING + 7200],
  ["an hour back", MORNING + 3600],
  ["a day ahead", MORNING + 86_400],
];

const noteOf = async (...[hand, file]: Parameters<typeof marksIn>): Promise<string | undefined> =>
  (await marksIn(hand, file)).find(({ text }) => text === "the ash tree")?.note;

async function shared(home: Household) {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder);
  const devices = await twoDevices(home, folderTarget(folder));
  await read(devices.kobo, devices.onKobo, () => markAll(devices.kobo, ["the ash tree", "to be deleted"]));
  await read(devices.kindle, devices.onKindle);
  return devices;
}

test("whatever its clock says, a device's later word counts, and so does the other's", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await shared(home);
  const texts = ["the ash tree", "to be deleted"];
  for (const [how, clock] of JUMPS) {
    await kobo.openBook(onKobo);
    await kobo.advance(30);
    await kobo.setClock(clock);
    await kobo.editNote("the ash tree", `the Kobo's clock went ${how}`);
    await kobo.turn(2, 20);
    await kobo.highlight(`made when it went ${how}`);
    texts.push(`made when it went ${how}`);
    await kobo.closeBook();
    await kobo.advance(30);
    for (const hand of [kobo, kindle]) await syncHighlights(hand);
    expect(await noteOf(kindle, onKindle)).toBe(`the Kobo's clock went ${how}`);
    await read(kindle, onKindle, () => kindle.editNote("the ash tree", `an answer: ${how}`));
    for (const hand of [kindle, kobo]) await syncHighlights(hand);
    expect(await noteOf(kobo, onKobo)).toBe(`an answer: ${how}`);
    for (const [hand, file] of [
      [kobo, onKobo],
      [kindle, onKindle],
    ] as const)
      // prettier-ignore
      expect((await textsIn(hand, file)).sort(), how).toEqual(texts.toSorted());
  }
});

test("what was deleted stays deleted, and what came back stays, over every jump", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await shared(home);
  await kobo.setClock(3600);
  await read(kobo, onKobo, () => kobo.removeHighlight("to be deleted"));
  for (const hand of [kobo, kindle]) await syncHighlights(hand);
  for (const [how, clock] of JUMPS) {
    for (const hand of [kobo, kindle]) await hand.setClock(clock + (hand === kobo ? 0 : 1800));
    for (const [hand, file] of [
      [kobo, onKobo],
      [kindle, onKindle],
    ] as const) {
      // prettier-ignore
      await read(hand, file);
      await syncHighlights(hand);
      expect(await textsIn(hand, file), how).toEqual(["the ash tree"]);
    }
  }
});

/** A Kobo whose clock has never been right, and a Kindle. */
async function neverSet(home: Household) {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder);
  const kobo = await sdrDevice(home, "Kobo", folderTarget(folder), { now: 3600 });
  const kindle = await sdrDevice(home, "Kindle", folderTarget(folder));
  for (const hand of [kobo, kindle]) await syncHighlights(hand);
  return { kobo, kindle, onKobo: bookOn(kobo, ASH), onKindle: bookOn(kindle, ASH) };
}

test("what is said in 1970 about something that another device deletes meanwhile keeps it", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await neverSet(home);
  await read(kobo, onKobo, () => markAll(kobo, ["the ash tree"]));
  for (const hand of [kobo, kindle]) await syncHighlights(hand);
  await read(kindle, onKindle);
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "worth keeping"));
  await read(kindle, onKindle, () => kindle.removeHighlight("the ash tree"));
  for (const hand of [kindle, kobo, kindle]) await syncHighlights(hand);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const) {
    // prettier-ignore
    await read(hand, file);
    expect(await noteOf(hand, file)).toBe("worth keeping");
  }
});

test("what is said in 1970 about something that was seen is later than what was said before that, unseen", async ({
  home,
}) => {
  const { kobo, kindle, onKobo, onKindle } = await neverSet(home);
  // It says nothing by itself: what it does next is heard of last.
  const alone = "options = { atClose = false, whenConnected = false }";
  const phone = await sdrDevice(home, "Phone", folderTarget(path.join(home.folder, "cloud")), {}, alone);
  const onPhone = bookOn(phone, ASH);
  await syncHighlights(phone);
  await withSync(phone, "sdr:applyPreview()");
  await read(kindle, onKindle, () => markAll(kindle, ["the ash tree"]));
  for (const hand of [kindle, phone, kobo]) await syncHighlights(hand);
  await read(phone, onPhone);
  await read(phone, onPhone, () => recolour(phone, "the ash tree", "green"));
  await kindle.advance(86_400);
  await read(kindle, onKindle, () => recolour(kindle, "the ash tree", "red"));
  for (const hand of [kindle, kobo]) await syncHighlights(hand);
  await read(kobo, onKobo, () => recolour(kobo, "the ash tree", "blue"));
  for (const hand of [kobo, phone, kobo, kindle]) await syncHighlights(hand);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
    [phone, onPhone],
  ] as const) {
    // prettier-ignore
    await read(hand, file);
    expect((await marksIn(hand, file)).map(({ color }) => color)).toEqual(["blue"]);
  }
});
