// What a sync of highlights asks of KOReader's loop between two breaths: counted in instructions, which no other process changes.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { settle } from "../support/node/household";
import { multiply, ONE_OF_MANY } from "../support/node/sdr-crowd";
import { bookOn, folderTarget, markAll, read, sdrDevice, syncHighlights, withSync } from "../support/node/sdr-devices";
import { keptRuns } from "../support/node/sdr-runs";

/** Thousands of instructions of LuaJIT's interpreter: some milliseconds of a desktop core where nothing is compiled. */
const MOST_THOUSANDS = 150;

/** Counts from now on the longest way from one breath to the next; workers, which are virtual here, are left out. */
async function beginToCount(hand: Hand): Promise<void> {
  await hand.run(`
    jit.off(); jit.flush()
    local resume, count = coroutine.resume, 0
    LONGEST, STEPS = 0, 0
    coroutine.resume = function(thread, ...)
      count = 0
      debug.sethook(function() count = count + 1 end, "", 1000)
      local function done(...)
        debug.sethook()
        STEPS = STEPS + 1
        if count > LONGEST then LONGEST, WHERE = count, debug.traceback(thread) end
        return ...
      end
      return done(resume(thread, ...))
    end`);
}

interface Counted {
  longest: number;
  steps: number;
  where?: string;
}

const counted = async (hand: Hand): Promise<Counted> =>
  (await hand.run("return { longest = LONGEST, steps = STEPS, where = WHERE }")) as Counted;

/**
 * From now on `holds` tells of thousands of instructions instead of the processor's milliseconds. Workers are left out, and so is what
 * is done in slices: a clock that stands still makes one of many.
 */
async function countHolds(hand: Hand): Promise<void> {
  await hand.run(`
    jit.off(); jit.flush()
    local count, depth = 0, 0
    local function on()
      if depth == 0 then debug.sethook(function() count = count + 1 end, "", 1000) end
    end
    local function without(work)
      return function(...)
        debug.sethook()
        depth = depth + 1
        local function back(...)
          depth = depth - 1
          on()
          return ...
        end
        return back(work(...))
      end
    end
    local util = require("ffi/util")
    os.clock = function() return count / 1000 end
    util.runInSubProcess = without(util.runInSubProcess)
    local resume = coroutine.resume
    local uncounted = without(resume)
    coroutine.resume = function(...)
      if IS_OPENING then return resume(...) end
      return uncounted(...)
    end
    -- Of the tracker, once for each book, and of as many bytes for every book.
    require("util").partialMD5 = without(require("util").partialMD5)
    on()`);
  await hand.holds();
}

/** KOReader opens a book in a coroutine of its own, in which nobody does anything in slices. */
async function openCounted(hand: Hand, file: string): Promise<void> {
  await hand.run("IS_OPENING = true");
  await hand.openBook(file);
  await hand.run("IS_OPENING = false");
}

/** The worst handler or task since the last look. */
async function worst(hand: Hand): Promise<{ what: string; thousands: number }> {
  const [first] = (await hand.holds()).sort((a, b) => b.cpu - a.cpu);
  return { what: first === undefined ? "nothing" : `${first.verb} ${first.what}`, thousands: first?.cpu ?? 0 };
}

function sidecar(file: string, digest: string, marks: number, more = ""): string {
  const items = Array.from({ length: marks }, (_, index) => {
    const at = `/body/DocFragment[2]/body/p[${index + 1}]/text().0`;
    const time = new Date(Date.UTC(2026, 0, 2) + index * 60_000).toISOString().slice(0, 19).replace("T", " ");
    return `[${index + 1}] = { ["datetime"] = "${time}", ["drawer"] = "lighten", ["page"] = "${at}", ["pos0"] = "${at}", ["pos1"] = "${at}9",
      ["text"] = "What highlight ${index} marks." }`;
  });
  return `return { ["annotations"] = { ${items.join(",\n")} }, ["cre_dom_version"] = 20240114, ["doc_path"] = "${file}",
    ["doc_props"] = { ["title"] = "${path.basename(file)}", ["authors"] = "Author" ${more} }, ["partial_md5_checksum"] = "${digest}" }\n`;
}

function writeBooks(folder: string, books: number, marks: number): void {
  for (let book = 1; book <= books; book += 1) {
    const file = path.join(folder, `${book}.epub`);
    fs.mkdirSync(path.join(folder, `${book}.sdr`), { recursive: true });
    fs.writeFileSync(file, `book ${book}`);
    const digest = `${book}`.padStart(32, "a");
    fs.writeFileSync(path.join(folder, `${book}.sdr/metadata.epub.lua`), sidecar(file, digest, marks));
  }
}

async function device(home: Household, name: string, books: number, marks: number): Promise<Hand> {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud, { recursive: true });
  const folder = path.join(home.folder, name, "books");
  if (books > 0) writeBooks(folder, books, marks);
  return sdrDevice(home, name, folderTarget(cloud), { settings: { home_dir: folder } });
}

test.for([
  ["forty books", 40, 20],
  ["one book with a thousand highlights", 1, 1000],
])("%s are looked at, sent and joined without holding the loop", async ([, books, marks], { home }) => {
  const other = await device(home, "other", 0, 0);
  await syncHighlights(other);
  const one = await device(home, "one", books as number, marks as number);
  for (const hand of [one, other]) {
    await beginToCount(hand);
    await syncHighlights(hand);
    const { longest, steps, where } = await counted(hand);
    expect(steps, "it was counted").toBeGreaterThan(20);
    expect(longest, where).toBeLessThan(MOST_THOUSANDS);
  }
  expect((JSON.parse(keptRuns(path.join(home.folder, "one")).last) as { books: unknown[] }).books).toHaveLength(
    books as number,
  );
  expect(fs.readdirSync(path.join(home.folder, "cloud"))).not.toHaveLength(0);
});

/** A device with so many books of calibre, all of them synced, and one to be read that has so many highlights. */
async function large(home: Household, books: number, marks: number): Promise<{ one: Hand; other: Hand; file: string }> {
  const options = "options = { atWake = true, whenConnected = false }";
  const cloud = folderTarget(path.join(home.folder, "cloud"));
  fs.mkdirSync(path.join(home.folder, "cloud"));
  const folder = path.join(fs.realpathSync(home.folder), "one/books");
  const many = path.join(folder, `${ONE_OF_MANY.title}.epub`);
  fs.mkdirSync(path.join(folder, `${ONE_OF_MANY.title}.sdr`), { recursive: true });
  fs.writeFileSync(many, "a book");
  const ids = `, ["identifiers"] = "calibre:${ONE_OF_MANY.uuid}"`;
  fs.writeFileSync(
    path.join(folder, `${ONE_OF_MANY.title}.sdr/metadata.epub.lua`),
    sidecar(many, ONE_OF_MANY.digest, 20, ids),
  );
  const other = await sdrDevice(home, "other", cloud, {}, options);
  await syncHighlights(other);
  const first = await sdrDevice(home, "one", cloud, { settings: { home_dir: folder } }, options);
  await withSync(first, "sdr:applyPreview()");
  await settle(first);
  const file = bookOn(first);
  await read(first, file, () =>
    markAll(
      first,
      Array.from({ length: marks }, (_, index) => `passage ${index}`),
    ),
  );
  await syncHighlights(first);
  await first.exit();
  multiply(path.join(home.folder, "one"), many, books);
  return { one: await sdrDevice(home, "one", cloud, { settings: { home_dir: folder } }, options), other, file };
}

test("in a library of five thousand books opening, waking and closing do not hold the loop", async ({ home }) => {
  const { one, other, file } = await large(home, 5000, 20);
  const elsewhere = bookOn(other);
  expect(await withSync(one, "return sdr:status().books")).toBe(5002);
  // The first run after a start looks at every sidecar.
  await syncHighlights(one);
  await syncHighlights(other);
  await read(other, elsewhere, async () => {
    await other.gotoPage(100);
    await other.highlight("on the other device");
  });
  await countHolds(one);
  const held: { what: string; thousands: number }[] = [];
  const note = async (what: string) => {
    const { what: where, thousands } = await worst(one);
    held.push({ what: `${what}: ${where}`, thousands });
  };
  await openCounted(one, file);
  await note("the first opening");
  await settle(one);
  await note("the page is there");
  await one.closeLid();
  await one.openLid(60);
  await settle(one);
  await note("waking, with a run that brings something");
  expect(await withSync(one, "return #sdr:staged().incoming")).toBe(1);
  await note("asking what came");
  await one.closeBook();
  await settle(one);
  await note("closing");
  await openCounted(one, file);
  await settle(one);
  await note("opening, with what came");
  for (const { what, thousands } of held) expect(thousands, what).toBeLessThan(MOST_THOUSANDS);
  expect(await one.position()).toMatchObject({ page: 100 });
});

/** Only what the reader asks for. */
const NOTHING_BY_ITSELF = "options = { atClose = false, atSleep = false, atWake = false, whenConnected = false }";

test.for([20, 500])(
  "a book with %d highlights that nobody looked at since opens and closes at once",
  async (marks, { home }) => {
    const folder = path.join(fs.realpathSync(home.folder), "one/books");
    const cloud = folderTarget(path.join(home.folder, "cloud"));
    fs.mkdirSync(path.join(home.folder, "cloud"));
    const one = await sdrDevice(home, "one", cloud, { settings: { home_dir: folder } }, NOTHING_BY_ITSELF);
    await syncHighlights(one);
    const file = bookOn(one);
    await read(one, file, () =>
      markAll(
        one,
        Array.from({ length: marks }, (_, index) => `passage ${index}`),
      ),
    );
    await syncHighlights(one);
    await countHolds(one);
    const held: { what: string; thousands: number }[] = [];
    const note = async (what: string) => {
      const { what: where, thousands } = await worst(one);
      held.push({ what: `${what}: ${where}`, thousands });
    };
    for (const time of ["looked at", "reopened at once", "again"]) {
      await openCounted(one, file);
      await note(`opening, ${time}`);
      await one.turn(1, 20);
      await one.highlight(`new, ${time}`);
      await note(`a new highlight, ${time}`);
      await one.closeBook();
      await note(`closing, ${time}`);
    }
    await openCounted(one, file);
    await settle(one);
    await note("the page is there");
    await one.closeBook();
    await settle(one);
    await note("closed for a while");
    await openCounted(one, file);
    await note("opening, after a while");
    for (const { what, thousands } of held) expect(thousands, what).toBeLessThan(MOST_THOUSANDS);
  },
);
