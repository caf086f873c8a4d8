import fs from "node:fs";
import path from "node:path";
import { makeEpub } from "../support/node/epub";
import { BARE, connect, PLUGIN, probe, withReader, withScratch } from "./device";
import { BALLAST } from "./memory";
import { NETWORKS } from "./networks";
import type { Effort, Section } from "./section";

const SECONDS_PER_BOOK = 15;

function writeBooks(dataDir: string, count: number): string[] {
  const folder = path.join(dataDir, "books");
  fs.mkdirSync(folder);
  return Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `book-${index}.epub`);
    fs.writeFileSync(file, makeEpub(`<dc:title>Book ${index}</dc:title><dc:creator>Somebody</dc:creator>`));
    return file;
  });
}

/** Lua's heap in KiB after every book was opened, read and closed. */
async function heapAfter(count: number, dataDir: string, url: string, plugin: string | string[]): Promise<number> {
  connect(dataDir, url, "key");
  const books = writeBooks(dataDir, count);
  return withReader({ dataDir, plugin }, async hand => {
    for (const book of books) {
      await hand.openBook(book);
      await probe(hand, "pass-time", SECONDS_PER_BOOK);
      await hand.turn(1, 0);
      await hand.closeBook();
    }
    await hand.wait(0.5);
    // What LuaJIT compiled meanwhile is no memory of the plugin's, and never the same twice.
    await hand.run(`jit.flush() ${BALLAST}`);
    return hand.heap();
  });
}

async function measure({ books: count }: Effort): Promise<number | string> {
  return withScratch(async scratch => {
    const heaps = await NETWORKS["refused"]?.("", async ({ url }) => [
      await heapAfter(count, path.join(scratch, "bare"), url, BARE),
      await heapAfter(count, path.join(scratch, "own"), url, PLUGIN),
    ]);
    if (heaps === undefined || typeof heaps === "string") return heaps ?? "not measured: no such network";
    const [bare = 0, own = 0] = heaps;
    return own - bare;
  });
}

/** What a thousand books leave in memory, read while the server is away: every sitting of them waits, on disk. */
export const manyBooks: Section = {
  name: "many-books",
  title: "Memory after many books whose sittings wait",
  measure: async effort => [{ name: `heap_kib_after_${effort.books}_books`, value: await measure(effort) }],
};
