// The list of all books, and of those that may be the same as one: of thousands, and without holding the loop.
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { settle } from "../support/node/household";
import { pluginTest as test } from "../support/node/plugin-test";
import { bookOn, folderTarget, markAll, read, sdrDevice, syncHighlights, withSync } from "../support/node/sdr-devices";

const BOOKS = 2000;
/** Thousands of instructions of LuaJIT's interpreter between two breaths, as in turns.test.ts. */
const MOST_THOUSANDS = 150;

/** As if other devices had so many books; what lists say of each is kept in a row of its own. */
function fill(hand: Hand): void {
  const database = new Database(path.join(hand.dataDir, "settings/ribbon-sdr.sqlite3"));
  const put = database.prepare("INSERT INTO value (key, value) VALUES (?, ?)");
  const titles = ["Ferry Keeper", "Lamp for the Harbour", "Élan", "Война и мир"];
  database.transaction(() => {
    for (let book = 0; book < BOOKS; book += 1) {
      const key = `known:md5:${book.toString(16).padStart(32, "0")}`;
      put.run(key, `${book % 40}\trolling\tdevice\t${titles[book % 4] ?? ""} number ${book}\tМара Л. ${book % 100}`);
    }
    put.run(`known:md5:${"f".repeat(32)}`, "7\tpaging\tdevice\tash-the-book (scan)\t");
  })();
  database.close();
}

interface Found {
  first: string;
  shown: number;
  others: number;
  /** Of the longest way from one breath to the next. */
  thousands: number;
}

async function search(hand: Hand, query: string): Promise<Found> {
  await hand.run("LONGEST = 0");
  await withSync(hand, `RESULT = nil; sdr:books(${query}, function(found) RESULT = found end)`);
  await settle(hand);
  return (await hand.run(
    "return { first = RESULT.books[1].title, shown = #RESULT.books, others = RESULT.others, thousands = LONGEST }",
  )) as Found;
}

test("the likeliest of thousands of books stand first, and all are found by their words", async ({ home }) => {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  const hand = await sdrDevice(home, "one", folderTarget(cloud));
  await read(hand, bookOn(hand), () => markAll(hand, ["a passage"]));
  await syncHighlights(hand);
  await withSync(hand, `sdr:books({ words = "" }, function(found) OWN = found.books[1].book end)`);
  await settle(hand);
  fill(hand);
  await hand.run(`
    jit.off(); jit.flush()
    local resume, count = coroutine.resume, 0
    coroutine.resume = function(thread, ...)
      count = 0
      debug.sethook(function() count = count + 1 end, "", 1000)
      local function done(...)
        debug.sethook()
        if count > LONGEST then LONGEST = count end
        return ...
      end
      return done(resume(thread, ...))
    end`);
  const looked = [
    await search(hand, `{ words = "", like = OWN }`),
    await search(hand, `{ words = "МИР number 1999" }`),
    await search(hand, `{ words = "élan" }`),
  ];
  expect(looked.map(({ first, shown, others }) => ({ first, shown, others }))).toEqual([
    { first: "ash-the-book (scan)", shown: 100, others: BOOKS + 1 - 100 },
    { first: "Война и мир number 1999", shown: 1, others: 0 },
    { first: "Élan number 10", shown: 100, others: BOOKS / 4 - 100 },
  ]);
  for (const { thousands } of looked) {
    expect(thousands, "counted").toBeGreaterThan(0);
    expect(thousands).toBeLessThan(MOST_THOUSANDS);
  }
});
