// What must hold of every path, whatever a server calls its books and whatever a reader types as a template.
import fc from "../support/node/fast-check";
import { describe, expect, it } from "vitest";
import { bookPath, pathText } from "../../src/core/book-path";
import type { CatalogueBook } from "../../src/core/catalogue";
import { byteLength } from "../../src/core/characters";
import { MOST_NAME_BYTES, safeFolder, safeName } from "../../src/core/file-name";
import { areAlike, folded, lowerCase, upperCase } from "../../src/core/letter-case";
import { parseTemplate, type PathTemplate } from "../../src/core/path-template";
import { freePath, MOST_PATH_BYTES, TakenPaths } from "../../src/core/taken-names";
import { bookName, template } from "../differential/arbitraries";
import { SAMPLING } from "../support/node/differential";

const BASE = "/mnt/onboard";
const FORBIDDEN = /[\\:*?"<>|\u0000-\u001f\u007f-\u009f]/u;
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[. ]*(\.|$)/iu;

const book: fc.Arbitrary<CatalogueBook> = fc.record(
  {
    remoteId: fc.nat().map(String),
    title: bookName,
    author: bookName,
    series: bookName,
    volume: fc.oneof(fc.double(), fc.nat({ max: 40 })),
    bookType: bookName,
    files: fc.constant([]),
  },
  { requiredKeys: ["remoteId", "title", "files"] },
);
const format = fc.oneof(fc.constantFrom("epub", "kepub.epub", "CBZ", "../x", ""), bookName);
const layout: fc.Arbitrary<PathTemplate | undefined> = fc.oneof(
  fc.constant(undefined),
  template.map(typed => {
    const parsed = parseTemplate(typed);
    return parsed.ok ? parsed.value : undefined;
  }),
);

function always(...properties: [fc.Arbitrary<unknown>, (value: never) => void]): void {
  const [arbitrary, check] = properties;
  fc.assert(
    fc.property(arbitrary, value => {
      check(value as never);
    }),
    SAMPLING,
  );
}

function expectSafe(name: string): void {
  expect(byteLength(name)).toBeLessThanOrEqual(MOST_NAME_BYTES);
  expect(Buffer.byteLength(name)).toBe(byteLength(name));
  expect(name).not.toMatch(FORBIDDEN);
  expect(name).not.toMatch(/^[. ]|[. ]$/u);
  expect(name).not.toMatch(DEVICE);
  expect(name).not.toMatch(/\.sdr$/iu);
  expect(Buffer.from(name).toString()).toBe(name);
}

describe("a path", () => {
  it("has only names that every file system takes, and leads down from its folder", () => {
    always(fc.tuple(layout, book, format), ([how, of, ending]: [PathTemplate | undefined, CatalogueBook, string]) => {
      const names = pathText(bookPath(how, of, ending)).split("/");
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        expect(name).not.toBe("");
        expectSafe(name);
      }
    });
  });

  it("is nobody else's, on a disk without capitals too", () => {
    const books = fc.array(book, { minLength: 2, maxLength: 12 });
    always(fc.tuple(layout, books), ([how, all]: [PathTemplate | undefined, CatalogueBook[]]) => {
      const taken = new TakenPaths();
      const keys = new Set<string>();
      for (const each of [...all, ...all]) {
        const path = freePath(BASE, bookPath(how, each, "epub"), candidate => taken.has(candidate));
        expect(path.startsWith(`${BASE}/`)).toBe(true);
        path
          .slice(BASE.length + 1)
          .split("/")
          .forEach(expectSafe);
        taken.add(path);
        keys.add(folded(path));
      }
      expect(keys.size).toBe(all.length * 2);
    });
  });

  it("is what the preview says when nothing is in its place", () => {
    always(fc.tuple(layout, book), ([how, of]: [PathTemplate | undefined, CatalogueBook]) => {
      const path = bookPath(how, of, "epub");
      expect(freePath(BASE, path, () => false)).toBe(`${BASE}/${pathText(path)}`);
    });
  });

  it("is never longer than a path can be", () => {
    const deep = { folders: Array.from({ length: 30 }, () => "x".repeat(200)), stem: "Emma", extension: ".epub" };
    expect(freePath(BASE, deep, () => false)).toBe(`${BASE}/Emma.epub`);
    const wide = { folders: ["あ".repeat(80), "い".repeat(80)], stem: "Emma", extension: ".epub" };
    expect(freePath("/".padEnd(MOST_PATH_BYTES - 300, "b"), wide, () => false)).toMatch(/b\/Emma\.epub$/u);
  });
});

describe("a safe name", () => {
  it("is safe, and stays as it is", () => {
    always(fc.tuple(bookName, fc.integer({ min: 4, max: 240 })), ([text, most]: [string, number]) => {
      const name = safeName(text, most);
      expectSafeStem(name);
      expect(byteLength(name)).toBeLessThanOrEqual(most);
      expect(safeName(name, most)).toBe(name);
    });
  });

  it("of a folder is no folder of KOReader's", () => {
    always(bookName, (text: string) => {
      const name = safeFolder(text);
      expectSafe(name);
      expect(safeFolder(name)).toBe(name);
    });
  });
});

function expectSafeStem(name: string): void {
  if (!/\.sdr$/iu.test(name)) expectSafe(name);
}

/** What the languages of Europe are written in, apart from ancient Greek and İ, whose small letter is two characters. */
function isCommon(code: number): boolean {
  if (code === 0x130 || code === 0x1e9e) return false;
  return (
    code < 0x180 ||
    (code >= 0x386 && code < 0x3cf) ||
    (code >= 0x400 && code < 0x530) ||
    (code >= 0x1e00 && code < 0x1f00)
  );
}

describe("capitals", () => {
  it("are Unicode's, as far as they go", () => {
    const others: string[] = [];
    for (let code = 0; code < 0x2000; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const ours = lowerCase(character);
      if (ours !== character) expect(ours, code.toString(16)).toBe(character.toLowerCase());
      else if (character.toLowerCase() !== character && isCommon(code)) others.push(code.toString(16));
      const capital = upperCase(character);
      if (capital !== character) expect(capital, code.toString(16)).toBe(character.toUpperCase());
    }
    expect(others).toEqual([]);
  });

  it("do not part what a disk takes for one", () => {
    always(bookName, (text: string) => {
      expect(folded(upperCase(text))).toBe(folded(text));
      expect(folded(lowerCase(text))).toBe(folded(text));
      expect(folded(folded(text))).toBe(folded(text));
    });
  });

  it("are compared as they are folded", () => {
    const piece = fc.constantFrom("a", "A", "b", "é", "É", "ſ", "s", "ς", "σ", "ẞ", "ß", "1", "/");
    const word = fc.array(piece, { maxLength: 4 }).map(pieces => pieces.join(""));
    always(fc.tuple(word, word), ([one, other]: [string, string]) => {
      expect(areAlike(one, other)).toBe(folded(one) === folded(other));
    });
  });
});
