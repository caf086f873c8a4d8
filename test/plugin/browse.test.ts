// A library on the device, below its screens: the built plugin, a worker, and a server on the other side.
import fs from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import type { CatalogueBook, ListEntry, ListKey } from "../../src/core/catalogue";
import type { Answered, Seen } from "../support/node/browse";
import { BrowseHand } from "../support/node/browse";
import { browseTest as test, oldTomeTest } from "../support/node/browse-test";
import type { Hand } from "../support/node/hand";
import { sampleBook } from "../support/node/sample-book";
import { readBook, settle } from "../support/node/plugin-test";

const SERIES: ListKey = { kind: "series" };

const bookIn = (entry: ListEntry | undefined): CatalogueBook | undefined =>
  entry?.kind === "book" ? entry.book : undefined;
const titles = (list: { readonly lines: readonly ListEntry[] } | undefined): (string | undefined)[] =>
  (list?.lines ?? []).map(entry => (entry.kind === "book" ? entry.book.title : entry.group.name));
const value = <Value>(answered: Answered<Value>): Value => {
  if (!answered.ok) throw new Error(`it failed: ${answered.failure.reason}`);
  return answered.value;
};

/** Where the plugin keeps what it saw. */
function cached(hand: Hand): string[] {
  const folder = path.join(hand.dataDir, "cache/ribbon");
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(({ parentPath, name }) => path.join(parentPath, name));
}

/** A long list, as a server would answer it. */
const answering = (body: object) => ({
  kind: "answer" as const,
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

describe("a list", () => {
  test("comes from the server once, and from the device afterwards", async ({ library }) => {
    const browse = await library.browse();
    expect(await browse.libraries()).toEqual(["Home"]);
    expect(await browse.seen(SERIES)).toBeUndefined();
    library.home.proxy.taken();
    const fetched = value(await browse.refresh(SERIES));
    expect(library.home.proxy.taken()).toEqual(["GET series"]);
    expect(fetched.count).toBe(fetched.lines.length);
    expect(await browse.seen(SERIES)).toEqual(fetched);
    expect(library.home.proxy.taken()).toEqual([]);
  });

  test("of each kind has what the server has", async ({ library }) => {
    const browse = await library.browse();
    const names = titles(value(await browse.refresh(SERIES)));
    expect(names).toEqual(["Paper Lanterns", "The Clockwork Orchard", undefined]);
    const id = library.ids("orchard-1-5.epub");
    expect(titles(value(await browse.refresh({ kind: "series-books", id })))).toHaveLength(3);
    expect(titles(value(await browse.refresh({ kind: "authors" })))).toContain("Teodor Brandt");
    const byAuthor: ListKey = { kind: "author-books", id: "Teodor Brandt" };
    expect(titles(value(await browse.refresh(byAuthor)))).toHaveLength(3);
    expect(titles(value(await browse.refresh({ kind: "shelves" })))).toEqual([]);
    expect(titles(value(await browse.refresh({ kind: "recent" })))).toHaveLength(7);
    expect(titles(value(await browse.refresh({ kind: "search", words: "orchard" })))).toHaveLength(3);
    const gone = await browse.refresh({ kind: "shelf-books", id: "99" });
    expect(gone).toMatchObject({ ok: false, failure: { reason: "missing" } });
  });

  test("stays as it is while one looks at it, although a newer one came", async ({ library }) => {
    const browse = await library.browse();
    const before = value(await browse.refresh({ kind: "recent" }));
    await browse.seen({ kind: "recent" });
    await library.home.addToLibrary("night-train.epub");
    const name = await browse.begin(done => `browse:refresh(id, { kind = "recent" }, true, ${done})`);
    await browse.hand.advance(5);
    expect(await browse.answerTo(name, "answered.value = answered.value.count")).toMatchObject({ value: 8 });
    expect(await browse.linesOfLast(0, 60)).toEqual(before.lines);
    expect((await browse.seen({ kind: "recent" }))?.count).toBe(8);
  });

  test("can be seen without a network, on the next day too", async ({ library }) => {
    const browse = await library.browse();
    const fetched = value(await browse.refresh(SERIES));
    await browse.hand.exit();
    const offline = await library.browse({ wifi: false });
    expect(await offline.seen(SERIES)).toEqual(fetched);
    expect(await offline.refresh(SERIES, false)).toMatchObject({ ok: false, failure: { reason: "offline" } });
    expect(library.home.proxy.taken()).toEqual(["GET series"]);
  });

  test("of ten thousand books is read a page at a time", async ({ library }) => {
    const browse = await library.browse();
    const books = Array.from({ length: 10_000 }, (_, index) => ({
      id: index + 1,
      title: `Book ${index + 1}`,
      files: [],
    }));
    library.home.proxy.fail(answering({ books }));
    const fetched = value(await browse.refresh({ kind: "recent" }));
    expect(fetched.count).toBe(10_000);
    const heap = await browse.hand.heap();
    expect(titles(await browse.seen({ kind: "recent" }, 9_990, 20))).toEqual(
      books.slice(9_990).map(({ title }) => title),
    );
    expect(titles(await browse.seen({ kind: "recent" }, 48, 4))).toEqual(["Book 49", "Book 50", "Book 51", "Book 52"]);
    expect(titles(await browse.seen({ kind: "recent" }, 10_000, 4))).toEqual([]);
    // All of them would be some megabytes.
    expect((await browse.hand.heap()) - heap).toBeLessThan(200);
  });

  test("that is damaged or of somebody else is fetched again", async ({ library }) => {
    const browse = await library.browse();
    await browse.refresh(SERIES);
    const [file = ""] = cached(browse.hand).filter(name => path.basename(name).startsWith("list-"));
    const whole = fs.readFileSync(file);
    const damages: Record<string, Buffer | string> = {
      empty: "",
      "cut off": whole.subarray(0, whole.length - 5),
      longer: Buffer.concat([whole, Buffer.from("x")]),
      foreign: "return { }\n",
      "no end of line": Buffer.alloc(100_000, 32),
      "of another format": whole.toString().replace('"format":1', '"format":2'),
      "of another list": whole.toString().replace('"list":"series"', '"list":"serieS"'),
      "without offsets": whole.toString().replace('"pages":[0]', '"pages":[ ]'),
    };
    for (const [what, content] of Object.entries(damages)) {
      fs.writeFileSync(file, content);
      expect(await browse.seen(SERIES), what).toBeUndefined();
      expect(fs.existsSync(file), what).toBe(false);
    }
    expect(value(await browse.refresh(SERIES)).count).toBe(3);
  });

  test("whose lines are damaged shows the others, and is thrown away", async ({ library }) => {
    const browse = await library.browse();
    await browse.refresh(SERIES);
    const [file = ""] = cached(browse.hand).filter(name => path.basename(name).startsWith("list-"));
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace('"name":"Paper Lanterns"', '"name";"Paper Lanterns"'));
    expect(titles(await browse.seen(SERIES))).toEqual(["The Clockwork Orchard", undefined]);
    expect(await browse.seen(SERIES)).toBeUndefined();
  });

  test("is kept among sixty-four, the last ones looked at", async ({ library }) => {
    const browse = await library.browse();
    for (const word of Array.from({ length: 70 }, (_, index) => `word${index}`)) {
      await browse.refresh({ kind: "search", words: word });
    }
    const lists = cached(browse.hand).filter(name => path.basename(name).startsWith("list-"));
    expect(lists.length).toBeLessThanOrEqual(65);
    expect(await browse.seen({ kind: "search", words: "word69" })).toBeDefined();
  });

  test("that the server refuses or garbles leaves the one that is here", async ({ library }) => {
    const browse = await library.browse();
    const fetched = value(await browse.refresh(SERIES));
    library.home.proxy.fail({ kind: "status", status: 500 });
    expect(await browse.refresh(SERIES)).toMatchObject({ ok: false, failure: { reason: "server" } });
    library.home.proxy.fail(answering({ not: "a list" }));
    expect(value(await browse.refresh(SERIES)).count).toBe(0);
    library.home.proxy.fail({ kind: "page", status: 200 });
    expect(await browse.refresh({ kind: "authors" })).toMatchObject({ ok: false, failure: { reason: "garbled" } });
    expect(fetched.count).toBe(3);
    expect(await browse.sections()).toContain("authors");
  });

  test("goes away with its connection, and is another one's with another key", async ({ library }) => {
    const browse = await library.browse();
    await browse.refresh(SERIES);
    expect(cached(browse.hand)).not.toEqual([]);
    const change = (field: string, text: string) =>
      browse.hand.run(
        `local settings = require("luasettings"):open("settings/ribbon.lua")
         local list = settings:readSetting("connections") list[1].${field} = "${text}"
         settings:saveSetting("connections", list) settings:flush()`,
      );
    await change("key", "tk_other");
    await browse.hand.exit();
    const other = await library.browse();
    expect(await other.seen(SERIES)).toBeUndefined();
    await settle(other.hand);
    expect(cached(other.hand).filter(name => name.includes("/list-"))).toEqual([]);
  });
});

describe("what is up next", () => {
  test("is what the server says", async ({ library }) => {
    const browse = await library.browse();
    expect(value(await browse.refresh({ kind: "up-next" })).count).toBe(0);
    expect(await browse.mark(library.ids("orchard-1.epub"), "read")).toEqual({ ok: true, value: true });
    const next = value(await browse.refresh({ kind: "up-next" }));
    expect(next.lines.map(entry => bookIn(entry)?.remoteId)).toEqual([library.ids("orchard-1-5.epub")]);
  });
});

describe("a book", () => {
  test("is told in full, once, and without a network afterwards", async ({ library }) => {
    const browse = await library.browse();
    const list = value(await browse.refresh({ kind: "series-books", id: library.ids("orchard-2.epub") }));
    const book = bookIn(list.lines[0])!;
    library.home.proxy.taken();
    const details = value(await browse.details(book));
    expect(details).toMatchObject({ ...book, inSeries: 3 });
    expect(library.home.proxy.taken()).toEqual(["GET books"]);
    expect(await browse.details(book)).toEqual({ ok: true, value: details });
    expect(library.home.proxy.taken()).toEqual([]);
    await browse.hand.turnWifiOff();
    await browse.hand.advance(3600);
    expect(await browse.details(book)).toEqual({ ok: true, value: details });
  });

  test("that the reader marks is so in every list, the old ones too", async ({ library }) => {
    const browse = await library.browse();
    const series: ListKey = { kind: "series-books", id: library.ids("orchard-1.epub") };
    await browse.refresh(series);
    await browse.mark(library.ids("orchard-1.epub"), "read");
    const state = async () => bookIn((await browse.seen(series))?.lines[0])?.state;
    expect(await state()).toBe("read");
    await browse.hand.exit();
    const again = await library.browse({ wifi: false });
    expect(bookIn((await again.seen(series))?.lines[0])?.state).toBe("read");
  });

  test("that the server does not know any more cannot be marked", async ({ library }) => {
    const browse = await library.browse();
    expect(await browse.mark("999", "read")).toMatchObject({ ok: false, failure: { reason: "missing" } });
    expect(await browse.mark("1", "shelved")).toMatchObject({ ok: false, failure: { reason: "unsupported" } });
  });

  test("is on this device when its content is", async ({ library }) => {
    const browse = await library.browse();
    const file = browse.hand.addBook(sampleBook("ash.epub"), "another-name.epub");
    await readBook(browse.hand, file, 3);
    const ids = [library.ids("ash.epub"), library.ids("orchard-1.epub")];
    expect(await browse.onDevice(ids)).toEqual({ [library.ids("ash.epub")]: file });
    fs.rmSync(file);
    expect(await browse.onDevice(ids)).toEqual({});
  });
});

describe("all books of a list", () => {
  test("come in slices, fetched where they are not here", async ({ library }) => {
    const browse = await library.browse();
    const series: ListKey = { kind: "series-books", id: library.ids("orchard-1.epub") };
    expect(value(await browse.allBooks(series))).toHaveLength(3);
    await browse.hand.turnWifiOff();
    expect(value(await browse.allBooks(series))).toHaveLength(3);
    expect(await browse.allBooks(SERIES)).toMatchObject({ ok: false, failure: { reason: "unsupported" } });
  });

  test("of a long list are all there, in order", async ({ library }) => {
    const browse = await library.browse();
    const books = Array.from({ length: 333 }, (_, index) => ({ id: index + 1, title: `Book ${index + 1}`, files: [] }));
    library.home.proxy.fail(answering({ books }));
    const all = value(await browse.allBooks({ kind: "recent" }));
    expect(all.map(({ remoteId }) => Number(remoteId))).toEqual(books.map(({ id }) => id));
  });
});

describe("searches", () => {
  test("are remembered, the newest eight, each once", async ({ library }) => {
    const browse = await library.browse();
    for (const words of ["a", "b", "c", "d", "e", "f", "g", "h", " paper  lanterns ", "c"]) {
      await browse.refresh({ kind: "search", words });
    }
    expect(await browse.recentSearches()).toEqual(["c", "paper lanterns", "h", "g", "f", "e", "d", "b"]);
    await browse.hand.exit();
    const again = new BrowseHand(await library.home.device({ wifi: false }));
    expect((await again.recentSearches())[0]).toBe("c");
  });
});

describe("covers", () => {
  const COMIC = "gull-and-anchor.cbz";

  test("come as files, and are asked for once, those too that there are none of", async ({ library }) => {
    const browse = await library.browse();
    const ids = [library.ids(COMIC), library.ids("ash.epub")];
    library.home.proxy.taken();
    expect(await browse.covers(ids)).toEqual({});
    await settle(browse.hand);
    const covers = await browse.coversSoFar();
    expect(Object.keys(covers)).toEqual([library.ids(COMIC)]);
    const bytes = fs.readFileSync(path.resolve(browse.hand.dataDir, covers[library.ids(COMIC)]!));
    expect([bytes[0], bytes[1]]).toEqual([0xff, 0xd8]);
    expect(library.home.proxy.taken()).toHaveLength(2);
    expect(await browse.covers(ids)).toEqual(covers);
    await settle(browse.hand);
    expect(library.home.proxy.taken()).toEqual([]);
  });

  test("that somebody does not wait for any more are given up", async ({ library }) => {
    const browse = await library.browse();
    await browse.covers([library.ids(COMIC)]);
    await browse.cancelCovers();
    await settle(browse.hand);
    expect(await browse.coversSoFar()).toEqual({});
  });

  test("let a tap pass, and come afterwards", async ({ library }) => {
    const browse = await library.browse();
    await browse.hand.secondsPerJob(20);
    await browse.covers([library.ids(COMIC)]);
    await browse.hand.advance(1);
    const name = await browse.begin(done => `browse:refresh(id, { kind = "series" }, true, ${done})`);
    await browse.hand.advance(22);
    expect(await browse.answerTo(name, "answered.value = answered.value.count")).toMatchObject({ value: 3 });
    expect(await browse.coversSoFar()).toEqual({});
    await browse.hand.advance(25);
    expect(Object.keys(await browse.coversSoFar())).toEqual([library.ids(COMIC)]);
  });

  test("are not fetched without a network", async ({ library }) => {
    const browse = await library.browse({ wifi: false });
    expect(await browse.covers([library.ids(COMIC)])).toEqual({});
    await settle(browse.hand);
    expect(library.home.proxy.taken()).toEqual([]);
  });

  test("that are no pictures are none", async ({ library }) => {
    const browse = await library.browse();
    const headers = { "content-type": "image/jpeg" };
    library.home.proxy.fail({ kind: "answer", status: 200, headers, body: "<svg>" });
    await browse.covers([library.ids(COMIC)]);
    await settle(browse.hand);
    expect(await browse.coversSoFar()).toEqual({});
  });

  test("that would take more memory than a device has are none", async ({ library }) => {
    const browse = await library.browse();
    const headers = { "content-type": "image/png" };
    const coverOf = async (height: number, name: string): Promise<string[]> => {
      const body = Buffer.alloc(64);
      body.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
      body.writeUInt32BE(4000, 16);
      body.writeUInt32BE(height, 20);
      library.home.proxy.fail({ kind: "answer", status: 200, headers, body });
      await browse.covers([library.ids(name)]);
      await settle(browse.hand);
      return Object.keys(await browse.coversSoFar());
    };
    expect(await coverOf(2_147_483_647, COMIC)).toEqual([]);
    expect(await coverOf(3000, "ash.epub")).toEqual([library.ids("ash.epub")]);
  });
});

describe("a Tome 2.3", () => {
  const tome = oldTomeTest("2.3");

  tome("lists no recent books and tells no more of a book: that is asked once", async ({ library }) => {
    const browse = await library.browse();
    const recent = await browse.refresh({ kind: "recent" });
    expect(recent).toMatchObject({ ok: false, failure: { reason: "unsupported", version: "2.3.0" } });
    expect(await browse.sections()).toEqual(["up-next", "series", "authors", "shelves", "search"]);
    const list = value(await browse.refresh({ kind: "series-books", id: library.ids("orchard-1.epub") }));
    const book = bookIn(list.lines[0])!;
    expect(await browse.details(book)).toMatchObject({ ok: false, failure: { reason: "unsupported" } });
    library.home.proxy.taken();
    expect(await browse.details(book)).toMatchObject({ ok: false, failure: { reason: "unsupported" } });
    expect(library.home.proxy.taken()).toEqual([]);
  });

  tome("is asked again the next day: it may have been updated", async ({ library }) => {
    const browse = await library.browse();
    await browse.refresh({ kind: "recent" });
    await browse.hand.exit();
    const again = await library.browse();
    expect(await again.sections()).not.toContain("recent");
    await again.hand.advance(86_400);
    expect(await again.sections()).toContain("recent");
  });

  tome("leaves to us what is up next: what follows the books read here", async ({ library }) => {
    const browse = await library.browse();
    await readBook(browse.hand, browse.hand.addBook(sampleBook("orchard-1.epub")), 5);
    library.home.proxy.taken();
    const next = value(await browse.refresh({ kind: "up-next" }));
    expect(next.lines.map(entry => bookIn(entry)?.remoteId)).toEqual([library.ids("orchard-1-5.epub")]);
    expect(library.home.proxy.taken()).toEqual(["GET up-next", "GET /api/health", "GET series"]);
    await browse.refresh({ kind: "up-next" });
    expect(library.home.proxy.taken()).toEqual(["GET series"]);
  });
});

describe("a Tome 1.6", () => {
  const tome = oldTomeTest("1.6");

  tome("has series only", async ({ library }) => {
    const browse = await library.browse();
    for (const kind of ["authors", "shelves", "recent"] as const) await browse.refresh({ kind });
    await browse.refresh({ kind: "search", words: "ash" });
    expect(await browse.sections()).toEqual(["up-next", "series"]);
    const id = library.ids("orchard-1.epub");
    const list: Seen = value(await browse.refresh({ kind: "series-books", id }));
    expect(bookIn(list.lines[0])).toMatchObject({ series: "The Clockwork Orchard", remoteId: id });
    expect(await browse.mark(id, "read")).toMatchObject({ ok: false, failure: { reason: "unsupported" } });
  });
});
