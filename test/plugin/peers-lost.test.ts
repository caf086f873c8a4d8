// What readers of TomeSync and KOReader's own progress sync lost or suffered: issues, changelogs and our measurements.
import fs from "node:fs";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import {
  ASH,
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  statusLine,
  TRAIN,
} from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

const HOUR = 3600;
const DAY_MINUTES = 24 * 60;

/** Closes the lid for so many minutes, and comes back into the Wi-Fi. */
async function sleepAndReturn(hand: Hand, minutes: number): Promise<void> {
  await hand.closeLid();
  await hand.openLid(minutes);
  await hand.regainWifi();
  await settle(hand);
}

/** A book that was read before, open on the screen, with everything delivered. */
async function inBook(home: Household, page: number, device: "kobo" | "kindle" = "kobo"): Promise<Hand> {
  const { hand, file } = await home.deviceWith(ASH, { device });
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(page - 1, 20);
  return hand;
}

test("a session that ended offline is not thrown away at close", async ({ home }) => {
  const hand = await inBook(home, 31);
  await hand.turnWifiOff();
  await hand.closeBook();
  await settle(hand);
  await hand.turnWifiOn();
  await settle(hand);
  expect(home.turns()).toEqual([30]);
});

test("a session that ended while the server was down is not thrown away at close", async ({ home }) => {
  const hand = await inBook(home, 31);
  await home.proxy.refuse();
  await hand.closeBook();
  await settle(hand);
  await home.proxy.heal();
  await sleepAndReturn(hand, 15);
  expect(home.turns()).toEqual([30]);
});

test("a session that ended with the lid, offline, arrives when Wi-Fi returns", async ({ home }) => {
  const hand = await inBook(home, 31);
  await hand.loseWifi();
  await sleepAndReturn(hand, 60);
  expect(home.turns()).toEqual([30]);
});

test("a new book that was opened, read and closed offline has its session", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await readBook(hand, file, 30);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([30]);
});

test("of 120 sessions that waited none was dropped, not even the oldest", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false, pages: 3000 });
  const expected = Array.from({ length: 120 }, (_, index) => 3 + (index % 7));
  for (const turns of expected) await readBook(hand, file, turns, 5);
  await hand.regainWifi();
  await settle(hand);
  await settle(hand);
  expect(home.turns()).toEqual(expected);
});

for (const [ending, end] of [
  ["at close", (hand: Hand) => hand.closeBook()],
  ["with the lid", (hand: Hand) => hand.closeLid()],
] as const) {
  test(`a server that stumbled over a session gets it again: ended ${ending}`, async ({ home }) => {
    const hand = await inBook(home, 31, "kindle");
    home.proxy.failOnce("POST session", { kind: "status", status: 500 });
    await end(hand);
    if (ending === "with the lid") await hand.openLid(15);
    await settle(hand);
    await hand.regainWifi();
    await settle(hand);
    expect(home.turns()).toEqual([30]);
  });

  test(`a session whose answer was lost is not counted twice: ended ${ending}`, async ({ home }) => {
    const hand = await inBook(home, 31, "kindle");
    home.proxy.failOnce("POST session", { kind: "lost answer" });
    await end(hand);
    if (ending === "with the lid") await hand.openLid(15);
    await settle(hand);
    await hand.regainWifi();
    await settle(hand);
    expect(home.turns()).toEqual([30]);
    expect(await statusLine(hand)).toContain("All sent");
  });
}

test("a day with a wrong key costs nothing but is said", async ({ home }) => {
  home.proxy.fail({ kind: "status", status: 401 });
  const { hand, file } = await home.deviceWith(ASH, { device: "kindle" });
  for (const turns of [10, 11, 12]) await readBook(hand, file, turns);
  await hand.openBook(file);
  await hand.turn(13, 20);
  await hand.closeLid();
  await hand.openLid(DAY_MINUTES);
  await hand.tapMenu("Tools", "Ribbon");
  const [, line = ""] = await hand.screen();
  await hand.tap(line);
  expect((await hand.screen()).join("\n")).toContain("Home does not accept the key");
  await closeAll(hand);
  await home.proxy.heal();
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  await settle(hand);
  expect(home.turns()).toEqual([10, 11, 12, 13]);
});

test("a device that slept while another read on does not push its old place when it wakes", async ({ home }) => {
  const hand = await inBook(home, 18);
  await hand.closeLid();
  await home.elsewhere(ASH, 0.8);
  await hand.openLid(60);
  await hand.regainWifi();
  await settle(hand);
  expect(home.places()).toEqual([80]);
  await hand.turn(3, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([81]);
});

test("a book opened offline, while another device is far ahead, does not push its place back at close", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 17);
  await home.elsewhere(ASH, 0.8);
  await hand.loseWifi();
  await hand.openBook(file);
  await hand.turn(28, 20);
  await hand.regainWifi();
  await settle(hand);
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([80]);
});

test("a book left open for two hours, while another device reads on, does not push its place at close", async ({
  home,
}) => {
  const hand = await inBook(home, 18);
  await hand.advance(HOUR);
  await home.elsewhere(ASH, 0.8);
  await hand.advance(HOUR);
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([80]);
});

test("Sync now does not overwrite what another device read since", async ({ home }) => {
  const hand = await inBook(home, 18);
  await home.elsewhere(ASH, 0.8);
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  await settle(hand);
  expect(home.places()).toEqual([80]);
});

test("a place that waited offline is not replayed over one that is newer", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 17);
  await hand.loseWifi();
  await readBook(hand, file, 10);
  await home.elsewhere(ASH, 0.8);
  await hand.regainWifi();
  await settle(hand);
  expect(home.places()).toEqual([80]);
});

test("a look into a book that was finished elsewhere does not unfinish it", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 30);
  await home.elsewhere(ASH, 1);
  await hand.openBook(file);
  await hand.advance(20);
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([100]);
});

test("what the server refuses for good is kept and shown, and holds up nothing", async ({ home }) => {
  for (const status of [400, 404, 422]) {
    const name = `device ${status}`;
    const { hand, file } = await home.deviceWith(ASH, { name });
    home.proxy.failOnce("POST session", { kind: "status", status });
    await readBook(hand, file, 10);
    await readBook(hand, file, 11);
    const arrived = home.sessions().filter(({ device }) => device === name);
    expect(
      arrived.map(({ pagesTurned }) => pagesTurned),
      String(status),
    ).toEqual([11]);
    expect(await statusLine(hand)).toBe("Home refused 1: see Waiting");
    const before = home.proxy.exchanges.length;
    await hand.advance(HOUR);
    expect(home.proxy.exchanges.length).toBe(before);
  }
});

test("a file that was renamed or moved is still the same book", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  const moved = hand.addBook(file, "elsewhere/Some other name.epub");
  fs.rmSync(file);
  await hand.loseWifi();
  await readBook(hand, moved, 12);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([10, 12]);
  expect(new Set(home.sessions().map(({ bookId }) => bookId)).size).toBe(1);
});

test("a file whose metadata was rewritten, and with it its digest, is still the same book", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  fs.appendFileSync(file, "a comment that a cataloguer left");
  await readBook(hand, file, 12);
  expect(home.turns()).toEqual([10, 12]);
  expect(new Set(home.sessions().map(({ bookId }) => bookId)).size).toBe(1);
});

test("two devices of one model have names of their own", async ({ home }) => {
  for (const name of ["one", "other"]) {
    const folder = `${home.folder}/${name}/settings`;
    const connection = `{ id = "main", kind = "tome", url = "${home.proxy.origin}", key = "${home.key}" }`;
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(`${folder}/ribbon.lua`, `return { connections = { ${connection} } }`);
    const { hand, file } = await home.deviceWith(ASH, { name });
    await readBook(hand, file, 10);
  }
  const names = home.sessions().map(({ device }) => device);
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(2);
});

test("what the file browser began to send and what a book adds do not overwrite each other", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 10);
  await hand.secondsPerJob(8);
  await hand.regainWifi();
  await hand.advance(1);
  await hand.openBook(hand.addBook(sampleBook(TRAIN)));
  await hand.turn(1, 12);
  await hand.closeBook();
  await hand.advance(120);
  expect(home.turns()).toEqual([10, 1]);
  expect(await statusLine(hand)).toContain("All sent");
});

test("a server that was unreachable for a night is not taken for dead after waking", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { device: "kindle" });
  await home.proxy.refuse();
  for (let times = 0; times < 12; times += 1) await readBook(hand, file, 5);
  await hand.closeLid();
  await home.proxy.heal();
  await hand.openLid(8 * 60);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toHaveLength(12);
});

test("nobody is asked for Wi-Fi at opening, sleeping, waking or closing", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  const seen: string[] = [];
  const look = async (): Promise<void> => void seen.push(...(await hand.screen()));
  await hand.openBook(file);
  await look();
  await hand.turn(60, 20);
  await look();
  await hand.closeLid();
  await hand.openLid(60);
  await look();
  await hand.closeBook();
  await settle(hand);
  await look();
  expect(seen).toEqual([]);
});

test("a wrong date on the device turns no place around", async ({ home }) => {
  for (const year of [1970, 2041]) {
    const { hand, file } = await home.deviceWith(ASH, { name: `from ${year}` });
    await hand.setClock(Date.UTC(year, 0, 2) / 1000);
    await home.elsewhere(ASH, 0.5);
    await hand.openBook(file);
    await settle(hand);
    expect(await hand.position()).toMatchObject({ page: 150 });
    await home.elsewhere(ASH, 0.8);
    await hand.turn(2, 20);
    await hand.closeBook();
    await settle(hand);
    expect(home.places()).toEqual([80]);
  }
});

test("a place far behind moves nobody who says no, and is not asked about again", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 150);
  await home.elsewhere(ASH, 0.2);
  await hand.openBook(file);
  await settle(hand);
  await hand.tap("Stay here");
  await hand.closeBook();
  await hand.openBook(file);
  await settle(hand);
  expect(await hand.screen()).toEqual([]);
  expect(await hand.position()).toMatchObject({ page: 151 });
});

test("a session of fixed pages that began with a jump begins where it went", async ({ home }) => {
  const { hand, file } = await home.deviceWith("gull-and-anchor.cbz");
  await hand.openBook(file);
  const { pages } = await hand.position();
  await hand.closeBook();
  await home.elsewhere("gull-and-anchor.cbz", 2 / pages, { progress: "2" });
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(1, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.sessions().at(-1)).toMatchObject({ progressStart: 2 / pages, progressEnd: 3 / pages });
});

test("a book that the server does not know is not asked for at every page turn", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await hand.openBook(file);
  await settle(hand);
  home.proxy.taken();
  await hand.turn(49, 20);
  await settle(hand);
  expect(home.proxy.taken()).toEqual([]);
});

test("a volume of a series is not taken for the first one, and its reading does not go there", async ({ home }) => {
  await home.addToLibrary("orchard-1.epub");
  const { hand, file } = await home.deviceWith("orchard-2.epub");
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([]);
  expect(home.places()).toEqual([]);
});

test("recording that was paused stays paused in the next book", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.tapMenu("Tools", "Ribbon", "More", "Recording: on (tap to pause)");
  await closeAll(hand);
  await readBook(hand, file, 10);
  await readBook(hand, hand.addBook(sampleBook(TRAIN)), 10);
  expect(home.turns()).toEqual([]);
});

test("a device is not offered its own place as another's", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 60);
  await hand.openBook(file);
  await hand.gotoPage(5);
  await hand.loseWifi();
  await hand.advance(20);
  await hand.closeBook();
  await hand.openBook(file);
  await hand.regainWifi();
  await hand.advance(1);
  expect(await hand.screen()).toEqual([]);
  expect(await hand.position()).toMatchObject({ page: 5 });
});

test("behind a proxy that redirects what is sent, sessions and places do not pile up", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  const isRedirected = new Set<string>();
  home.proxy.fail(({ method, path }) => {
    if (method === "GET" || path.endsWith("?once-more")) return undefined;
    isRedirected.add(method);
    return { kind: "answer", status: 307, headers: { Location: `${path}?once-more` }, body: "" };
  });
  await readBook(hand, file, 12);
  expect([...isRedirected].toSorted()).toEqual(["POST", "PUT"]);
  expect(home.turns()).toEqual([12]);
  expect(home.shelf.positions()).toHaveLength(1);
  expect(await statusLine(hand)).toBe("All sent, just now");
});
