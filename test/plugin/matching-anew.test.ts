// The server's library changes under a book that was matched.
import path from "node:path";
import Sqlite from "better-sqlite3";
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
} from "../support/node/plugin-test";

/** Starts the device again with a number that the server does not know, as after the server's database was begun anew. */
async function startWithStaleMatch(home: Household, hand: Hand, wifi: boolean): Promise<Hand> {
  await hand.kill();
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"));
  store.exec("UPDATE link SET remote_id = '999'");
  store.close();
  return home.device({ wifi });
}

test("a book that the server has under another number by now gets its waiting sessions", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  const next = await startWithStaleMatch(home, hand, false);
  await readBook(next, file, 12);
  await next.regainWifi();
  await settle(next);
  expect(home.turns()).toEqual([10, 12]);
  expect(new Set(home.sessions().map(({ bookId }) => bookId)).size).toBe(1);
  expect(await statusLine(next)).toContain("All sent");
});

test("a book that the server has under another number by now opens where another device left it", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  const next = await startWithStaleMatch(home, hand, true);
  await home.elsewhere(ASH, 0.5);
  await next.openBook(file);
  await settle(next);
  expect(await next.position()).toMatchObject({ page: 150 });
});

test("a book that left the library keeps its sessions, and they go when it is back", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  await home.removeFromLibrary(ASH);
  await readBook(hand, file, 11);
  await readBook(hand, file, 12);
  await hand.tapMenu("Tools", "Ribbon", "Waiting (3)");
  expect((await hand.screen()).join("\n")).toContain("Ash, 4 min | Home lacks the book");
  await closeAll(hand);
  await home.addToLibrary(ASH);
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  await settle(hand);
  expect(home.turns()).toEqual([10, 11, 12]);
  expect(await statusLine(hand)).toContain("All sent");
});

test("a book that left the library is not asked for at every opening, and the server is not taken for dead", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  await home.removeFromLibrary(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.closeBook();
  await settle(hand);
  home.proxy.taken();
  await hand.openBook(file);
  await settle(hand);
  await hand.closeBook();
  await settle(hand);
  expect(home.proxy.taken()).toEqual([]);
});

test("an address that the server does not have says nothing about the book: its match stays", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 10);
  const [path] = home.proxy.exchanges.map(exchange => exchange.path).filter(at => at.includes("/position/"));
  home.proxy.fail({ kind: "status", status: 404, detail: "Not Found" });
  await readBook(hand, file, 11);
  await home.proxy.heal();
  home.proxy.exchanges.splice(0);
  await hand.openBook(file);
  await settle(hand);
  expect(home.proxy.exchanges.map(exchange => exchange.path)).toContain(path);
  expect(home.proxy.taken()).not.toContain("GET resolve");
});
