import { describe, expect, it } from "vitest";
import { makeTitleMatcher, volumeOf, type TitledBook } from "../../../src/shelf/statistics/match-by-title";
import { plainText, similarity } from "../../../src/shelf/statistics/similarity";

const book = (id: number, title: string, more: Partial<TitledBook> = {}): TitledBook => ({
  ...{ id, title, author: null, series: null, seriesIndex: null },
  ...more,
});

const LIBRARY = [
  book(1, "Paper Lanterns", { series: "Paper Lanterns", seriesIndex: 1, author: "Noa Hartwell" }),
  book(2, "Paper Lanterns", { series: "Paper Lanterns", seriesIndex: 2, author: "Noa Hartwell" }),
  book(3, "Windfall", { series: "The Clockwork Orchard", seriesIndex: 1.5 }),
  book(4, "Tidewater Letters", { author: "R. Voss" }),
];

describe("a book of KOReader's statistics", () => {
  it.each([
    ["Paper Lanterns 02", null, 2],
    ["Paper Lanterns, Vol. 2", null, 2],
    ["Paper Lanterns 9", "Noa Hartwell", "unmatched"],
    ["The Clockwork Orchard 1.5 - Windfall", null, 3],
    ["tidewater letters", null, 4],
    ["Tidewater Letter", null, 4],
    ["Tidewater Lattore", "R. Voss", 4],
    ["Tidewater Lattore", "Somebody Else", "review"],
    ["Tidewater Lessons", "R. Voss", "review"],
    ["Zymurgy Quarterly", null, "unmatched"],
    ["", null, "unmatched"],
    ["   ", "R. Voss", "unmatched"],
    ["9".repeat(100_000), null, "unmatched"],
  ])("%s by %s → %s", (title, authors, expected) => {
    const match = makeTitleMatcher(LIBRARY)({ title, authors });
    expect(match.kind === "matched" ? match.bookId : match.kind).toBe(expected);
  });

  it("meets an empty library", () => {
    expect(makeTitleMatcher([])({ title: "Ash", authors: null }).kind).toBe("unmatched");
  });
});

it.each([
  ["Paper Lanterns Vol. 3", "Paper Lanterns", 3],
  ["Paper Lanterns Book 3: Dusk", "Paper Lanterns", 3],
  ["Series 01 - The Beginning", "Series", 1],
  ["Orchard T 2", "Orchard", 2],
  ["Salt and Signal", "Salt and Signal", undefined],
  ["1984", "1984", undefined],
] as const)("%s is volume %s %s", (title, name, volume) => {
  expect(volumeOf(title)).toEqual({ name, volume });
});

it.each([
  ["Ash", "ash", 1],
  ["Ash!", "(ash)", 1],
  ["", "", 0],
  ["夜行列車", "夜行列車", 1],
  ["abcd", "abce", 0.75],
] as const)("%s and %s are alike by %d", (a, b, expected) => {
  expect(similarity(plainText(a), plainText(b))).toBe(expected);
});

it("gives up on what is less alike than is asked for", () => {
  expect(similarity("abcd", "abce", 0.75)).toBe(0.75);
  expect(similarity("abcd", "abce", 0.8)).toBe(0);
  expect(similarity("abcd", "abcdefgh", 0.6)).toBe(0);
});
