// A sync of more books than fit anywhere at once: counted, not timed.
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { sidecarText } from "../bench/sidecar-text";
import type { Hand } from "../support/node/hand";
import { pluginTest as test } from "../support/node/plugin-test";
import { settle } from "../support/node/household";
import { folderTarget, sdrDevice, syncHighlights, withSync } from "../support/node/sdr-devices";
import { keptRuns } from "../support/node/sdr-runs";

const BOOKS = 250;
/** A page of names is a hundred. */
const MOST_ROWS = 150;

function writeBooks(folder: string, note: string): void {
  for (let book = 1; book <= BOOKS; book += 1) {
    const [file, sdr] = [path.join(folder, `${book}.epub`), path.join(folder, `${book}.sdr`)];
    fs.mkdirSync(sdr, { recursive: true });
    fs.writeFileSync(file, `book ${book}`);
    fs.writeFileSync(
      path.join(sdr, "metadata.epub.lua"),
      sidecarText({ file, book, marks: note === "" ? 0 : 1, note }),
    );
  }
}

/** Counts from now on the rows that are read of stores between two breaths. */
async function beginToCount(hand: Hand): Promise<void> {
  await hand.run(`
    local connection = require("lua-ljsqlite3/init").open(":memory:")
    local statements = getmetatable(connection:prepare("SELECT 1"))
    local step, resume, rows = statements.step, coroutine.resume, 0
    MOST, ALL = 0, 0
    statements.step = function(...)
      local row = step(...)
      if row ~= nil then rows, ALL = rows + 1, ALL + 1 end
      return row
    end
    coroutine.resume = function(...)
      rows = 0
      local function done(...)
        if rows > MOST then MOST = rows end
        return ...
      end
      return done(resume(...))
    end`);
}

const counted = async (hand: Hand) =>
  (await hand.run("return { most = MOST, all = ALL }")) as { most: number; all: number };

interface Run {
  books: { incoming: unknown[]; outgoing: unknown[] }[];
  others?: { books: number; receiving: number; incoming: number; outgoing: number };
}

const lastRun = (hand: Hand): Run => JSON.parse(keptRuns(hand.dataDir).last) as Run;

/** What the store keeps for each book while it waits for something. */
function waiting(hand: Hand): unknown {
  const database = new Database(path.join(hand.dataDir, "settings/ribbon-sdr.sqlite3"), { readonly: true });
  const count = (kind: string) =>
    database.prepare("SELECT COUNT(*) FROM value WHERE key GLOB ?").pluck().get(`${kind}:*`) as number;
  const counts = { unsent: count("unsent"), deliver: count("deliver"), out: count("out") };
  database.close();
  return counts;
}

test(`${BOOKS} books are read from the store some at a time, and what is told of them has an end`, async ({ home }) => {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  const device = (name: string) =>
    sdrDevice(home, name, folderTarget(cloud), { settings: { home_dir: path.join(home.folder, name, "books") } });
  const other = await device("other");
  await syncHighlights(other);
  writeBooks(path.join(home.folder, "one/books"), "a note");
  const one = await device("one");
  await beginToCount(one);

  await syncHighlights(one);
  const log = fs.statSync(path.join(one.dataDir, "settings/ribbon-sdr.sqlite3-wal")).size;
  expect(log, "as much as the disk is waited for at once").toBeLessThan(2_500_000);
  expect(lastRun(one).books).toHaveLength(200);
  expect(lastRun(one).others).toEqual({ books: 50, receiving: 0, incoming: 0, outgoing: 50 });

  writeBooks(path.join(home.folder, "other/books"), "");
  await beginToCount(other);
  await syncHighlights(other);
  expect(lastRun(other).books).toHaveLength(200);
  expect(lastRun(other).others).toMatchObject({ books: 50, receiving: 50, incoming: 50 });

  await beginToCount(one);
  await withSync(one, `sdr:books({ words = "" }, function(found) FOUND = found end)`);
  await settle(one);
  expect(await one.run("return { shown = #FOUND.books, others = FOUND.others }")).toEqual({ shown: 100, others: 150 });
  expect((await counted(one)).all, "each of them").toBeGreaterThan(BOOKS);
  expect((await counted(one)).most, "a page at a time").toBeLessThan(MOST_ROWS);

  for (const hand of [one, other]) {
    await syncHighlights(hand);
    expect(waiting(hand)).toEqual({ unsent: 0, deliver: 0, out: 0 });
    const { most, all } = await counted(hand);
    expect(all, "rows were counted").toBeGreaterThan(BOOKS * 4);
    expect(most).toBeLessThan(MOST_ROWS);
  }
});

test("two files of one book on a device have the highlights of both after their first sync", async ({ home }) => {
  const cloud = path.join(home.folder, "cloud");
  const books = path.join(home.folder, "one/books");
  fs.mkdirSync(cloud);
  for (const [name, marks] of [
    ["here", 1],
    ["there", 3],
  ] as const) {
    const [file, sdr] = [path.join(books, `${name}.epub`), path.join(books, `${name}.sdr`)];
    fs.mkdirSync(sdr, { recursive: true });
    fs.writeFileSync(file, "book 1");
    fs.writeFileSync(path.join(sdr, "metadata.epub.lua"), sidecarText({ file, book: 1, marks, note: name }));
  }
  const one = await sdrDevice(home, "one", folderTarget(cloud), { settings: { home_dir: books } });
  await syncHighlights(one);
  const notes = (name: string) => fs.readFileSync(path.join(books, `${name}.sdr/metadata.epub.lua`), "utf8");
  expect(notes("here").match(/\["text"\]/g)).toHaveLength(3);
  expect(notes("there").match(/\["text"\]/g)).toHaveLength(3);
  expect(notes("here")).toContain("there");
});
