// What is done of all files of a device, or of all books of one: merged, taken over, given another name. Counted, not timed.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { sidecarText } from "../bench/sidecar-text";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test, settle } from "../support/node/plugin-test";
import { breaths, countBreaths } from "../support/node/sdr-breaths";
import { filesByDevice, folderTarget, sdrDevice, syncHighlights, withSync } from "../support/node/sdr-devices";

const PORTIONS = 20;
const PORTION = 12;
const BOOKS = PORTIONS * PORTION;
const MARKS = 2;
const DAY = 86_400;
/** A page of names is a hundred; of what is not sent yet at the end of a run fifty books are told of again, by three rows each. */
const MOST_ROWS = 200;
/** Thousands of instructions of LuaJIT's interpreter: some milliseconds of a desktop core where nothing is compiled. */
const MOST_THOUSANDS = 150;

const cloudOf = (home: Household): string => path.join(home.folder, "cloud");
const booksOf = (home: Household, name: string): string => path.join(home.folder, name, "books");

function writeBooks(folder: string, from: number, count: number, marks: number): void {
  for (let book = from; book < from + count; book += 1) {
    const [file, sdr] = [path.join(folder, `${book}.epub`), path.join(folder, `${book}.sdr`)];
    fs.mkdirSync(sdr, { recursive: true });
    fs.writeFileSync(file, `book ${book}`);
    fs.writeFileSync(path.join(sdr, "metadata.epub.lua"), sidecarText({ file, book, marks, note: "a note" }));
  }
}

function device(home: Household, name: string): Promise<Hand> {
  fs.mkdirSync(cloudOf(home), { recursive: true });
  return sdrDevice(home, name, folderTarget(cloudOf(home)), { settings: { home_dir: booksOf(home, name) } });
}

async function expectNoHold(hand: Hand, what: string): Promise<void> {
  const { rows, reading, thousands, where, count, all } = await breaths(hand);
  expect(count, `${what} was counted`).toBeGreaterThan(10);
  expect(all, `rows of ${what} were counted`).toBeGreaterThan(10);
  expect(rows, `${what}: ${reading}`).toBeLessThan(MOST_ROWS);
  expect(thousands, `${what}: ${where}`).toBeLessThan(MOST_THOUSANDS);
}

/** Syncs the books of a device some at a time, so that there is a file of each sync. */
async function syncInPortions(home: Household, name: string, hand: Hand): Promise<void> {
  for (let portion = 0; portion < PORTIONS; portion += 1) {
    writeBooks(booksOf(home, name), 1 + portion * PORTION, PORTION, MARKS);
    await syncHighlights(hand);
  }
}

const idOf = (home: Household): string => Object.keys(filesByDevice(cloudOf(home)))[0] ?? "";

/** All highlights on a device that never saw the books' sidecars of the others. */
async function expectAllOnNewcomer(home: Household, name: string): Promise<void> {
  writeBooks(booksOf(home, name), 1, BOOKS, 0);
  const hand = await device(home, name);
  await syncHighlights(hand);
  await withSync(hand, "sdr:applyPreview()");
  await settle(hand);
  let marks = 0;
  for (let book = 1; book <= BOOKS; book += 1) {
    const sidecar = fs.readFileSync(path.join(booksOf(home, name), `${book}.sdr/metadata.epub.lua`), "utf8");
    marks += sidecar.match(/\["drawer"\]/g)?.length ?? 0;
  }
  expect(marks).toBe(BOOKS * MARKS);
  await hand.exit();
}

test("many files are merged, and a device of many books is retired, without holding the loop", async ({ home }) => {
  const other = await device(home, "other");
  await syncHighlights(other);
  const one = await device(home, "one");
  await countBreaths(one);
  await syncInPortions(home, "one", one);
  const id = idOf(home);
  const kinds = () => (filesByDevice(cloudOf(home))[id] ?? []).map(name => name.split("-")[2]);
  expect(kinds(), "merged").toContain("s");
  expect(kinds().filter(kind => kind === "d").length, "and still there").toBeGreaterThan(15);
  await expectNoHold(one, "merging");
  await one.advance(DAY + 60);
  for (let syncs = 0; syncs < 3; syncs += 1) await syncHighlights(one);
  expect(kinds().filter(kind => kind === "d").length, "gone").toBeLessThan(8);
  await expectNoHold(one, "removing what was merged");

  await syncHighlights(other);
  await one.exit();
  await withSync(other, `sdr:retire("${id}")`);
  await countBreaths(other);
  await syncHighlights(other);
  await expectNoHold(other, "taking over");
  await syncHighlights(other);
  expect(idOf(home)).not.toBe(id);
  expect(Object.keys(filesByDevice(cloudOf(home)))).toHaveLength(1);
  await other.exit();
  await expectAllOnNewcomer(home, "newcomer");
});

test("a copy of a device with many unsent books takes another name without holding the loop", async ({ home }) => {
  const one = await device(home, "one");
  writeBooks(booksOf(home, "one"), 1, 1, MARKS);
  await syncHighlights(one);
  await one.exit();
  fs.cpSync(path.join(home.folder, "one"), path.join(home.folder, "copy"), { recursive: true });
  const before = filesByDevice(cloudOf(home));
  const again = await device(home, "one");
  writeBooks(booksOf(home, "one"), 2, 1, MARKS);
  await syncHighlights(again);
  await again.exit();
  const copy = await device(home, "copy");
  writeBooks(booksOf(home, "copy"), 3, BOOKS - 2, MARKS);
  await countBreaths(copy);
  await syncHighlights(copy);
  await expectNoHold(copy, "taking another name");
  const after = filesByDevice(cloudOf(home));
  expect(Object.keys(before)).toHaveLength(1);
  expect(Object.keys(after)).toHaveLength(2);
  const own = Object.keys(after).find(device => before[device] === undefined) ?? "";
  expect(after[own]?.length ?? 0).toBeGreaterThan(1);
  await copy.exit();
  await expectAllOnNewcomer(home, "newcomer");
});
