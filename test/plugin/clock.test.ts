// Devices whose clock is wrong. The server's is right: it is this machine's.
import { expect } from "vitest";
import { ASH, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

const now = (): number => Date.now() / 1000;
const startOf = (stamp: string | undefined): number => Date.parse(stamp ?? "") / 1000;

test.for([
  ["was never set", 3600],
  ["is two hours slow", now() - 7200],
  ["is a year fast", now() + 365 * 86_400],
] as const)("a session of a device whose clock %s is stamped by the server's", async ([, clock], { home }) => {
  home.proxy.tellsTime = true;
  const began = now();
  const { hand, file } = await home.deviceWith(ASH, { now: Math.floor(clock) });
  await readBook(hand, file, 30);
  await settle(hand);
  const [session] = home.sessions();
  expect(session?.pagesTurned).toBe(30);
  // The sitting of ten minutes and more was played since then.
  const ended = startOf(session?.endedAt ?? undefined);
  expect(ended).toBeGreaterThan(began - 120);
  expect(ended).toBeLessThan(now() + 120);
});

test("a clock that is set while one reads offline does not bring the sessions out of order", async ({ home }) => {
  home.proxy.tellsTime = true;
  const { hand, file } = await home.deviceWith(ASH, { now: 3600, wifi: false });
  await readBook(hand, file, 10);
  await hand.setClock(Math.floor(now()));
  await readBook(hand, file, 20);
  await hand.turnWifiOn();
  await settle(hand);
  expect(home.turns()).toEqual([10, 20]);
  expect(startOf(home.sessions()[0]?.startedAt)).toBeGreaterThan(now() - 86_400);
});
