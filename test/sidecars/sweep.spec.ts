import { describe, equal, it, ok, same } from "../support/spec";
import { newDevice, put } from "../support/lua/sidecar-device";
import { readHistory } from "../reader/apps/history";
import { makePath } from "../reader/system/paths";
import { sweep } from "../../src/koreader/sidecars/sweep";
import type { SweepTally } from "../../src/ports/sidecars";

const HASH = "d41d8cd98f00b204e9800998ecf8427e";

/** What a sweep tells, and the stamps that it leaves. */
class Diary {
  readonly stamps = new Map<string, string>();
  changed: string[] = [];
  tally?: SweepTally;

  look(): string[] {
    const known: Record<string, string> = {};
    for (const [book, stamp] of this.stamps) known[book] = stamp;
    this.changed = [];
    const pathIn = (path: string): string | undefined => (dofile(path) as { doc_path?: string }).doc_path;
    this.tally = sweep(pathIn, known, ({ sighting, stamp }) => {
      this.changed.push(sighting.book);
      this.stamps.set(sighting.book, stamp);
    });
    return this.changed;
  }
}

function bookBeside(path: string, age = 1000): string {
  const [stem, suffix] = string.match(path, "^(.*)%.([^.]*)$");
  put(path, path);
  put(`${stem}.sdr/metadata.${suffix}.lua`, `return { ["doc_path"] = "${path}" }`, age);
  return path;
}

function bookByPath(path: string): string {
  const [stem, suffix] = string.match(path, "^(.*)%.([^.]*)$");
  put(path, path);
  put(`./docsettings${stem}.sdr/metadata.${suffix}.lua`, "return { 1 }");
  return path;
}

function bookByDigest(path: string): string {
  put(path, "");
  put(`./hashdocsettings/d4/${HASH}.sdr/metadata.epub.lua`, `return { ["doc_path"] = "${path}" }`);
  return path;
}

const sweptNow = (diary: Diary): string[] => diary.look();

describe("a sweep", () => {
  it("finds the books of all places, however deep, and each once", () => {
    const books = newDevice();
    const all = [
      bookBeside(`${books}/a.epub`),
      bookBeside(`${books}/a.pdf`),
      bookBeside(`${books}/deep/er/and/deeper/b.epub`),
      bookByPath(`${books}/far/c.fb2.zip`),
      bookByDigest(`${books}/e.epub`),
    ];
    bookByPath(`${books}/a.epub`);
    const found = sweptNow(new Diary());
    same(found.length, new Set(found).size);
    for (const book of all) ok(found.includes(book), book);
  });

  it("finds a book outside the home folder by KOReader's history", () => {
    newDevice();
    makePath("./card");
    const book = bookBeside("./card/f.epub");
    readHistory.addItem(book, 1000);
    same(sweptNow(new Diary()), [book]);
    readHistory.removeItemByPath(book);
  });

  it("tells nothing when nothing changed, and afterwards what did", () => {
    const books = newDevice();
    const first = bookBeside(`${books}/a.epub`);
    bookBeside(`${books}/b.epub`);
    const diary = new Diary();
    equal(sweptNow(diary).length, 2);
    equal(sweptNow(diary).length, 0);
    same(diary.tally, { books: 2, changed: 0, gone: 0 });
    put(`${books}/a.sdr/metadata.epub.lua`, "return { 1, 2 }", 900);
    same(sweptNow(diary), [first]);
  });

  it("looks again at what is too young to be told from its next change", () => {
    const books = newDevice();
    const book = bookBeside(`${books}/a.epub`, 0);
    const diary = new Diary();
    same(sweptNow(diary), [book]);
    same(sweptNow(diary), [book]);
  });

  it("takes a sidecar that moved to another place for changed, not for gone", () => {
    const books = newDevice();
    const book = bookBeside(`${books}/a.epub`);
    const diary = new Diary();
    sweptNow(diary);
    os.remove(`${books}/a.sdr/metadata.epub.lua`);
    bookByPath(book);
    same(sweptNow(diary), [book]);
    equal(diary.tally?.gone, 0);
  });

  it("tells that a known book has no sidecar any more", () => {
    const books = newDevice();
    bookBeside(`${books}/a.epub`);
    const diary = new Diary();
    sweptNow(diary);
    os.remove(`${books}/a.sdr/metadata.epub.lua`);
    sweptNow(diary);
    same(diary.tally, { books: 0, changed: 0, gone: 1 });
  });

  it("is not led in circles, and leaves hidden folders alone", () => {
    const books = newDevice();
    bookBeside(`${books}/a/a.epub`);
    bookBeside(`${books}/.kobo-images/b.epub`);
    os.execute(`ln -s .. '${books}/a/up'; ln -s a '${books}/again'`);
    const diary = new Diary();
    ok(!sweptNow(diary).some(book => string.find(book, "kobo", 1, true)[0] !== undefined));
    equal(diary.tally?.books, 2);
  });
});
