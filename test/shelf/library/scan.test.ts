import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { partialMd5 } from "../../../src/shelf/library/partial-md5";
import { scanBooks } from "../../../src/shelf/library/scan";
import { openStore } from "../../../src/shelf/store/store";
import { makeEpub } from "../../support/node/epub";
import { tempDir } from "../../support/node/temp-dir";

function house() {
  const root = tempDir();
  const store = openStore(tempDir());
  onTestFinished(() => store.close());
  const put = (path: string, bytes: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  };
  const scan = () => scanBooks(store, root, () => new Date("2026-05-01T10:00:00Z"));
  const titles = () => store.books.all().map(book => book.title);
  return { root, store, put, scan, titles };
}

const epub = (title: string) => makeEpub(`<dc:title>${title}</dc:title>`);

describe("a scan", () => {
  it("adds books with what they and their names say, and leaves the rest of the folder alone", async () => {
    const { put, scan, store } = house();
    put("Orchard/one.epub", makeEpub(`<dc:title>Seedlings</dc:title><meta name="calibre:series" content="Orchard"/>`));
    put("Mina Duarte - Gull & Anchor.CBZ", "pictures");
    put("notes.txt", "no book");
    put(".hidden.epub", "no book");
    put("Orchard/one.sdr/metadata.epub.lua", "no book");
    put("Orchard/one.sdr/trap.epub", "no book");
    expect(await scan()).toMatchObject({ added: ["Mina Duarte - Gull & Anchor.CBZ", "Orchard/one.epub"], failed: [] });
    expect(store.books.all()).toMatchObject([
      { title: "Gull & Anchor", author: "Mina Duarte", bookType: "comic", files: [{ format: "cbz", size: 8 }] },
      { title: "Seedlings", series: "Orchard", bookType: "book", files: [{ path: "Orchard/one.epub" }] },
    ]);
  });

  it("finds nothing to do the second time", async () => {
    const { put, scan } = house();
    put("a.epub", epub("A"));
    await scan();
    expect(await scan()).toEqual({ added: [], changed: [], moved: [], removed: [], failed: [], unchanged: 1 });
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
});
