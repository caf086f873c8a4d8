// A library of many books in the hand: what its lists cost KOReader's loop, and how often the server is asked.
import fs from "node:fs";
import path from "node:path";
import type { ListKey } from "../../src/core/catalogue";
import { type Shelf, startShelf } from "../../src/shelf/shelf";
import { openDatabase } from "../../src/shelf/store/database";
import { BrowseHand } from "../support/node/browse";
import { connect, probe, withReader, withScratch } from "./device";
import type { Effort, Figure, Section } from "./section";
import { median } from "./stats";

/** The books without a series are one list, and as long as the library. */
const ALL: ListKey = { kind: "series-books", id: "1" };
/** Lines of a screen. */
const LINES = 14;
const PAGES = 100;
const HOLD_GOAL = "≤ 10";

/** What one round cost, in milliseconds. */
interface Round {
  readonly fetch: number;
  readonly open: number;
  readonly page: number;
  readonly search: number;
}

/** Rows as a look through a folder of so many books would leave them: the looking is measured elsewhere. */
function fill(dataDir: string, count: number): void {
  const database = openDatabase(dataDir);
  database.pragma("synchronous = OFF");
  const book = database.prepare(
    `INSERT INTO books (title, author, book_type, updated_at, added_at, sort_title) VALUES (?, ?, 'book', ?, ?, ?)`,
  );
  const file = database.prepare(
    `INSERT INTO book_files (book_id, path, format, size, modified_ms, md5) VALUES (?, ?, 'epub', 400000, 1, ?)`,
  );
  const at = "2026-11-21T10:00:00.000Z";
  database.transaction(() => {
    for (let number = 1; number <= count; number += 1) {
      const title = `A book of some length, number ${number}`;
      const { lastInsertRowid } = book.run(title, `Author ${number}`, at, at, title);
      file.run(lastInsertRowid, `${number}.epub`, String(number).padStart(32, "0"));
    }
  })();
  database.close();
}

/** The longest time of the processor that one run of `code` takes on the main loop. */
const timed = (browse: BrowseHand, code: string, times = 1): Promise<unknown> =>
  browse.run(
    `local longest = 0
     for time = 1, ${times} do
       local start = os.clock()
       ${code}
       longest = math.max(longest, (os.clock() - start) * 1e3)
     end
     return longest`,
  );

/** The longest gap between two turns of the loop while a list is fetched, less the longest of a loop that has nothing to do. */
async function fetching(browse: BrowseHand, list: ListKey): Promise<number> {
  const { hand } = browse;
  const longest = async () => ((await hand.run("return bench_take_gaps()")) as number[])[0] ?? 0;
  await hand.wait(0.3);
  await longest();
  await hand.wait(0.6);
  const idle = await longest();
  const name = await browse.begin(done => `browse:refresh(id, ${BrowseHand.lua(list)}, true, ${done})`);
  await hand.until(async () => (await browse.answerTo(name, "answered.value = true")) !== undefined, 60);
  return Math.max(0, (await longest()) - idle);
}

async function playRound(browse: BrowseHand): Promise<Round> {
  const fetch = await fetching(browse, ALL);
  const open = Number(
    await timed(
      browse,
      `bench_list = browse:seen(id, ${BrowseHand.lua(ALL)})
       local lines = bench_list.lines
       bench_lines = lines(bench_list, 0, ${LINES})
       assert(#bench_lines > 0)`,
      10,
    ),
  );
  const page = Number(
    await timed(
      browse,
      `local lines = bench_list.lines
       bench_lines = lines(bench_list, (time * ${LINES}) % bench_list.count, ${LINES})
       assert(#bench_lines > 0)`,
      PAGES,
    ),
  );
  const search = await fetching(browse, { kind: "search", words: "book length 77" });
  return { fetch, open, page, search };
}

/** How often the server is asked for one screen. */
async function countRequests(browse: BrowseHand, shelf: Shelf): Promise<Record<string, number>> {
  const count = async (act: () => Promise<unknown>): Promise<number> => {
    const before = shelf.requests();
    await act();
    return shelf.requests() - before;
  };
  const list = await browse.seen(ALL, 0, 1);
  const [line] = list?.lines ?? [];
  return {
    fetched: await count(() => browse.refresh({ kind: "authors" })),
    shown: await count(() => browse.seen({ kind: "authors" })),
    searched: await count(() => browse.refresh({ kind: "search", words: "number 5" })),
    details: await count(async () => line?.kind === "book" && browse.details(line.book)),
  };
}

async function measure({ shelfBooks, rounds }: Effort): Promise<Figure[]> {
  return withScratch(async scratch => {
    const [serverDir, dataDir] = [path.join(scratch, "shelf"), path.join(scratch, "device")];
    fs.mkdirSync(dataDir);
    const shelf = await startShelf({ dataDir: serverDir });
    try {
      fill(serverDir, shelfBooks);
      connect(dataDir, shelf.origin, shelf.addKey("bench").key);
      return await withReader({ dataDir }, async hand => {
        await probe(hand, "watch-loop");
        const browse = new BrowseHand(hand);
        const played: Round[] = [];
        while (played.length < rounds) played.push(await playRound(browse));
        const holds = (["fetch", "open", "page", "search"] as const).map(what => {
          return { name: `browse.hold_ms.${what}`, value: median(played.map(round => round[what])), goal: HOLD_GOAL };
        });
        const requests = await countRequests(browse, shelf);
        return holds.concat(
          Object.entries(requests).map(([what, value]) => ({ name: `browse.requests.${what}`, value, goal: "≤ 1" })),
        );
      });
    } finally {
      await shelf.close();
    }
  });
}

export const browse: Section = {
  name: "browse",
  title: "A library in the hand",
  measure,
};
