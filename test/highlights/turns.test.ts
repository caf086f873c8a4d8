// What a sync of highlights asks of KOReader's loop between two breaths: counted in instructions, which no other process changes.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { folderTarget, sdrDevice, syncHighlights } from "../support/node/sdr-devices";
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

function sidecar(file: string, digest: string, marks: number): string {
  const items = Array.from({ length: marks }, (_, index) => {
    const at = `/body/DocFragment[2]/body/p[${index + 1}]/text().0`;
    const time = new Date(Date.UTC(2026, 0, 2) + index * 60_000).toISOString().slice(0, 19).replace("T", " ");
    return `[${index + 1}] = { ["datetime"] = "${time}", ["drawer"] = "lighten", ["page"] = "${at}", ["pos0"] = "${at}", ["pos1"] = "${at}9",
      ["text"] = "What highlight ${index} marks." }`;
  });
  return `return { ["annotations"] = { ${items.join(",\n")} }, ["cre_dom_version"] = 20240114, ["doc_path"] = "${file}",
    ["doc_props"] = { ["title"] = "${path.basename(file)}", ["authors"] = "Author" }, ["partial_md5_checksum"] = "${digest}" }\n`;
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
