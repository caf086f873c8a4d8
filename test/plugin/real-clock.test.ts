// Real time, real forks.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { download, filesOf, hasNotedPart, libraryOf, linesOf } from "../support/node/downloads";
import type { Hand } from "../support/node/hand";
import { ASH, type Household, pluginTest as test } from "../support/node/plugin-test";
import { childrenOf } from "../support/node/processes";

const pidOf = async (hand: Hand): Promise<number> => (await hand.run('return require("ffi").C.getpid()')) as number;

/** Waits until there is a worker. */
async function workerOf(hand: Hand): Promise<number> {
  const reader = await pidOf(hand);
  let worker: number | undefined;
  await hand.until(async () => {
    [worker] = childrenOf(reader);
    return Promise.resolve(worker !== undefined);
  });
  return worker ?? 0;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Sessions of less than ten seconds do not count: what takes minutes on a couch is told to the session's clock. */
const ADD_MINUTES = `local time = require("ui/time") local now = time.now
  local ahead = 0
  time.now = function() return now() + time.s(ahead) end
  function later(seconds) ahead = ahead + seconds end`;

async function turnSlowly(hand: Hand, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await hand.run("later(20)");
    await hand.turn(1);
  }
}

async function openedBook(home: Household): Promise<Hand> {
  const { hand, file } = await home.deviceWith(ASH, { clock: "real" });
  await hand.run(ADD_MINUTES);
  await hand.openBook(file);
  return hand;
}

test("a forked worker delivers, ends and is collected", async ({ home }) => {
  const hand = await openedBook(home);
  await turnSlowly(hand, 5);
  await hand.closeBook();
  await hand.until(async () => Promise.resolve(home.turns().length === 1));
  expect(home.turns()).toEqual([5]);
  const reader = await pidOf(hand);
  await hand.until(async () => Promise.resolve(childrenOf(reader).length === 0));
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
});

test("a server that never answers holds nobody up, and leaves no worker at exit", async ({ home }) => {
  home.proxy.fail({ kind: "silence" });
  const hand = await openedBook(home);
  await hand.turn(60);
  const worker = await workerOf(hand);
  expect(await hand.exit()).toBe(0);
  expect(hand.orphans).toBe(0);
  expect(isAlive(worker)).toBe(false);
});

test("a download that is killed half-way goes on where it stopped", async ({ home }) => {
  const [book] = libraryOf(home);
  let hand = await home.device({ clock: "real" });
  home.proxy.fail(({ what }) => (what === "GET download" ? { kind: "trickle" } : undefined));
  await download(hand, book === undefined ? [] : [book], false);
  const part = () => filesOf(hand).find(file => file.endsWith(".ribbon-part"));
  const size = (file: string): number => fs.statSync(path.join(hand.dataDir, "books", file)).size;
  await hand.until(async () => Promise.resolve(part() !== undefined && size(part() ?? "") > 0 && hasNotedPart(hand)));
  const worker = await workerOf(hand);
  await hand.kill();
  await expect.poll(() => isAlive(worker)).toBe(false);
  expect(linesOf(hand).map(({ state }) => state)).toEqual(["running"]);
  await home.proxy.heal();
  hand = await home.device({ clock: "real" });
  await hand.until(async () => Promise.resolve(linesOf(hand)[0]?.state === "done"), 120);
  const asked = home.proxy.exchanges.filter(({ what }) => what === "GET download").map(({ headers }) => headers.range);
  expect(asked).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect(part()).toBeUndefined();
  expect(filesOf(hand)).toHaveLength(1);
}, 400_000);

test("a worker that is killed from outside costs nothing: its session arrives later, once", async ({ home }) => {
  const hand = await openedBook(home);
  home.proxy.fail(({ what }) => (what === "POST session" ? { kind: "silence" } : undefined));
  await turnSlowly(hand, 5);
  await hand.closeBook();
  await hand.until(async () => Promise.resolve(home.proxy.exchanges.some(({ what }) => what === "POST session")));
  const worker = await workerOf(hand);
  process.kill(worker, "SIGKILL");
  // The next try may begin at once, and is silent too.
  await hand.until(async () => (await hand.waitingFor()).standbyHolds === 0, 120);
  await home.proxy.heal();
  await hand.regainWifi();
  // A second try may have begun before the network healed: it is given up when its first byte is overdue.
  await hand.until(async () => Promise.resolve(home.turns().length > 0), 120);
  expect(home.turns()).toEqual([5]);
}, 400_000);

test("a worker that is killed after the server acted: the session is there once", async ({ home }) => {
  const hand = await openedBook(home);
  home.proxy.fail(({ what }) => (what === "POST session" ? { kind: "lost answer" } : undefined));
  await turnSlowly(hand, 5);
  await hand.closeBook();
  await hand.until(async () => Promise.resolve(home.turns().length > 0));
  await hand.until(async () => (await hand.waitingFor()).standbyHolds === 0);
  await home.proxy.heal();
  await hand.regainWifi();
  await hand.until(async () => (await waits(hand)) === 0);
  expect(home.turns()).toEqual([5]);
});

test("a reader that is killed takes its worker along: the next start must not meet it", async ({ home }) => {
  home.proxy.fail({ kind: "silence" });
  const hand = await openedBook(home);
  await hand.turn(60);
  const worker = await workerOf(hand);
  await hand.kill();
  await expect.poll(() => isAlive(worker)).toBe(false);
});

/** What waits, as the menu counts it. */
async function waits(hand: Hand): Promise<number> {
  await hand.tapMenu("Tools", "Ribbon");
  const count = (await hand.screen())
    .map(text => /^Waiting \((\d+)\)$/.exec(text)?.[1])
    .find(text => text !== undefined);
  while ((await hand.screen()).length > 0) await hand.back();
  return Number(count);
}
