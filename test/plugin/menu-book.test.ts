// Tools › Ribbon › This book…: what the servers take it for, and what the reader says to that.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { openMenu, tapFor, textWith } from "../support/node/menu-test";
import {
  ASH,
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  TRAIN,
} from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

/** A device with a book open that Home does not have. */
async function withStranger(home: Household): Promise<Hand> {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await hand.openBook(file);
  await settle(hand);
  return hand;
}

async function card(hand: Hand): Promise<string[]> {
  const menu = (await openMenu(hand)).length;
  return (await openMenu(hand, "This book…")).slice(menu);
}

test("it says where the book is here, what was read, and how it was matched", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(30, 30);
  expect(await card(hand)).toEqual([
    "Ash\nHere: 10 %\nToday: 16 minutes, 30 pages\nThis sitting: 16 minutes, 30 pages\n\nHome: matched by its content",
    "Forget match…",
    "Match this book…",
    "Rest of this series…",
    "✓ Record this book",
    "Close",
  ]);
  await hand.tap("Close");
  expect(await hand.screen()).toContain("This book…");
});

test("it says where the server has the book, and who put it there", async ({ home }) => {
  await home.elsewhere(ASH, 0.6, { device: "phone" });
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect((await card(hand))[0]).toContain("Home: matched by its content\nThere: 60 %, from phone");
});

test("a book that the server lacks is matched by a search and a tap, and what waited is sent", async ({ home }) => {
  const hand = await withStranger(home);
  await hand.turn(20, 20);
  expect((await card(hand))[0]).toContain("Home: not matched");
  await hand.tap("Match this book…");
  expect(await hand.screen()).toContain("Seedlings");
  await hand.typeInto("Words of the title, the author or the series", "ash");
  await hand.tap("Search");
  expect(await hand.screen()).toContain("Searching Home for “ash”…");
  await hand.advance(5);
  expect((await hand.screen()).slice(-3, -1)).toEqual(["Which one is it?", "“ash” on Home"]);
  await hand.tap((await hand.screen()).at(-1) ?? "");
  expect(await hand.screen()).toContain("Matched as “Ash”.");
  expect((await card(hand))[0]).toContain("Home: “Ash”, by your choice");
  await closeAll(hand);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([20]);
});

test("a search that finds nothing offers another one; a search can be stopped or cancelled", async ({ home }) => {
  const hand = await withStranger(home);
  await openMenu(hand, "This book…");
  await hand.tap("Match this book…");
  expect(await tapFor(hand, "Search")).toBe("Search again");
  expect(await textWith(hand, "no book")).toBe(
    "Home has no book with these words:\n“Seedlings”\n\nFewer words find more.",
  );
  await hand.tap("Search again");
  await hand.typeInto("Words of the title, the author or the series", "ash");
  await hand.tap("Search");
  await hand.back();
  await hand.advance(5);
  expect(await textWith(hand, "Which one")).toContain("nothing says");
  await openMenu(hand, "This book…");
  await hand.tap("Match this book…");
  await hand.tap("Cancel");
  expect((await card(hand))[0]).toContain("Home: not matched");
});

test("a search that fails says why", async ({ home }) => {
  const hand = await withStranger(home);
  await home.proxy.refuse();
  await openMenu(hand, "This book…");
  await hand.tap("Match this book…");
  expect(await tapFor(hand, "Search")).toBe("Home does not answer. Is the server running?");
});

test("a guess by name says so, and a wrong one is forgotten", async ({ home }) => {
  const hand = await home.device();
  await hand.openBook(hand.addBook(sampleBook("orchard-1.epub"), TRAIN));
  await settle(hand);
  expect((await card(hand)).slice(0, 2)).toEqual([
    expect.stringMatching(/Home: (“.*”, |matched )by its name$/),
    "Wrong book?",
  ]);
  await hand.tap("Wrong book?");
  await hand.tap("Leave it");
  expect((await card(hand))[1]).toBe("Wrong book?");
  await hand.tap("Wrong book?");
  expect(await textWith(hand, "Is that wrong?")).toMatch(/^Home takes this book for “.*”\. Is that wrong\?/);
  await hand.tap("Forget it");
  expect(await card(hand)).toEqual([
    expect.stringContaining("Home: not matched"),
    "Match this book…",
    "✓ Record this book",
    "Close",
  ]);
  await closeAll(hand);
  await hand.turn(20, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([]);
});

test("a book that is not to be recorded is not, until it is again", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await card(hand);
  await hand.tap("Record this book");
  expect(await hand.screen()).toContain("Record this book");
  expect((await card(hand))[0]).toContain("This book is not recorded.");
  await closeAll(hand);
  await hand.turn(20, 20);
  await hand.closeBook();
  await settle(hand);
  // What was read before the tap is kept.
  expect(home.turns()).toEqual([0]);
  await hand.openBook(file);
  await settle(hand);
  await card(hand);
  await hand.tap("Record this book");
  expect(await hand.screen()).toContain("✓ Record this book");
  await closeAll(hand);
  await hand.turn(12, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([0, 12]);
});

test("with two servers every button says which one it means", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Servers…");
  await hand.tap("Add a server…");
  for (const [field, text] of [
    ["Name", "Attic"],
    ["Address", "http://127.0.0.1:9"],
    ["Key of this device", "tk_a"],
  ] as const) {
    await hand.typeInto(field, text);
  }
  await hand.tap("Save and test");
  await hand.advance(5);
  await closeAll(hand);
  await readBook(hand, file, 12);
  await hand.openBook(file);
  await settle(hand);
  expect(await card(hand)).toEqual([
    expect.stringContaining("Home: matched by its content\nThere: 4 %, from this device\nAttic: not asked yet"),
    "Home: Forget match…",
    "Match on Home…",
    "Match on Attic…",
    "Rest of this series…",
    "✓ Record this book",
    "Close",
  ]);
});
