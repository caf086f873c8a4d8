import { describe, equal, it, ok, same } from "../support/spec";
import { isThere, newDevice, put, textOf } from "../support/lua/sidecar-device";
import { docSettings } from "../reader/settings/doc-settings";
import { backupsOf } from "../../src/koreader/sidecars/backup";
import { find, stampOf } from "../../src/koreader/sidecars/find";
import { fromNative } from "../../src/koreader/sidecars/native";
import { read } from "../../src/koreader/sidecars/read";
import { write } from "../support/lua/write-sidecar";
import { get, type LuaValue } from "../../src/core/sdr/lua-value";
import { luaText } from "../../src/core/sdr/lua-writer";
import type { KeyChange, SidecarReading } from "../../src/ports/sidecars";

/** What belongs to this device, what depends on its screen, and what else a sidecar has; with numbers and texts of all kinds. */
const DATA = {
  annotations: [{ datetime: "2026-01-01 10:00:00", page: "/body/p[1].0", text: 'a "quoted"\\ line\nand \r\0 bytes' }],
  cache_file_path: "./cache/foo.cr3",
  copt_font_size: 22.5,
  copt_h_page_margins: [10, 20],
  cre_dom_version: 20240114,
  doc_pages: 311,
  doc_path: "/elsewhere/foo.epub",
  doc_props: { title: "Foo", authors: "A\nB" },
  font_face: "Noto Serif",
  gamma: 0.1 + 0.2,
  last_xpointer: "/body/p[1].0",
  page_positions: { 1: 0.25, 7: 0.5 },
  partial_md5_checksum: "d41d8cd98f00b204e9800998ecf8427e",
  percent_finished: 1 / 3,
  stats: { performance_in_pages: {} },
  summary: { status: "reading", modified: "2026-01-01" },
};

interface Opened {
  readonly book: string;
  /** The folder beside the book. */
  readonly folder: string;
  readonly main: string;
}

/** A book whose sidecar was written by the stand-in's DocSettings. */
function bookThatWasRead(mode: string, age = 1000): Opened {
  const books = newDevice({ document_metadata_folder: mode });
  const book = `${books}/foo.epub`;
  put(book, "the same bytes");
  const settings = docSettings.open(book);
  for (const [key, value] of Object.entries(DATA)) settings.saveSetting(key, value);
  settings.flush();
  const main = docSettings.findSidecarFile(book)[0] ?? error("no sidecar");
  put(main, textOf(main) ?? "", age);
  return { book, folder: `${books}/foo.sdr`, main };
}

function reading(book: string): SidecarReading {
  const result = read(find(book) ?? error("no sidecar"));
  return result.ok ? result.value : error(result.failure);
}

const native = (value: unknown): LuaValue => fromNative(value) ?? error("no data");

const NEW_LIST: KeyChange = {
  key: "annotations",
  value: native([
    { datetime: "2026-02-02 10:00:00", page: "/body/p[9].0", text: "later", drawer: "lighten" },
    { datetime: "2026-02-01 10:00:00", page: "/body/p[2].0", text: "sooner", note: "from the other device" },
  ]),
};

/** A key as it stands in a file, in KOReader's spelling. */
const spelled = (book: string, key: string): string => luaText(get(reading(book).data, key) ?? "none");

describe("writing a closed book", () => {
  for (const mode of ["doc", "dir", "hash"]) {
    it(`changes what it is told and nothing else, in the mode ${mode}`, () => {
      const { book, main } = bookThatWasRead(mode);
      const before: Record<string, string> = {};
      for (const key of Object.keys(DATA)) before[key] = spelled(book, key);
      const result = write(reading(book), { keys: [NEW_LIST, { key: "summary" }] });
      ok(result.ok, result.ok ? "" : result.failure);
      equal(docSettings.findSidecarFile(book)[0], main);
      for (const key of Object.keys(DATA)) {
        if (key === "annotations") equal(spelled(book, key), luaText(NEW_LIST.value ?? 0));
        else if (key === "summary") equal(spelled(book, key), '"none"');
        else if (key === "doc_path") equal(spelled(book, key), luaText(book));
        else equal(spelled(book, key), before[key] ?? "");
      }
      equal(get(reading(book).data, "annotations_externally_modified"), true);
    });
  }

  it("does not touch a sidecar that stays as it is", () => {
    const { book } = bookThatWasRead("doc");
    const before = stampOf(find(book) ?? error("no sidecar"));
    ok(write(reading(book), { keys: [] }).ok);
    ok(before !== "");
    equal(stampOf(find(book) ?? error("no sidecar")), before);
    same(backupsOf(book), []);
  });

  it("leaves the flag alone when highlights stay as they are", () => {
    const { book } = bookThatWasRead("doc");
    ok(write(reading(book), { keys: [{ key: "percent_finished", value: 0.5 }] }).ok);
    equal(get(reading(book).data, "annotations_externally_modified"), undefined);
  });

  it("takes the sidecar to the place that the reader prefers now, and leaves none elsewhere", () => {
    const { book, main, folder } = bookThatWasRead("dir");
    put(`${folder}/metadata.epub.lua`, 'return { ["stale"] = true }', 5000);
    put(`./docsettings${folder}/custom_metadata.lua`, 'return { ["custom_props"] = { ["title"] = "Mine" } }');
    G_reader_settings.saveSetting("document_metadata_folder", "doc");
    ok(write(reading(book), { keys: [NEW_LIST] }).ok);
    ok(!isThere(main));
    equal(find(book)?.files[0]?.path, `${folder}/metadata.epub.lua`);
    equal(get(reading(book).data, "stale"), undefined);
    equal(docSettings.open(book).readSetting("stale"), undefined);
    ok(find(book)?.custom !== undefined);
  });

  it("goes into KOReader's own folder when the books cannot be written to", () => {
    const { book, folder, main } = bookThatWasRead("dir");
    put(folder, "a file where the folder would be: as on storage that cannot be written to");
    G_reader_settings.saveSetting("document_metadata_folder", "doc");
    ok(write(reading(book), { keys: [NEW_LIST] }).ok);
    equal(find(book)?.files[0]?.path, main);
    equal(spelled(book, "annotations"), luaText(NEW_LIST.value ?? 0));
  });

  it("never writes what belongs to the device", () => {
    const { book, main } = bookThatWasRead("doc");
    const before = textOf(main);
    const bound = [
      "doc_path",
      "cache_file_path",
      "css",
      "partial_md5_checksum",
      "stats",
      "doc_props",
      "cre_dom_version",
    ];
    for (const key of bound.concat(["page_positions", "flipping_zoom_mode", "a_key_of_the_future"])) {
      const result = write(reading(book), { keys: [NEW_LIST, { key, value: "/etc/passwd" }] });
      equal(result.ok ? "written" : result.failure, "bound");
    }
    equal(textOf(main), before);
  });

  it("writes no place where the version of the document model is missing", () => {
    const { book, main } = bookThatWasRead("doc");
    put(main, 'return { ["annotations"] = {}, }');
    const result = write(reading(book), { keys: [{ key: "last_xpointer", value: "/body/p[2].0" }] });
    equal(result.ok ? "written" : result.failure, "bound");
  });

  it("leaves a book alone that changed since it was read", () => {
    const { book, main } = bookThatWasRead("doc");
    const stale = reading(book);
    put(main, 'return { ["annotations"] = {}, ["newer"] = true }', 0);
    const result = write(stale, { keys: [NEW_LIST] });
    equal(result.ok ? "written" : result.failure, "changed");
    equal(get(reading(book).data, "newer"), true);
  });

  it("leaves highlights of an old KOReader to KOReader", () => {
    const { book, main } = bookThatWasRead("doc");
    put(main, 'return { ["highlight"] = { [3] = { { ["text"] = "old" } } } }');
    const result = write(reading(book), { keys: [NEW_LIST] });
    equal(result.ok ? "written" : result.failure, "old-format");
    ok(write(reading(book), { keys: [{ key: "percent_finished", value: 0.5 }] }).ok);
  });

  it("makes no sidecar for a book whose sidecar is gone", () => {
    const { book, main } = bookThatWasRead("doc");
    const stale = reading(book);
    os.remove(main);
    const result = write(stale, { keys: [NEW_LIST] });
    equal(result.ok ? "written" : result.failure, "changed");
    equal(find(book), undefined);
  });

  it("corrects metadata in its own file, and keeps what the book's file says", () => {
    const { book, folder } = bookThatWasRead("doc");
    const custom = [{ key: "title", value: "Mine" }];
    ok(write(reading(book), { keys: [], custom }).ok);
    ok(write(reading(book), { keys: [], custom: [{ key: "authors", value: "Me" }] }).ok);
    const { custom: stored } = reading(book);
    equal(luaText(get(stored, "custom_props") ?? 0), luaText(native({ title: "Mine", authors: "Me" })));
    equal(luaText(get(stored, "doc_props") ?? 0), luaText(native(DATA.doc_props)));
    ok(isThere(`${folder}/custom_metadata.lua`));
  });
});

describe("a backup", () => {
  it("is made before the first change of a day", () => {
    const { book, main } = bookThatWasRead("doc");
    const before = textOf(main);
    ok(write(reading(book), { keys: [NEW_LIST] }).ok);
    ok(write(reading(book), { keys: [{ key: "annotations", value: native([]) }] }).ok);
    const [backup, ...others] = backupsOf(book);
    same(others, []);
    equal(textOf(backup ?? ""), before);
  });

  it("stays for thirty days of changes", () => {
    const { book } = bookThatWasRead("doc");
    for (const day of $range(1, 40)) {
      put(`./settings/ribbon-sdr-backup/2025-01-${string.format("%02d", day)}/x.lua`, "return {}");
    }
    ok(write(reading(book), { keys: [NEW_LIST] }).ok);
    const [pipe] = io.popen("ls ./settings/ribbon-sdr-backup | wc -l");
    equal(tonumber(pipe?.read("*a") ?? "0"), 30);
    equal(backupsOf(book).length, 1);
  });
});
