// Wi-Fi is off: connecting after a book was closed, or before sleep, where the reader wants that.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, settle, TRAIN } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

const PARTING = "When you stop reading";
const CLOSE = "After closing a book: connect and send";
const SLEEP = "Before sleep: connect and send";

interface Wifi {
  on: boolean;
  /** Whether KOReader would bring it back after sleep. */
  wanted: boolean;
}

async function wifi(hand: Hand): Promise<Wifi> {
  return (await hand.run(`local manager = require("ui/network/manager")
    return { on = manager:isWifiOn(), wanted = manager.wifi_was_on }`)) as Wifi;
}

const OFF: Wifi = { on: false, wanted: false };

/** A device with its radio off, and a book in it; the reader has ticked one of the two settings, or none. */
async function offline(home: Household, wish: string | undefined, device: "kobo" | "kindle" = "kobo") {
  const { hand, file } = await home.deviceWith(ASH, { device, wifi: false });
  if (wish !== undefined) await openMenu(hand, "Settings", PARTING, wish);
  await closeAll(hand);
  return { hand, file };
}

async function read(hand: Hand, file: string, turns = 20): Promise<void> {
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(turns, 20);
}

test("both are off until the reader wants them: no radio is touched", async ({ home }) => {
  const { hand, file } = await offline(home, undefined);
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(60);
  await hand.openBook(file);
  await hand.closeLid();
  await hand.openLid(10);
  await settle(hand);
  expect((await hand.events()).filter(event => event.includes("Network"))).toEqual([]);
  expect(home.turns()).toEqual([]);
});

test("a closed book is sent, and Wi-Fi is off again as it was", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await read(hand, file);
  expect(await wifi(hand)).toEqual(OFF);
  await hand.closeBook();
  expect((await wifi(hand)).on).toBe(true);
  await hand.advance(15);
  expect([home.turns(), home.places()]).toEqual([[20], [7]]);
  expect(await wifi(hand)).toEqual(OFF);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await hand.exit();
  expect(await wifi(await home.device({ wifi: false }))).toEqual(OFF);
});

test("with nothing to send the radio stays off", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await hand.openBook(file);
  await hand.advance(3);
  await hand.closeBook();
  await hand.advance(1);
  expect((await wifi(hand)).on).toBe(false);
});

test("a book that the server does not have switches the radio on once, not at every closing", async ({ home }) => {
  const { hand } = await offline(home, CLOSE);
  const stranger = hand.addBook(sampleBook("orchard-1.epub"));
  await read(hand, stranger);
  await hand.closeBook();
  await settle(hand);
  await hand.advance(20);
  await hand.events();
  await read(hand, stranger);
  await hand.closeBook();
  await settle(hand);
  expect((await hand.events()).filter(event => event.includes("NetworkConnected"))).toEqual([]);
});

test("without a network in reach the radio is off after half a minute, and is left alone for half an hour", async ({
  home,
}) => {
  const { hand, file } = await offline(home, CLOSE);
  await hand.loseWifi();
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(29);
  expect((await wifi(hand)).on).toBe(true);
  await hand.advance(3);
  expect(await wifi(hand)).toEqual(OFF);
  await read(hand, file, 5);
  await hand.closeBook();
  await hand.advance(1);
  expect((await wifi(hand)).on).toBe(false);
  await hand.advance(30 * 60);
  await read(hand, file, 6);
  await hand.closeBook();
  await hand.advance(1);
  expect((await wifi(hand)).on).toBe(true);
  await hand.do("regainWifi");
  await settle(hand);
  expect(home.turns()).toEqual([20, 5, 6]);
});

test("a server that is silent keeps the radio on for no longer than it takes to know", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await home.proxy.refuse();
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(20);
  expect(await wifi(hand)).toEqual(OFF);
  await home.proxy.heal();
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("whoever opens the next book meanwhile reads on; the radio goes off once pages rest", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  const next = hand.addBook(sampleBook(TRAIN));
  await read(hand, file);
  await hand.switchBook(next);
  await hand.turn(12, 2);
  expect((await wifi(hand)).on).toBe(true);
  expect(home.turns()).toEqual([20]);
  await hand.advance(5);
  expect(await wifi(hand)).toEqual(OFF);
});

test("a reader who asks for Wi-Fi meanwhile keeps it", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await read(hand, file);
  await hand.closeBook();
  await hand.turnWifiOn();
  await hand.advance(120);
  expect(await wifi(hand)).toEqual({ on: true, wanted: true });
  expect(home.turns()).toEqual([20]);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
});

test("a reader who switches Wi-Fi off meanwhile has it off, and nothing is lost", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(1);
  await hand.turnWifiOff();
  await hand.advance(60);
  expect(await wifi(hand)).toEqual(OFF);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("whoever leaves KOReader meanwhile leaves Wi-Fi off", async ({ home }) => {
  const { hand, file } = await offline(home, CLOSE);
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(2);
  await hand.exit();
  const next = await home.device({ wifi: false });
  expect(await wifi(next)).toEqual(OFF);
  await next.regainWifi();
  await settle(next);
  expect(home.turns()).toEqual([20]);
});

test.for(["kobo", "kindle"] as const)(
  "a %s that falls asleep offline connects, sends and sleeps with its radio off",
  async (device, { home }) => {
    const { hand, file } = await offline(home, SLEEP, device);
    await read(hand, file);
    await hand.closeLid();
    expect(home.turns()).toEqual([20]);
    expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
    await hand.openLid(60);
    expect(await wifi(hand)).toEqual(OFF);
    await settle(hand);
    await hand.closeBook();
  },
);

test("a network that comes too late lets a Kobo sleep in time, with its radio off, and nothing is lost", async ({
  home,
}) => {
  const { hand, file } = await offline(home, SLEEP);
  await hand.do("secondsToConnect", 13);
  await read(hand, file);
  await hand.events();
  await hand.closeLid(14);
  expect((await wifi(hand)).on).toBe(false);
  expect(home.turns()).toEqual([]);
  await hand.openLid(60);
  expect(await wifi(hand)).toEqual(OFF);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a lid that opens again at once finds Wi-Fi as it was", async ({ home }) => {
  const { hand, file } = await offline(home, SLEEP, "kindle");
  await read(hand, file);
  await hand.closeLid(2);
  await hand.openLid();
  expect(await wifi(hand)).toEqual(OFF);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
});

test("a Kobo that is to bring Wi-Fi back after sleep does so after connecting at sleep too", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { lastCall: false, settings: { auto_restore_wifi: true } });
  await openMenu(hand, "Settings", PARTING, SLEEP);
  await closeAll(hand);
  await read(hand, file);
  await hand.closeLid();
  expect(home.turns()).toEqual([20]);
  await hand.openLid(60);
  await hand.advance(10);
  expect(await wifi(hand)).toEqual({ on: true, wanted: true });
});

test("a lid that closes while a closed book is being sent: the radio is off when the device sleeps", async ({
  home,
}) => {
  const { hand, file } = await offline(home, CLOSE);
  await read(hand, file);
  await hand.closeBook();
  await hand.advance(1);
  await hand.closeLid();
  expect((await wifi(hand)).on).toBe(false);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await hand.openLid(60);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});
