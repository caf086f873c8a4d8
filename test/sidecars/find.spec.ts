import { describe, equal, it, ok, same } from "../support/spec";
import { isThere, newDevice, put } from "../support/lua/sidecar-device";
import { docSettings } from "../reader/settings/doc-settings";
import { find, stampOf } from "../../src/koreader/sidecars/find";
import { bookOf, bookOfHistory } from "../../src/koreader/sidecars/names";

const HASH = "d41d8cd98f00b204e9800998ecf8427e";
const text = (mark: string): string => `return { ["mark"] = "${mark}" }`;

/** A book whose sidecars lie in each of these places, with the age of each in seconds. */
function bookWith(ages: Record<string, number>, settings: Record<string, unknown> = {}): string {
  const books = newDevice(settings);
  const book = `${books}/A/foo.epub`;
  put(book, "");
  const paths: Record<string, string> = {
    doc: `${books}/A/foo.sdr/metadata.epub.lua`,
    docOld: `${books}/A/foo.sdr/metadata.epub.lua.old`,
    dotted: `${books}/A/foo.sdr/foo.epub.lua`,
    dir: `./docsettings${books}/A/foo.sdr/metadata.epub.lua`,
    dirOld: `./docsettings${books}/A/foo.sdr/metadata.epub.lua.old`,
    hash: `./hashdocsettings/d4/${HASH}.sdr/metadata.epub.lua`,
    history: `./history/[${string.gsub(`${books}/A/`, "/", "#")[0]}] foo.epub.lua`,
    kpdfview: `${book}.kpdfview.lua`,
  };
  for (const [name, age] of Object.entries(ages)) put(paths[name] ?? error(name), text(name), age);
  return book;
}

const stemOf = (book: string): string => string.match(book, "^(.*)%.[^.]*$")[0] ?? book;

/** The mark of the sidecar that the stand-in's DocSettings loads: KOReader's own choice. */
const loaded = (book: string): unknown => docSettings.open(book).readSetting("mark");

/** The mark of the file that we name first. */
function named(book: string): unknown {
  const path = find(book)?.files[0]?.path ?? error("no sidecar");
  return (dofile(path) as { mark: unknown }).mark;
}

describe("the sidecar of a book", () => {
  const cases: [string, Record<string, number>, string][] = [
    ["beside the book", { doc: 500 }, "doc"],
    ["in KOReader's folder by path", { dir: 500 }, "dir"],
    ["in KOReader's folder by digest", { hash: 500 }, "hash"],
    ["in KOReader's oldest place", { history: 500 }, "history"],
    ["of kpdfview", { kpdfview: 500 }, "kpdfview"],
    ["of before 2017", { dotted: 500 }, "dotted"],
    ["the newest of several", { doc: 500, dir: 400, hash: 450 }, "dir"],
    ["that by digest when it is the newest", { doc: 500, dir: 400, hash: 350 }, "hash"],
    ["the one that KOReader prefers when they are of one age", { doc: 400, dir: 400, hash: 400 }, "doc"],
    ["the file, not its older copy with a newer time", { doc: 500, docOld: 100 }, "doc"],
    ["the copy when the file is gone", { docOld: 300 }, "docOld"],
    ["the file of another place when a copy is older", { docOld: 300, dir: 200 }, "dir"],
    ["a file lent its copy's time", { doc: 500, docOld: 100, dir: 200 }, "doc"],
    ["a file not lent another's time", { doc: 500, dir: 300, dirOld: 100, hash: 200 }, "dir"],
  ];
  for (const [what, ages, mark] of cases) {
    it(what, () => {
      for (const preferred of ["doc", "dir", "hash"]) {
        const book = bookWith(ages, { document_metadata_folder: preferred });
        equal(named(book), mark);
        equal(loaded(book), mark);
      }
    });
  }

  it("is none for a book that was never opened", () => {
    const book = bookWith({});
    equal(find(book), undefined);
  });

  it("is not that of another format in the same folder", () => {
    const book = bookWith({ doc: 500 });
    const other = `${stemOf(book)}.pdf`;
    put(other, "");
    equal(find(other), undefined);
    put(`${stemOf(book)}.sdr/metadata.pdf.lua`, text("pdf"));
    equal(named(other), "pdf");
    equal(named(book), "doc");
  });

  it("is found without an extension", () => {
    const books = newDevice();
    put(`${books}/README`, "");
    put(`${books}/README.sdr/metadata._.lua`, text("plain"));
    equal(named(`${books}/README`), "plain");
  });

  it("is looked for without changing anything", () => {
    const book = bookWith({ doc: 500, docOld: 600, dir: 400 });
    put(`${stemOf(book)}.sdr/metadata.epub.lua`, "broken(", 100);
    equal(find(book)?.files.length, 3);
    ok(isThere(`${stemOf(book)}.sdr/metadata.epub.lua`));
  });
});

describe("a stamp", () => {
  it("changes with the file that is read, and with corrections of the metadata", () => {
    const book = bookWith({ doc: 500 });
    const stamp = () => stampOf(find(book) ?? error("no sidecar"));
    const before = stamp();
    equal(stamp(), before);
    const folder = `${stemOf(book)}.sdr`;
    put(`${folder}/custom_metadata.lua`, "return {}", 300);
    const corrected = stamp();
    ok(corrected !== before);
    put(`${folder}/metadata.epub.lua`, text("longer than before"), 500);
    ok(stamp() !== corrected);
  });

  it("is none while a file is so young that its next change may not show", () => {
    equal(stampOf(find(bookWith({ doc: 0 })) ?? error("no sidecar")), "");
    equal(stampOf(find(bookWith({ doc: -3600 })) ?? error("no sidecar")), "");
  });

  it("changes when the sidecar moves to another place", () => {
    const before = stampOf(find(bookWith({ doc: 500 })) ?? error("no sidecar"));
    const after = stampOf(find(bookWith({ dir: 500 })) ?? error("no sidecar"));
    ok(before !== after);
  });
});

describe("a sidecar's name", () => {
  it("says which book it is of", () => {
    equal(bookOf("/b/A/foo.sdr", "metadata.epub.lua"), "/b/A/foo.epub");
    equal(bookOf("/b/A/foo.sdr", "metadata.epub.lua.old"), "/b/A/foo.epub");
    equal(bookOf("/b/A/foo.v2.sdr", "metadata.fb2.zip.lua"), "/b/A/foo.v2.fb2.zip");
    equal(bookOf("/b/A/foo.sdr", "metadata._.lua"), "/b/A/foo");
    equal(bookOf("/b/A/foo.sdr", "foo.epub.lua"), "/b/A/foo.epub");
    equal(bookOfHistory("[#b#A#] foo.epub.lua"), "/b/A/foo.epub");
  });

  it("is not taken from what else lies there", () => {
    same(
      ["custom_metadata.lua", "cover.jpg", "..", "metadata.lua"].map(name => bookOf("/b/foo.sdr", name) ?? "none"),
      ["none", "none", "none", "/b/metadata"],
    );
  });
});
