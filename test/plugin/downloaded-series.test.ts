// A series from a library's screens onto the device, and what stays true of its volumes there.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { sampleEpub } from "../../scripts/sample-books.mjs";
import { filesOf, linesOf } from "../support/node/downloads";
import type { Hand } from "../support/node/hand";
import { browse, libraryTest, SERIES } from "../support/node/library-test";
import { closeAll, type Household, settle } from "../support/node/plugin-test";

/** The most that opening and closing a book may cost, when nothing changed meanwhile. */
const MOST_REQUESTS = 4;
const ISBN = "urn:isbn:9780306406157";
const TITLES = ["Seedlings", "Windfall", "Harvest Home", "The Long Frost", "New Ground"];

/** As KOReader's file browser does it: the sidecar comes along. */
async function move(hand: Hand, from: string, to: string): Promise<void> {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.renameSync(from, to);
  await hand.run(`require("docsettings").updateLocation(${JSON.stringify(from)}, ${JSON.stringify(to)})`);
}

/** A program on a computer adds a number to the file, or corrects its title: its content is another from then on. */
async function rewrite(hand: Hand, file: string, title: string, author = "Teodor Brandt"): Promise<void> {
  const digest = () => hand.run(`return require("util").partialMD5(${JSON.stringify(file)})`);
  const before = await digest();
  fs.writeFileSync(file, sampleEpub({ title, author, identifier: ISBN, series: "Orchard", volume: 1, chapters: 2 }));
  expect(await digest()).not.toBe(before);
}

/** Taps through the library until the whole series is on the device; gives where its first volume is. */
async function fetchSeries(hand: Hand): Promise<string> {
  await browse(hand, "Series", SERIES, "appbar.menu", "Download all that is not here…");
  await hand.tap("Download");
  await settle(hand);
  expect((await hand.screen()).join("\n")).toContain("5 books downloaded.");
  const lines = linesOf(hand);
  expect(lines.map(({ title, state }) => [title, state])).toEqual(TITLES.map(title => [title, "done"]));
  await closeAll(hand);
  return lines[0]?.target ?? "";
}

/** Opens, reads, closes, and gives what that asked of the server. */
async function read(home: Household, hand: Hand, turns: number, open: () => Promise<void>): Promise<string[]> {
  home.proxy.taken();
  await open();
  await settle(hand);
  await hand.turn(turns, 20);
  await hand.closeBook();
  await settle(hand);
  return home.proxy.taken();
}

libraryTest(
  "a series that was fetched is the server's from the first opening on, wherever it goes",
  async ({ home }) => {
    const hand = await home.device();
    const first = await fetchSeries(hand);
    expect(filesOf(hand)).toHaveLength(TITLES.length);
    await browse(hand, "Series", SERIES, "1. Seedlings");
    const asked = [await read(home, hand, 7, () => hand.tap("Read"))];

    const moved = path.join(hand.dataDir, "books", "Read on the train", "one.epub");
    await move(hand, first, moved);
    asked.push(await read(home, hand, 8, () => hand.openBook(moved)));

    await rewrite(hand, moved, "Seedlings");
    asked.push(await read(home, hand, 9, () => hand.openBook(moved)));

    // Only the digest that KOReader keeps beside the book is as it was.
    const corrected = path.join(hand.dataDir, "books", "corrected.epub");
    await move(hand, moved, corrected);
    await rewrite(hand, corrected, "Seedlings, corrected");
    asked.push(await read(home, hand, 10, () => hand.openBook(corrected)));

    expect(home.sessions().map(({ title, pagesTurned }) => [title, pagesTurned])).toEqual(
      [7, 8, 9, 10].map(turns => ["Seedlings", turns]),
    );
    expect(home.shelf.positions().map(({ title }) => title)).toEqual(["Seedlings"]);
    expect(asked.flat().filter(what => what.includes("resolve"))).toEqual([]);
    expect(Math.max(...asked.map(list => list.length))).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(await browse(hand, "Series", SERIES)).toContain("1. Seedlings | reading ✓");
  },
);

libraryTest("a book that takes the name of one that was fetched is not taken for it", async ({ home }) => {
  const hand = await home.device();
  const first = await fetchSeries(hand);
  // A name that says nothing to the server either.
  const borrowed = path.join(hand.dataDir, "books", "borrowed.epub");
  await move(hand, first, borrowed);
  await read(home, hand, 7, () => hand.openBook(borrowed));
  await rewrite(hand, borrowed, "Field Recordings", "Olu Adeyemi");
  const asked = await read(home, hand, 8, () => hand.openBook(borrowed));
  expect(home.turns()).toEqual([7]);
  expect(asked).toContain("GET resolve");
});
