// Books that were sent from the server's pages.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { filesOf, inboxOf, libraryOf, receiptsOf, sendToDevices } from "../support/node/downloads";
import type { Hand } from "../support/node/hand";
import { FIND_LIBRARY } from "../support/node/library";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, settle } from "../support/node/plugin-test";

const shown = async (hand: Hand): Promise<string> => (await hand.screen()).join("\n");
const OFFERS = { inboxOffers: true };

test("what was sent is offered at start, comes, and is acknowledged once it is there", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 2));
  const hand = await home.device(OFFERS);
  await settle(hand);
  expect(await shown(hand)).toContain("Home has 2 books for you:");
  expect(home.proxy.taken()).not.toContain("GET download");
  await hand.tap("Download");
  await settle(hand);
  expect(await shown(hand)).toContain("2 books downloaded.");
  expect(filesOf(hand)).toHaveLength(2);
  expect(await inboxOf(home)).toEqual([]);
  const told = home.proxy.exchanges.filter(({ path: at }) => at.endsWith("/delivered"));
  expect(told.map(({ status }) => status)).toEqual([200, 200]);
});

test("Later means later: nothing is taken, and the menu still has it", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  const hand = await home.device(OFFERS);
  await settle(hand);
  await hand.tap("Later");
  await settle(hand);
  expect(await shown(hand)).toBe("");
  expect(await inboxOf(home)).toHaveLength(1);
  expect((await openMenu(hand)).join("\n")).toContain("Inbox (1)");
});

test("over a page there is a word only; the question comes in the file browser", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { ...OFFERS, wifi: false });
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  await hand.openBook(file);
  await hand.turnWifiOn();
  await hand.until(async () => (await shown(hand)).includes("A book was sent to you."), 30, 0.2);
  await settle(hand);
  expect(await shown(hand)).toBe("");
  await hand.closeBook();
  await hand.advance(1);
  expect(await shown(hand)).toContain("Home has a book for you:");
});

test("opening and closing books does not ask again and again", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, OFFERS);
  await settle(hand);
  for (let times = 0; times < 5; times += 1) {
    await hand.openBook(file);
    await settle(hand);
    await hand.closeBook();
    await settle(hand);
  }
  expect(home.proxy.taken().filter(what => what === "GET inbox")).toHaveLength(1);
});

test("a device whose reader wants no offers never asks", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  const hand = await home.device({ inboxOffers: false });
  await settle(hand);
  expect(home.proxy.taken()).not.toContain("GET inbox");
  await openMenu(hand, "Inbox…");
  await hand.advance(2);
  expect(await shown(hand)).toContain("Home has a book for you:");
});

test("what another device took meanwhile is said, and may be downloaded all the same", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  const one = await home.device({ ...OFFERS, name: "One" });
  const other = await home.device({ ...OFFERS, name: "Other" });
  await settle(one);
  await settle(other);
  await one.tap("Download");
  await settle(one);
  await other.tap("Download");
  await settle(other);
  expect(await shown(other)).toContain("Another of your devices took");
  expect(filesOf(other)).toEqual([]);
  await other.tap("Download");
  await settle(other);
  expect(filesOf(other)).toHaveLength(1);
});

test("a word to the inbox that is lost is said again, also after a restart", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  let hand = await home.device(OFFERS);
  await settle(hand);
  home.proxy.fail(({ path: at }) => (at.endsWith("/delivered") ? { kind: "reset" } : undefined));
  await hand.tap("Download");
  await settle(hand);
  expect(filesOf(hand)).toHaveLength(1);
  expect(await inboxOf(home)).toHaveLength(1);
  await closeAll(hand);
  await hand.kill();
  await home.proxy.heal();
  hand = await home.device(OFFERS);
  await settle(hand);
  expect(await inboxOf(home)).toEqual([]);
  expect(await shown(hand)).toBe("");
});

test("a server that is removed is owed no word, and offers nothing any more", async ({ home }) => {
  const [one, other] = libraryOf(home);
  await sendToDevices(home, one === undefined ? [] : [one]);
  const hand = await home.device(OFFERS);
  await settle(hand);
  home.proxy.fail(({ path: at }) => (at.endsWith("/delivered") ? { kind: "reset" } : undefined));
  await hand.tap("Download");
  await settle(hand);
  await closeAll(hand);
  expect(receiptsOf(hand)).toBe(1);
  await sendToDevices(home, other === undefined ? [] : [other]);
  await openMenu(hand, "Inbox…");
  await settle(hand);
  await closeAll(hand);
  expect(await openMenu(hand)).toContain("Inbox (1)");
  await closeAll(hand);
  await openMenu(hand, "Servers…");
  await hand.tap("Home");
  await hand.tap("Remove…");
  await hand.tap("Remove");
  await hand.advance(1);
  expect(receiptsOf(hand)).toBe(0);
  expect(await hand.run(`${FIND_LIBRARY} return #the_library.inbox:offers()`)).toBe(0);
});

test("a file of that name that is another book does not count as delivered", async ({ home }) => {
  const [book] = libraryOf(home);
  await sendToDevices(home, book === undefined ? [] : [book]);
  const first = await home.device({ ...OFFERS, name: "First" });
  await settle(first);
  await first.tap("Download");
  await settle(first);
  const [name = ""] = filesOf(first);
  await sendToDevices(home, book === undefined ? [] : [book]);
  const hand = await home.device({ ...OFFERS, name: "Second" });
  const file = path.join(hand.dataDir, "books", name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "another book");
  await settle(hand);
  await hand.tap("Download");
  await settle(hand);
  await hand.tap("Skip");
  await settle(hand);
  expect(fs.readFileSync(file, "utf8")).toBe("another book");
  expect(await inboxOf(home)).toHaveLength(1);
});

test("what the reader does not want is taken off the list", async ({ home }) => {
  await sendToDevices(home, libraryOf(home).slice(0, 1));
  const hand = await home.device(OFFERS);
  await settle(hand);
  await hand.tap("Choose…");
  const title = libraryOf(home)[0]?.title ?? "";
  await hand.tap(title);
  await hand.tap("Not wanted…");
  await hand.tap("Take off");
  await settle(hand);
  expect(await inboxOf(home)).toEqual([]);
  expect(filesOf(hand)).toEqual([]);
});
