import { calibreUuidIn, identifiersIn } from "../../src/core/identifiers";
import { type BookNames, isSameBook } from "../../src/core/same-book";
import { describe, equal, it, same } from "../support/spec";

const DUNE: BookNames = { title: "Dune", authors: "Frank Herbert", identifiers: [] };
const ISBN = "isbn:9780306406157";
const OTHER_ISBN = "isbn:9781402894626";
const CALIBRE = "calibre:0c8fc6cf-b40c-995f-25f1-0120e5e46af7";
const OTHER_CALIBRE = "calibre:7b1f2cde-b40c-995f-25f1-0120e5e46af7";
const UUID = "uuid:aaaabbbb-b40c-995f-25f1-0120e5e46af7";
const OTHER_UUID = "uuid:ccccdddd-b40c-995f-25f1-0120e5e46af7";
const LONG = "0123456789".repeat(12);

describe("a file in the place of a book", () => {
  const cases: [string, boolean, Partial<BookNames>, Partial<BookNames>][] = [
    ["has its title and authors", true, {}, {}],
    ["has a title that begins like its own", false, {}, { title: "Dune Messiah" }],
    ["has a title that ends like its own", false, { title: "Messiah" }, { title: "Dune Messiah" }],
    ["has its title only", false, {}, { authors: "Brian Herbert" }],
    ["has its title, and nobody knows by whom", true, {}, { authors: "" }],
    ["has its authors, and no title", false, {}, { title: "" }],
    ["says as little as it does", false, { title: "Unknown", authors: "" }, { title: "Unknown", authors: "" }],
    ["has another title, its authors and its ISBN", true, { identifiers: [ISBN] }, { title: "Dune: A Novel", identifiers: [ISBN] }], // prettier-ignore
    ["has another title, its authors and its UUID", true, { identifiers: [UUID] }, { title: "Dune I", identifiers: [UUID] }], // prettier-ignore
    ["has its ISBN, and other authors", false, { identifiers: [ISBN] }, { authors: "Brian Herbert", identifiers: [ISBN] }], // prettier-ignore
    ["has all its names, and another ISBN", false, { identifiers: [ISBN] }, { identifiers: [OTHER_ISBN] }],
    ["has one of its ISBNs", true, { identifiers: [ISBN, OTHER_ISBN] }, { identifiers: [OTHER_ISBN] }],
    ["was converted: its UUID is new", true, { identifiers: [UUID] }, { identifiers: [OTHER_UUID] }],
    ["is calibre's same book under any name", true, { identifiers: [CALIBRE, ISBN] }, { title: "Emma", authors: "J", identifiers: [CALIBRE, OTHER_ISBN] }], // prettier-ignore
    ["is another book of calibre's", false, { identifiers: [CALIBRE] }, { identifiers: [OTHER_CALIBRE] }],
    ["has as many fixed pages", true, { pages: 300 }, { pages: 300 }],
    ["has other fixed pages", false, { pages: 300 }, { pages: 301 }],
    ["has its names, and its pages were never counted", true, {}, { pages: 301 }],
  ];
  for (const [what, isIt, before, now] of cases) {
    it(`${what}: ${isIt ? "the same" : "another"}`, () => {
      equal(isSameBook({ ...DUNE, ...before }, { ...DUNE, ...now }), isIt);
      equal(isSameBook({ ...DUNE, ...now }, { ...DUNE, ...before }), isIt);
    });
  }
});

describe("identifiers", () => {
  it("are read from KOReader's lines, but for what names nothing", () => {
    const lines = `URN:ISBN:9780306406157\nisbn:0000000000\nx:9780306406157\n${UUID}\nuuid:${LONG}`;
    same(identifiersIn(lines), [ISBN, UUID]);
    same(identifiersIn(""), []);
  });

  it("of calibre's are long: a number in a row of one is many books'", () => {
    equal(calibreUuidIn(`isbn:1\n${CALIBRE.toUpperCase()}`), CALIBRE.slice(8));
    equal(calibreUuidIn("calibre:1"), undefined);
    equal(calibreUuidIn("calibre:"), undefined);
  });
});
