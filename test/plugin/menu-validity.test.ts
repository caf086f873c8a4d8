// Tools › Ribbon › Settings › What counts as a session: one rule for each server.
import { expect } from "vitest";
import { fillServer, form, openMenu } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, readBook } from "../support/node/plugin-test";

const RULE = ["Settings", "What counts as a session"] as const;

test("with one server its rule stands there, and says what it is", async ({ home }) => {
  const hand = await home.device();
  expect((await openMenu(hand, ...RULE)).sort()).toEqual([
    "A session needs time and pages",
    "Fewest pages: none needed",
    "Shortest session: 10 seconds",
    "✓ Count sessions that end where they began",
  ]);
});

test("fewer pages than were set are no session; the place is sent all the same", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, ...RULE, "Fewest pages: none needed");
  await hand.typeInto("Fewest pages", "8");
  await hand.tap("Set");
  expect(await hand.screen()).toContain("Fewest pages: 8 pages");
  await closeAll(hand);
  await readBook(hand, file, 7);
  expect([home.turns(), home.places()]).toEqual([[], [3]]);
  await readBook(hand, file, 8);
  expect(home.turns()).toEqual([8]);
});

test("one of both is enough where the reader says so, and the rule outlives a restart", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, ...RULE, "Fewest pages: none needed");
  await hand.typeInto("Fewest pages", "50");
  await hand.tap("Set");
  await hand.tap("Shortest session: 10 seconds");
  await hand.typeInto("Shortest session", "120");
  await hand.tap("Set");
  await hand.tap("A session needs time and pages");
  await hand.tap("time or pages");
  await closeAll(hand);
  await hand.exit();
  const next = await home.device();
  await readBook(next, file, 3);
  expect(home.turns()).toEqual([]);
  await readBook(next, file, 7);
  expect(home.turns()).toEqual([7]);
});

test("a sitting that ends where it began is no session where the reader wants none", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, ...RULE, "Count sessions that end where they began");
  expect(await hand.screen()).toContain("Count sessions that end where they began");
  await closeAll(hand);
  await hand.openBook(file);
  await hand.turn(1, 20);
  await hand.turn(-1, 20);
  await hand.closeBook();
  await hand.advance(30);
  expect(home.turns()).toEqual([]);
});

test("with two servers each has its own, and a new address leaves it alone", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Servers…", "Add a server…");
  await fillServer(hand, form(home));
  await hand.tap("Save and test");
  await hand.advance(5);
  await closeAll(hand);
  const names = await openMenu(hand, ...RULE);
  expect(names).toHaveLength(2);
  await hand.tap("Home");
  await hand.tap("Fewest pages: none needed");
  await hand.typeInto("Fewest pages", "100");
  await hand.tap("Set");
  await closeAll(hand);
  await openMenu(hand, "Servers…", "Home", "Change…");
  await fillServer(hand, { Address: `${home.proxy.origin}/` });
  await hand.tap("Save and test");
  await hand.advance(5);
  await readBookAfter(hand, file);
  expect(home.turns()).toEqual([5]);
  expect(await openMenu(hand, ...RULE, "Home")).toContain("Fewest pages: 100 pages");
});

async function readBookAfter(hand: Parameters<typeof readBook>[0], file: string): Promise<void> {
  await closeAll(hand);
  await readBook(hand, file, 5);
}
