import { byteLength, characterOf, charactersOf, textOf } from "../../src/core/characters";
import { extensionOf, MOST_NAME_BYTES, safeFile, safeFolder, safeName } from "../../src/core/file-name";
import { folded, lowerCase, upperCase } from "../../src/core/letter-case";
import { TakenPaths } from "../../src/core/taken-names";
import { describe, equal, it, ok, same } from "../support/spec";

describe("a name for a file", () => {
  const cases: [text: string, name: string][] = [
    ["Emma", "Emma"],
    ["Fahrenheit 451: A Novel", "Fahrenheit 451_ A Novel"],
    ["Fate/stay night", "Fate-stay night"],
    ["a\\b", "a-b"],
    ['The "Best" of *?<>|', "The 'Best' of _____"],
    ["  two   blanks\tand\na line ", "two blanks and a line"],
    ["bell\u0007 and \u007f and \u0085", "bell and and"],
    ["turned \u202egnp.epub", "turned gnp.epub"],
    ["isolated \u2066gnp\u2069.epub", "isolated gnp.epub"],
    ["two\u200b like\u00ad one\u2060", "two like one"],
    ["nothing\u0000here", "nothinghere"],
    ["Wait...", "Wait"],
    [".hack", "hack"],
    ["..", ""],
    ["../../etc/passwd", "-..-etc-passwd"],
    [". . .", ""],
    ["CON", "_CON"],
    ["con.aux", "_con.aux"],
    ["Nul .txt", "_Nul .txt"],
    ["COM1", "_COM1"],
    ["lpt²", "_lpt²"],
    ["Contact", "Contact"],
    ["COM10", "COM10"],
    ["Émile Zola — Germinal", "Émile Zola — Germinal"],
    ["薬屋のひとりごと", "薬屋のひとりごと"],
  ];
  for (const [text, name] of cases) {
    it(`${name} is made of ${text.split("\n").join(" ")}`, () => {
      equal(safeName(text), name);
      equal(safeName(name), name);
    });
  }

  it("is 240 bytes long at most, and no character is cut", () => {
    const name = safeName("あ".repeat(100));
    equal(byteLength(name), MOST_NAME_BYTES);
    equal(name, "あ".repeat(80));
    equal(safeName(`a${"あ".repeat(100)}`), `a${"あ".repeat(79)}`);
    equal(safeName("😀".repeat(61)), "😀".repeat(60));
  });

  it("keeps accents with their letters", () => {
    equal(safeName(`${"x".repeat(239)}e\u0301`), "x".repeat(239));
    equal(safeName("か\u3099".repeat(60)), "か\u3099".repeat(40));
    equal(safeName(`${"x".repeat(230)}👩\u200d👩\u200d👧`), "x".repeat(230));
    equal(byteLength(safeName(`e${"\u0301".repeat(200)}`)), 239);
  });

  it("does not become a device by being cut", () => {
    equal(safeName("CONTACT", 3), "_CO");
  });
});

describe("a file", () => {
  it("keeps its extension and its number when its name is cut", () => {
    equal(safeFile("Emma", ".kepub.epub"), "Emma.kepub.epub");
    const long = safeFile("あ".repeat(100), ".epub", " (12)");
    ok(long.endsWith("あ (12).epub"));
    ok(byteLength(long) <= MOST_NAME_BYTES);
  });

  it("has an extension of letters and digits", () => {
    same(
      ["EPUB", "kepub.epub", "../sh", "", "a/b", "é"].map(format => extensionOf(format)),
      [".epub", ".kepub.epub", ".sh", "", ".ab", ""],
    );
    equal(extensionOf("x".repeat(30)), "");
  });
});

describe("a folder", () => {
  it("is never taken for a book's data", () => {
    equal(safeFolder("Notes.sdr"), "Notes_sdr");
    equal(safeFolder("NOTES.SDR."), "NOTES_sdr");
  });
});

describe("letters", () => {
  it("are made small and capital beyond English", () => {
    equal(lowerCase("ÉMILE ΟΔΥΣΣΕΙΑ ВОЙНА Łódź Ấ Ա"), "émile οδυσσεια война łódź ấ ա");
    equal(upperCase("émile οδύσσεια война łódź ÿ ß"), "ÉMILE ΟΔΎΣΣΕΙΑ ВОЙНА ŁÓDŹ Ÿ ß");
    equal(lowerCase("日本語 × ÷"), "日本語 × ÷");
  });

  it("are the same for a file system without capitals", () => {
    equal(folded("ΟΔΥΣΣΕΥΣ"), folded("οδυσσευς"));
    ok(folded("Émile") !== folded("Emile"));
  });
});

describe("text by its characters", () => {
  it("is put together again", () => {
    for (const text of ["", "a", "é", "あ", "😀", "a😀é\u0301\u0000"]) equal(textOf(charactersOf(text)), text);
    for (const code of [0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff]) {
      same(charactersOf(characterOf(code).text), [characterOf(code)]);
    }
  });
});

describe("what is taken", () => {
  it("is taken in capitals too", () => {
    const taken = new TakenPaths(["/books/Émile.epub"]);
    ok(taken.has("/Books/éMILE.EPUB"));
    ok(!taken.has("/books/Emile.epub"));
    taken.add("/books/emile.epub");
    ok(taken.has("/books/Emile.epub"));
  });
});
