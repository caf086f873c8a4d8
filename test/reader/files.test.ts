// Books, sidecars, settings and databases as files.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { readerTest as test, sampleBook } from "../support/node/reader-test";

test("a book's own metadata is read from its package", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("served/orchard-1.epub")));
  const props = await hand.run('return require("apps/reader/readerui").instance.doc_settings:readSetting("doc_props")');
  expect(props).toEqual({
    title: "Seedlings",
    authors: "Teodor Brandt",
    series: "The Clockwork Orchard",
    series_index: 1,
    language: "en",
    keywords: "orchard",
    identifiers: "urn:x-fixture:0c8fc6cfb40c995f25f10120e5e46af7",
  });
  const shown = await hand.run('return require("apps/reader/readerui").instance.doc_props');
  expect(shown).toMatchObject({ display_title: "Seedlings" });
  expect(shown).not.toHaveProperty("identifiers");
});

test("a sidecar keeps the place, the digest and the marks", async ({ device }) => {
  const hand = await device.start();
  const book = hand.addBook(sampleBook("ash.epub"));
  await hand.openBook(book);
  await hand.turn(4);
  await hand.highlight("a text");
  await hand.turn(1);
  await hand.highlight("another", "with a note");
  await hand.judge({ rating: 4 });
  await hand.closeBook();
  const sidecar = fs.readFileSync(book.replace(/\.epub$/, ".sdr/metadata.epub.lua"), "utf8");
  expect(sidecar).toContain('["last_xpointer"] = "/body/DocFragment[1]/body/p[6]/text().0"');
  await hand.openBook(book);
  expect(await hand.position()).toMatchObject({ page: 6, percent: 6 / 300 });
  const settings = 'require("apps/reader/readerui").instance.doc_settings';
  expect(await hand.run(`return ${settings}:readSetting("partial_md5_checksum")`)).toBe(partialMd5(book));
  expect(await hand.run(`return ${settings}:readSetting("summary")`)).toMatchObject({ status: "reading", rating: 4 });
  expect(await hand.run(`return ${settings}:readSetting("annotations")`)).toMatchObject([
    { text: "a text", pageno: 5, drawer: "lighten" },
    { text: "another", note: "with a note", pageno: 6 },
  ]);
});

/** KOReader's samples, computed another way. */
function partialMd5(file: string): string {
  const bytes = fs.readFileSync(file);
  const offsets = [0, ...Array.from({ length: 11 }, (_, power) => 1024 * 4 ** power)];
  const samples = offsets.filter(offset => offset < bytes.length).map(offset => bytes.subarray(offset, offset + 1024));
  return crypto.createHash("md5").update(Buffer.concat(samples)).digest("hex");
}

test("marks are removed, and editing a note is no event", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await hand.highlight("a text", "a note");
  await hand.events();
  await hand.editNote("a text", "a better note");
  expect(await hand.events()).toEqual([]);
  await hand.removeHighlight("a text");
  expect(await hand.events()).toEqual(["reader AnnotationsModified"]);
});

test("a sidecar that is older than a minute is kept, and read when the new one is broken", async ({ device }) => {
  const hand = await device.start();
  const book = hand.addBook(sampleBook("ash.epub"));
  const sidecar = book.replace(/\.epub$/, ".sdr/metadata.epub.lua");
  await hand.openBook(book);
  await hand.turn(4);
  await hand.closeBook();
  await hand.advance(120);
  await hand.openBook(book);
  await hand.turn(1);
  await hand.closeBook();
  expect(fs.existsSync(`${sidecar}.old`)).toBe(true);
  fs.writeFileSync(sidecar, "return {");
  await hand.openBook(book);
  expect(await hand.position()).toMatchObject({ page: 5 });
});

test("sidecars lie where the setting says", async ({ device }) => {
  const hand = await device.start({ settings: { document_metadata_folder: "hash" } });
  const book = hand.addBook(sampleBook("ash.epub"));
  await hand.openBook(book);
  await hand.closeBook();
  const digest = partialMd5(book);
  const sidecar = path.join(device.dataDir, "hashdocsettings", digest.slice(0, 2), `${digest}.sdr/metadata.epub.lua`);
  expect(fs.existsSync(sidecar)).toBe(true);
});

test("fixed pages are counted in the file", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("gull-and-anchor.cbz")));
  const { pages } = await hand.position();
  expect(pages).toBeGreaterThan(1);
  await hand.turn(1);
  await hand.switchBook(hand.addBook(sampleBook("small-boats.pdf")));
  expect(await hand.position()).toMatchObject({ page: 1 });
  await hand.switchBook(path.join(fs.realpathSync(device.dataDir), "books/gull-and-anchor.cbz"));
  expect(await hand.position()).toMatchObject({ page: 2, percent: 2 / pages });
});

test("a file that is no book leaves the reader in the browser", async ({ device }) => {
  const hand = await device.start();
  const file = path.join(fs.realpathSync(device.dataDir), "books/none.epub");
  fs.writeFileSync(file, "nothing");
  await expect(hand.openBook(file)).rejects.toThrow("No reader engine");
  await expect(hand.openBook("/etc/hostname")).rejects.toThrow("not in the data folder");
});

test("settings survive, in numbers of fourteen digits", async ({ device }) => {
  const first = await device.start();
  await first.run(`local s = require("luasettings"):open("./settings/x.lua")
    s:saveSetting("list", { 1, "two", { deep = true } }):saveSetting("n", 0.1 + 0.2):flush()`);
  await first.kill();
  const second = await device.start();
  const read = 'require("luasettings"):open("./settings/x.lua").data';
  expect(await second.run(`return ${read}`)).toEqual({ list: [1, "two", { deep: true }], n: 0.3 });
});

test("a database outlives a kill, and its integers are 64 bits wide", async ({ device }) => {
  const open = 'local db = require("lua-ljsqlite3/init").open("./settings/x.sqlite3")';
  const first = await device.start();
  await first.run(`${open}
    db:exec("PRAGMA journal_mode=WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); BEGIN")
    local insert = db:prepare("INSERT INTO t (name) VALUES (?)")
    for _, name in ipairs{ "ash", "oak" } do insert:reset():bind(name):step() end
    insert:close() db:exec("COMMIT")`);
  await first.kill();
  const second = await device.start();
  expect(
    await second.run(
      `${open} return { type(db:rowexec("SELECT max(id) FROM t")), tonumber(db:rowexec("SELECT max(id) FROM t")) }`,
    ),
  ).toEqual(["cdata", 2]);
  expect(await second.run(`${open} local rows, n = db:exec("SELECT id, name FROM t") return { n, rows[2] }`)).toEqual([
    2,
    ["ash", "oak"],
  ]);
  expect(await second.run(`${open} return { pcall(db.exec, db, "INSERT INTO t (name) VALUES ('a;b')") }`)).toEqual([
    false,
    expect.stringContaining("ljsqlite3[error]"),
  ]);
});
