import { bookPath, pathText } from "../../src/core/book-path";
import type { CatalogueBook } from "../../src/core/catalogue";
import { FLAT_TEMPLATE, parseTemplate, type TemplateProblem } from "../../src/core/path-template";
import { describe, equal, it, same } from "../support/spec";

const volume: CatalogueBook = {
  remoteId: "7",
  title: "The Two Towers",
  author: "J. R. R. Tolkien",
  series: "The Lord of the Rings",
  volume: 2,
  bookType: "book",
  files: [],
};
const alone: CatalogueBook = { remoteId: "8", title: "Emma", author: "Jane Austen", files: [] };
const nameless: CatalogueBook = { remoteId: "9", title: "Beowulf", files: [] };

function pathOf(template: string | undefined, book: CatalogueBook, format = "epub"): string {
  if (template === undefined) return pathText(bookPath(undefined, book, format));
  const parsed = parseTemplate(template);
  return parsed.ok ? pathText(bookPath(parsed.value, book, format)) : `no template: ${parsed.failure.kind}`;
}

describe("the usual folders", () => {
  const cases: [book: CatalogueBook, path: string][] = [
    [volume, "book/The Lord of the Rings/Vol. 2 — The Two Towers.epub"],
    [{ ...volume, volume: 1.5 }, "book/The Lord of the Rings/Vol. 1.5 — The Two Towers.epub"],
    [{ ...volume, volume: 0 }, "book/The Lord of the Rings/Vol. 0 — The Two Towers.epub"],
    [{ ...volume, volume: 0.1 + 0.2 }, "book/The Lord of the Rings/Vol. 0.3 — The Two Towers.epub"],
    [{ ...volume, volume: 10.05 }, "book/The Lord of the Rings/Vol. 10.05 — The Two Towers.epub"],
    [{ ...volume, volume: -1 }, "book/The Lord of the Rings/The Two Towers.epub"],
    [{ ...volume, bookType: "light_novel" }, "light_novel/The Lord of the Rings/Vol. 2 — The Two Towers.epub"],
    [alone, "book/Jane Austen/Emma.epub"],
    [nameless, "book/Beowulf.epub"],
    [{ ...volume, series: "..", author: "..", title: ".." }, "book/Book 7.epub"],
    [{ ...nameless, bookType: "../.." }, "-/Beowulf.epub"],
    [{ ...nameless, title: "A/B", author: "C/D" }, "book/C-D/A-B.epub"],
  ];
  for (const [book, path] of cases) {
    it(path, () => {
      equal(pathOf(undefined, book), path);
    });
  }
});

describe("a template", () => {
  const cases: [template: string, book: CatalogueBook, path: string][] = [
    [FLAT_TEMPLATE, volume, "The Lord of the Rings - 02 - The Two Towers.epub"],
    [FLAT_TEMPLATE, { ...volume, volume: 1.5 }, "The Lord of the Rings - 1.5 - The Two Towers.epub"],
    [FLAT_TEMPLATE, alone, "Emma.epub"],
    [FLAT_TEMPLATE, { ...alone, series: "Austen" }, "Austen - Emma.epub"],
    ["{volume:000}", { ...volume, volume: 12 }, "012.epub"],
    ["{volume}", { ...volume, volume: 1200 }, "1200.epub"],
    ["{Lower(author)}/{Upper(title)}", alone, "jane austen/EMMA.epub"],
    ["{ lower( Title ) }", alone, "emma.epub"],
    ["{Upper(volume:00)}", volume, "02.epub"],
    ["Books/{title}", alone, "Books/Emma.epub"],
    ["/a//./../{title}", alone, "a/Emma.epub"],
    ["{series}/{title}", alone, "Emma.epub"],
    ["{title}/{series}", alone, "Emma/Emma.epub"],
    ["{title} ({author})", nameless, "Beowulf.epub"],
    ["{title} [{series}, {volume}]", nameless, "Beowulf.epub"],
    ["{author}, {title}", nameless, "Beowulf.epub"],
    ["{title}_{author}_{series}", alone, "Emma_Jane Austen.epub"],
    ["{series} {volume} - {title}", { ...volume, volume: -1 }, "The Lord of the Rings - The Two Towers.epub"],
    ["_new/{title}", alone, "_new/Emma.epub"],
    ["{title}", { ...alone, title: "-1-" }, "-1-.epub"],
    ["{title}", { ...alone, title: "{author}" }, "{author}.epub"],
    ["a\\b{title}", alone, "a-bEmma.epub"],
  ];
  for (const [template, book, path] of cases) {
    it(`${template} gives ${path}`, () => {
      equal(pathOf(template, book), path);
    });
  }
});

describe("what is no template", () => {
  const cases: [template: string, problem: TemplateProblem][] = [
    ["", { kind: "empty" }],
    ["  ", { kind: "empty" }],
    ["/../.", { kind: "empty" }],
    ["Books/all", { kind: "no-token" }],
    ["{titel}", { kind: "unknown-token", token: "{titel}" }],
    ["{}", { kind: "unknown-token", token: "{}" }],
    ["{series}/{Lower(name)}", { kind: "unknown-token", token: "{Lower(name)}" }],
    ["{Title(series)}", { kind: "unknown-change", token: "{Title(series)}" }],
    ["{title", { kind: "unclosed", token: "{title" }],
    ["{Lower(title}", { kind: "unclosed", token: "{Lower(title}" }],
    ["title}", { kind: "unopened" }],
    ["{volume:2}", { kind: "bad-digits", token: "{volume:2}" }],
    ["{volume:}", { kind: "bad-digits", token: "{volume:}" }],
    ["{volume:00000}", { kind: "bad-digits", token: "{volume:00000}" }],
    ["{title:00}", { kind: "bad-digits", token: "{title:00}" }],
    ["a/b/c/d/e/f/g/h/{title}", { kind: "too-deep" }],
    ["x".repeat(201), { kind: "too-long" }],
  ];
  for (const [template, problem] of cases) {
    it(`${template.slice(0, 20)} says ${problem.kind}`, () => {
      const parsed = parseTemplate(template);
      same(parsed.ok ? undefined : parsed.failure, problem);
    });
  }
});
