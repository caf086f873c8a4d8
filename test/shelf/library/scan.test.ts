import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { makeParsers } from "../../../src/shelf/library/parsing/parsers";
import { partialMd5 } from "../../../src/shelf/library/partial-md5";
import { scanBooks } from "../../../src/shelf/library/scan";
import { openStore } from "../../../src/shelf/store/store";
import { makeCbz } from "../../support/node/books/comic";
import { makeEpub, packageWith } from "../../support/node/epub";
import { tempDir } from "../../support/node/temp-dir";

const parsers = makeParsers();
afterAll(() => parsers.close());

function house() {
  const root = tempDir();
  const store = openStore(tempDir());
  onTestFinished(() => store.close());
  const put = (path: string, bytes: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  };
  const scan = () => scanBooks(store, root, () => new Date("2026-05-01T10:00:00Z"), { parsers });
  const titles = () => store.books.all().map(book => book.title);
  return { root, store, put, scan, titles };
}

const epub = (title: string) => makeEpub(`<dc:title>${title}</dc:title>`);

describe("a scan", () => {
  it("adds books with what they and their names say, and leaves the rest of the folder alone", async () => {
    const { put, scan, store } = house();
    put("Orchard/one.epub", makeEpub(`<dc:title>Seedlings</dc:title><meta name="calibre:series" content="Orchard"/>`));
    put("Mina Duarte - Gull & Anchor.CBZ", makeCbz({ "1.jpg": "picture" }));
    put("notes.txt", "no book");
    put(".hidden.epub", "no book");
    put("Orchard/one.sdr/metadata.epub.lua", "no book");
    put("Orchard/one.sdr/trap.epub", "no book");
    expect(await scan()).toMatchObject({ added: ["Mina Duarte - Gull & Anchor.CBZ", "Orchard/one.epub"], failed: [] });
    expect(store.books.all()).toMatchObject([
      { title: "Gull & Anchor", author: "Mina Duarte", bookType: "comic", pageCount: 1, files: [{ format: "cbz" }] },
      { title: "Seedlings", series: "Orchard", bookType: "book", files: [{ path: "Orchard/one.epub" }] },
    ]);
  });

  it("finds nothing to do the second time", async () => {
    const { put, scan } = house();
    put("a.epub", epub("A"));
    await scan();
    const nothing = { added: [], changed: [], moved: [], removed: [], unfinished: [], failed: [] };
    expect(await scan()).toEqual({ ...nothing, unchanged: 1 });
  });

  it("is not stopped by a broken EPUB, which goes by its name", async () => {
    const { put, scan, titles } = house();
    put("a.epub", epub("A"));
    put("Pell Okafor - Ash.epub", "broken");
    put("z.epub", epub("Z"));
    const report = await scan();
    expect(report.failed).toMatchObject([{ path: "Pell Okafor - Ash.epub" }]);
    expect(titles().sort()).toEqual(["A", "Ash", "Z"]);
  });

  it("takes over a changed book and still knows the file as it was", async () => {
    const { root, put, scan, store, titles } = house();
    put("a.epub", epub("A"));
    await scan();
    const before = await partialMd5(join(root, "a.epub"));
    put("a.epub", epub("A, second edition"));
    expect(await scan()).toMatchObject({ changed: ["a.epub"], added: [], removed: [] });
    expect(titles()).toEqual(["A, second edition"]);
    expect(store.books.findByHash(before)).toBe(1);
    expect(store.books.findByHash(await partialMd5(join(root, "a.epub")))).toBe(1);
  });

  it("does not forget a title that was put right when a file was only touched", async () => {
    const { root, put, scan, store, titles } = house();
    put("a.epub", epub("A"));
    await scan();
    const [book] = store.books.all();
    if (book) store.books.setFacts(book.id, { ...book, title: "Put right" }, "2026-05-01T10:00:00Z");
    utimesSync(join(root, "a.epub"), new Date(0), new Date(0));
    expect(await scan()).toMatchObject({ changed: ["a.epub"] });
    expect(titles()).toEqual(["Put right"]);
  });

  it("puts a removed book out of sight, and back when it returns, with its id", async () => {
    const { root, put, scan, store, titles } = house();
    put("a.epub", epub("A"));
    put("b.epub", epub("B"));
    await scan();
    rmSync(join(root, "a.epub"));
    expect(await scan()).toMatchObject({ removed: ["a.epub"], unchanged: 1 });
    expect(titles()).toEqual(["B"]);
    expect(store.books.isActive(1)).toBe(false);
    expect(await scan()).toMatchObject({ removed: [] });
    put("a.epub", epub("A"));
    await scan();
    expect(store.books.isActive(1)).toBe(true);
    expect(store.books.all()).toHaveLength(2);
  });

  it("knows a renamed book again", async () => {
    const { root, put, scan, store } = house();
    put("a.epub", epub("A"));
    await scan();
    mkdirSync(join(root, "shelf"));
    renameSync(join(root, "a.epub"), join(root, "shelf/b.epub"));
    expect(await scan()).toMatchObject({ moved: ["shelf/b.epub"], added: [], removed: [] });
    expect(store.books.all()).toMatchObject([{ id: 1, title: "A", files: [{ path: "shelf/b.epub" }] }]);
  });

  it("takes one name with two extensions for one book", async () => {
    const { put, scan, store } = house();
    put("x/a.epub", epub("A"));
    put("x/a.pdf", "%PDF-1.4");
    put("y/a.pdf", "%PDF-1.5");
    await scan();
    expect(store.books.all().map(book => book.files.map(file => file.path))).toEqual([
      ["x/a.epub", "x/a.pdf"],
      ["y/a.pdf"],
    ]);
  });

  it("rejects when the folder is not there, and keeps every book", async () => {
    const { root, put, scan, titles } = house();
    put("a.epub", epub("A"));
    await scan();
    rmSync(root, { recursive: true });
    await expect(scan()).rejects.toThrow();
    expect(titles()).toEqual(["A"]);
  });

  it("knows books again that changed names with each other", async () => {
    const { root, put, scan, store } = house();
    for (const [title, time] of Object.entries({ A: 1, B: 2, C: 3 })) {
      put(`${title}.epub`, epub(title));
      // Files of one size that were written at once look the same from outside.
      utimesSync(join(root, `${title}.epub`), time, time);
    }
    await scan();
    const rename = (from: string, to: string) => renameSync(join(root, from), join(root, to));
    const paths = () =>
      Object.fromEntries(store.books.all().map(({ id, title, files }) => [`${id} ${title}`, files[0]?.path]));
    rename("A.epub", "swap");
    rename("B.epub", "A.epub");
    rename("swap", "B.epub");
    expect(await scan()).toMatchObject({ moved: ["A.epub", "B.epub"], changed: [], added: [], removed: [] });
    expect(paths()).toEqual({ "1 A": "B.epub", "2 B": "A.epub", "3 C": "C.epub" });
    // Each takes the next one's name, the last a new one.
    rename("C.epub", "D.epub");
    rename("B.epub", "C.epub");
    rename("A.epub", "B.epub");
    await scan();
    expect(paths()).toEqual({ "1 A": "C.epub", "2 B": "B.epub", "3 C": "D.epub" });
    // And back, over the first, which is lost.
    rename("C.epub", "B.epub");
    rename("D.epub", "C.epub");
    expect(await scan()).toMatchObject({ removed: ["B.epub"] });
    expect(paths()).toEqual({ "1 A": "B.epub", "3 C": "C.epub" });
    put("found again.epub", epub("B"));
    await scan();
    expect(paths()).toMatchObject({ "2 B": "found again.epub" });
  });

  it("does not take a new book for the one that was renamed and had its name", async () => {
    const { root, put, scan, store } = house();
    put("a.epub", epub("A"));
    await scan();
    renameSync(join(root, "a.epub"), join(root, "b.epub"));
    put("a.epub", epub("Another"));
    expect(await scan()).toMatchObject({ moved: ["b.epub"], added: ["a.epub"] });
    expect(store.books.all()).toMatchObject([
      { id: 1, title: "A", files: [{ path: "b.epub" }] },
      { id: 2, title: "Another", files: [{ path: "a.epub" }] },
    ]);
  });

  it("knows a book that was worked on while its old state was kept beside it", async () => {
    const { root, put, scan, store } = house();
    put("a.epub", epub("A"));
    await scan();
    renameSync(join(root, "a.epub"), join(root, "a backup.epub"));
    put("a.epub", makeEpub("<dc:title>A</dc:title><dc:language>en</dc:language>"));
    await scan();
    expect(store.books.all()).toMatchObject([{ id: 1, files: [{ path: "a backup.epub" }, { path: "a.epub" }] }]);
  });

  it("takes an empty folder where many books were for a drive that is not connected", async () => {
    const { root, put, scan, titles } = house();
    for (let n = 0; n < 12; n += 1) put(`${n}.epub`, epub(`Book ${n}`));
    await scan();
    rmSync(root, { recursive: true });
    mkdirSync(root);
    await expect(scan()).rejects.toThrow("there were 12 books in it");
    expect(titles()).toHaveLength(12);
    put("3.epub", epub("Book 3"));
    expect((await scan()).removed).toHaveLength(11);
  });

  it("follows no links: not in circles, and not out of the folder", async () => {
    const { root, put, scan, titles } = house();
    put("a.epub", epub("A"));
    const elsewhere = tempDir();
    writeFileSync(join(elsewhere, "b.epub"), epub("B"));
    symlinkSync(root, join(root, "circle"));
    symlinkSync(elsewhere, join(root, "away"));
    symlinkSync(join(elsewhere, "b.epub"), join(root, "b.epub"));
    expect(await scan()).toMatchObject({ added: ["a.epub"], failed: [] });
    expect(titles()).toEqual(["A"]);
  });

  it("opens no file that looks as it did", async () => {
    const { root, put, scan } = house();
    put("a.epub", epub("A"));
    await scan();
    const { atimeMs, mtimeMs } = statSync(join(root, "a.epub"));
    // Other bytes of the same size and time: whoever looked inside would see them.
    const bytes = readFileSync(join(root, "a.epub"));
    writeFileSync(join(root, "a.epub"), bytes.fill(0));
    utimesSync(join(root, "a.epub"), atimeMs / 1000, mtimeMs / 1000);
    expect(await scan()).toMatchObject({ changed: [], failed: [], unchanged: 1 });
  });

  it("says why a file is no book, for as long as it is not", async () => {
    const { put, scan, store } = house();
    put("Pell Okafor - Ash.epub", "broken");
    await scan();
    await scan();
    expect(store.files.withProblems()).toMatchObject([
      { path: "Pell Okafor - Ash.epub", problem: expect.stringContaining("no sound ZIP") as string },
    ]);
    put("Pell Okafor - Ash.epub", epub("Ash and Elm"));
    await scan();
    expect(store.files.withProblems()).toEqual([]);
  });

  it("leaves a file for later that is written while it is read", async () => {
    const { root, put, store, titles } = house();
    put("a.epub", epub("A"));
    put("b.epub", epub("B"));
    const busy = {
      ...parsers,
      read: (task: Parameters<typeof parsers.read>[0]) => {
        if (task.path.endsWith("a.epub")) utimesSync(join(root, "a.epub"), new Date(0), new Date(0));
        return parsers.read(task);
      },
    };
    const report = await scanBooks(store, root, () => new Date(), { parsers: busy });
    expect(report).toMatchObject({ unfinished: ["a.epub"], added: ["b.epub"], failed: [] });
    expect(titles()).toEqual(["B"]);
  });

  it("takes a copy of a book for the same book", async () => {
    const { put, scan, store } = house();
    put("a.epub", epub("A"));
    await scan();
    put("backup/a (1).epub", epub("A"));
    await scan();
    expect(store.books.all()).toMatchObject([
      { title: "A", files: [{ path: "a.epub" }, { path: "backup/a (1).epub" }] },
    ]);
  });
});

describe("a Calibre library", () => {
  const opf = (title: string, series = "") =>
    packageWith(`<dc:title>${title}</dc:title><dc:creator opf:role="aut">Mara Lindqvist</dc:creator>
      <dc:identifier opf:scheme="calibre">7</dc:identifier><dc:identifier opf:scheme="uuid">0c9b6f5e</dc:identifier>
      <dc:date>0101-01-01T00:00:00+00:00</dc:date>${series}`);
  const SERIES = `<meta name="calibre:series" content="Harbour"/><meta name="calibre:series_index" content="2.5"/>`;

  it("describes its books better than they do", async () => {
    const { put, scan, store } = house();
    put("Lindqvist/Salt (7)/Salt - Lindqvist.epub", epub("draft"));
    put("Lindqvist/Salt (7)/Salt - Lindqvist.mobi", "broken");
    put("Lindqvist/Salt (7)/metadata.opf", opf("Salt", SERIES));
    await scan();
    expect(store.books.all()).toMatchObject([
      { title: "Salt", author: "Mara Lindqvist", series: "Harbour", seriesIndex: 2.5, files: [{}, {}] },
    ]);
    expect(store.books.identifiers(1)).toContainEqual({ scheme: "uuid", value: "0c9b6f5e" });
  });

  it("is followed when it changes a description and leaves the book as it is", async () => {
    const { root, put, scan, titles } = house();
    put("a/a.epub", epub("draft"));
    await scan();
    put("a/metadata.opf", opf("Salt"));
    expect(await scan()).toMatchObject({ changed: ["a/a.epub"] });
    expect(titles()).toEqual(["Salt"]);
    put("a/metadata.opf", opf("Salt on the Window"));
    utimesSync(join(root, "a/metadata.opf"), new Date(5000), new Date(5000));
    await scan();
    expect(titles()).toEqual(["Salt on the Window"]);
    expect(await scan()).toMatchObject({ changed: [], unchanged: 1 });
  });

  it("may rename and rewrite a book, which stays the same by its uuid", async () => {
    const { root, put, scan, store } = house();
    put("Salt (7)/Salt.epub", epub("draft"));
    put("Salt (7)/metadata.opf", opf("Salt"));
    await scan();
    rmSync(join(root, "Salt (7)"), { recursive: true });
    put("Salted (7)/Salted.epub", epub("embedded"));
    put("Salted (7)/metadata.opf", opf("Salted"));
    await scan();
    expect(store.books.all()).toMatchObject([{ id: 1, title: "Salted", files: [{ path: "Salted (7)/Salted.epub" }] }]);
  });

  it("is not assumed where one description lies among several books", async () => {
    const { put, scan, titles } = house();
    put("a.epub", epub("A"));
    put("b.epub", epub("B"));
    put("metadata.opf", opf("Neither"));
    await scan();
    expect(titles()).toEqual(["A", "B"]);
  });
});
