// The lid closes and opens.
import { expect } from "vitest";
import { ASH, pluginTest as test, readingAsh, settle } from "../support/node/plugin-test";

test("a Kobo sends the session in the moment before it switches its network off to sleep", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { device: "kobo" });
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(20, 20);
  await hand.closeLid();
  expect(home.turns()).toEqual([20]);
  expect(home.places()).toEqual([7]);
});

test("a Kobo without a last call keeps the session at sleep and sends it once it is awake and connected", async ({
  home,
}) => {
  const { hand } = await readingAsh(home, 20, { device: "kobo", lastCall: false });
  await hand.closeLid();
  expect(home.turns()).toEqual([]);
  await hand.openLid(60);
  await settle(hand);
  expect(home.turns()).toEqual([]);
  await hand.turnWifiOn();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a Kobo whose server did not answer keeps the session, and sends it once it is awake and connected", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH, { device: "kobo" });
  await home.proxy.refuse();
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(20, 20);
  await hand.closeLid();
  await home.proxy.heal();
  await hand.openLid(60);
  await settle(hand);
  expect(home.turns()).toEqual([]);
  await hand.turnWifiOn();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a Kindle, whose network is up when it falls asleep, sends the session before it sleeps", async ({ home }) => {
  const { hand } = await readingAsh(home, 20, { device: "kindle" });
  await hand.closeLid();
  expect(home.turns()).toEqual([20]);
  expect(home.places()).toEqual([7]);
});

test("while a Kindle falls asleep the server keeps it awake no longer than it takes to ask", async ({ home }) => {
  const { hand } = await readingAsh(home, 20, { device: "kindle" });
  await hand.closeLid();
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
});

test("sleep ends a session and waking begins another: the night is in neither", async ({ home }) => {
  for (const device of ["kobo", "kindle"] as const) {
    const name = `my ${device}`;
    const { hand, file } = await home.deviceWith(ASH, { device, name, settings: { auto_restore_wifi: true } });
    await hand.openBook(file);
    await hand.turn(20, 30);
    await hand.closeLid();
    await hand.openLid(8 * 60);
    await settle(hand);
    await hand.turn(5, 30);
    await hand.closeBook();
    await settle(hand);
    const sessions = home.sessions().filter(session => session.device === name);
    expect(sessions.map(({ pagesTurned }) => pagesTurned)).toEqual([20, 5]);
    expect(sessions.map(({ durationSeconds }) => durationSeconds)).toEqual([600, 180]);
  }
});

test("a device that wakes with an open book goes to where another one read on meanwhile", async ({ home }) => {
  const { hand } = await readingAsh(home, 20, { device: "kindle" });
  await hand.closeLid();
  await home.elsewhere(ASH, 0.8);
  await hand.openLid(60);
  await settle(hand);
  expect(await hand.position()).toMatchObject({ page: 240 });
  await hand.closeBook();
  await settle(hand);
  expect(home.places()).toEqual([80]);
});

test("sleep that is announced twice is one sleep", async ({ home }) => {
  const { hand } = await readingAsh(home, 20, { device: "kindle" });
  await hand.run(`local UIManager, Event = require("ui/uimanager"), require("ui/event")
    UIManager:broadcastEvent(Event:new("Suspend")) UIManager:broadcastEvent(Event:new("Suspend"))`);
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("waking that is announced to a reader who never slept ends nothing", async ({ home }) => {
  const { hand } = await readingAsh(home, 20);
  await hand.run(`require("ui/uimanager"):broadcastEvent(require("ui/event"):new("Resume"))`);
  await settle(hand);
  await hand.turn(5, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([25]);
});

test("a lid that opens and closes without reading leaves nothing", async ({ home }) => {
  const { hand } = await readingAsh(home, 20, { device: "kindle" });
  for (let times = 0; times < 5; times += 1) {
    await hand.closeLid(2);
    await hand.openLid(10);
    await hand.advance(5);
  }
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("asleep in the file browser: what waits is still there and goes after waking", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { device: "kobo" });
  await hand.loseWifi();
  await hand.openBook(file);
  await hand.turn(20, 20);
  await hand.closeBook();
  await hand.closeLid();
  await hand.openLid(60);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a device that is switched off in a book loses nothing", async ({ home }) => {
  const { hand } = await readingAsh(home, 20);
  await hand.powerOff();
  const next = await home.device();
  await settle(next);
  expect(home.turns()).toEqual([20]);
  expect(home.places()).toEqual([7]);
});
