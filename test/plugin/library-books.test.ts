// A book of the library: its page, what a long press offers, and how it, some of them, or its series come to the device.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { filesOf, linesOf } from "../support/node/downloads";
import { browse, libraryTest as test, orchardBook, SERIES } from "../support/node/library-test";
import { openMenu } from "../support/node/menu-test";
import { closeAll, settle } from "../support/node/plugin-test";

/** What the uppermost page or dialog says: everything from its title on. */
async function from(hand: Hand, title: string): Promise<string[]> {
  const shown = await hand.screen();
  return shown.slice(shown.lastIndexOf(title));
}

const titles = (hand: Hand): string[] => linesOf(hand).map(({ title }) => title);

test("a tap on a book tells what the server knows of it", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "3. Harvest Home");
  expect(await from(hand, "Harvest Home")).toEqual([
    "Harvest Home",
    expect.stringMatching(
      /^Teodor Brandt\nVolume 3 of 5, Orchard Tales\nNot read yet\nNot on this device\nEPUB [\d.]+ [kK]i?B/,
    ),
    "About Harvest Home.",
    "Download",
    "Mark as read",
    "Series from here on…",
    "Whole series…",
  ]);
  await hand.back();
  expect((await hand.screen())[0]).toBe(SERIES);
});

test("two taps from a list to a book on the device, a third to read it", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "1. Seedlings", "Download");
  await settle(hand);
  expect(filesOf(hand)).toHaveLength(1);
  expect(await hand.screen()).toContain("1. Seedlings | ✓");
  await closeAll(hand);
  expect(await browse(hand, "Series", SERIES)).toContain("1. Seedlings | ✓");
  await hand.tap("1. Seedlings");
  await hand.advance(2);
  expect(await hand.screen()).toContain("Read");
  await hand.tap("Read");
  await settle(hand);
  expect((await hand.position()).file).toContain("Seedlings");
  expect(await hand.screen()).toEqual([]);
});

test("without a network a book's page says what is known, and that the rest needs one", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES);
  await hand.turnWifiOff();
  await hand.tap("1. Seedlings");
  await hand.advance(2);
  expect(await from(hand, "Seedlings")).toContain("There is no description: no connection.");
});

test("a book is marked as read and not read, and the list says so", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "1. Seedlings", "Mark as read");
  expect(await hand.screen()).toContain("1. Seedlings | read");
  await hand.tap("1. Seedlings");
  await hand.advance(2);
  await hand.tap("Mark as not read");
  await hand.advance(2);
  expect(await hand.screen()).toContain("1. Seedlings");
});

test("a long press offers the same without the details", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES);
  await hand.hold("1. Seedlings");
  expect(await from(hand, "Seedlings")).toEqual([
    "Seedlings",
    "Download",
    "Mark as read",
    "Series from here on…",
    "Whole series…",
    "Details…",
  ]);
});

test("a series comes from one volume on, in its order; what is here is left out", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "3. Harvest Home", "Download");
  await settle(hand);
  await closeAll(hand);
  await browse(hand, "Series", SERIES, "1.5. Windfall", "Series from here on…");
  expect((await hand.screen()).at(-3)).toMatch(/^Download 3 books, [\d.]+ [kK]i?B\?\n1 is on this device already\.$/);
  await hand.tap("Download");
  await settle(hand);
  expect(titles(hand).slice(-3)).toEqual(["Windfall", "The Long Frost", "New Ground"]);
  expect(filesOf(hand)).toHaveLength(4);
});

test("several books are ticked off and come together", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "appbar.menu", "Select several…", "☐ 1. Seedlings", "☐ 4. The Long Frost");
  expect((await hand.screen()).slice(1, 4)).toEqual(["2 selected", "☑ 1. Seedlings", "☐ 1.5. Windfall"]);
  await hand.tap("☑ 1. Seedlings");
  await hand.tap("☐ 5. New Ground");
  await hand.tap("check");
  await hand.tap("Download 2 books…");
  await hand.tap("Download");
  await settle(hand);
  expect(titles(hand)).toEqual(["The Long Frost", "New Ground"]);
});

test("the arrow ends a selection before it leads back", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "appbar.menu", "Select several…", "☐ 1. Seedlings", "back.top");
  expect((await hand.screen()).slice(0, 3)).toEqual([SERIES, "Home · 5 books", "1. Seedlings"]);
  await hand.tap("back.top");
  expect((await hand.screen())[0]).toBe("Series");
});

test("a list is narrowed to what is not read, or not here", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "1. Seedlings", "Mark as read", "appbar.menu", "Only what is not read yet");
  expect((await hand.screen()).slice(1, 3)).toEqual(["Not read yet: 4 of 5", "1.5. Windfall"]);
  await hand.tap("1.5. Windfall");
  await hand.advance(2);
  await hand.tap("Download");
  await settle(hand);
  while ((await hand.screen())[0] !== SERIES || (await hand.screen()).includes("Close")) await hand.back();
  await hand.tap("appbar.menu");
  await hand.tap("Only what is not on this device");
  expect((await hand.screen()).slice(1, 4)).toEqual([
    "Not on this device: 4 of 5",
    "1. Seedlings | read",
    "3. Harvest Home",
  ]);
  await hand.tap("appbar.menu");
  await hand.tap("Show all");
  expect((await hand.screen())[1]).toBe("Home · 5 books");
});

test("inside a book the rest of its series is one gesture away", async ({ home }) => {
  const hand = await home.device();
  const file = hand.addBook(orchardBook("The Long Frost"));
  await hand.openBook(file);
  await settle(hand);
  await hand.perform("ribbon_series_rest");
  await hand.advance(2);
  expect((await hand.screen())[0]).toMatch(/^Download 1 book, /);
  await hand.tap("Download");
  await settle(hand);
  expect(filesOf(hand)).toContainEqual(expect.stringContaining("New Ground"));
  await closeAll(hand);
  await openMenu(hand, "This book…");
  await hand.tap("Rest of this series…");
  await hand.advance(2);
  expect(await hand.screen()).toContain("This book is on this device already.");
});

test("the last volume of a series says that it is the last", async ({ home }) => {
  const hand = await home.device();
  await hand.openBook(hand.addBook(orchardBook("New Ground")));
  await settle(hand);
  await hand.perform("ribbon_series_rest");
  await hand.advance(2);
  expect(await hand.screen()).toContain("“New Ground” is the last of its series on Home.");
});

test("a search finds books, and is offered again", async ({ home }) => {
  const hand = await home.device();
  await hand.perform("ribbon_search");
  await hand.typeInto("Words of the title, the author or the series", "orchard");
  await hand.tap("Search");
  await hand.advance(2);
  expect((await hand.screen()).slice(0, 2)).toEqual(["“orchard”", "Home · 5 books"]);
  await closeAll(hand);
  await browse(hand, "Search…");
  expect(await from(hand, "Search Home")).toEqual(["Search Home", "New search…", "“orchard”"]);
  await hand.tap("New search…");
  await hand.typeInto("Words of the title, the author or the series", "no such book");
  await hand.tap("Search");
  await hand.advance(2);
  expect((await hand.screen()).at(-1)).toContain("Home has no book with these words:\n“no such book”");
});

test("what was downloaded is shown in its folder", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES, "1. Seedlings", "Download");
  await settle(hand);
  await closeAll(hand);
  await browse(hand, "Series", SERIES, "1. Seedlings", "Show in folder");
  expect(await hand.screen()).toEqual([]);
  expect(await hand.events()).toContainEqual(expect.stringMatching(/^browser PathChanged .*Orchard Tales/));
});
