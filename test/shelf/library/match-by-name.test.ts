import { describe, expect, it } from "vitest";
import { matchByName, volumeIn } from "../../../src/shelf/library/match-by-name";

const books = [
  { id: 1, title: "Paper Lanterns", seriesIndex: 1 },
  { id: 2, title: "Paper Lanterns", seriesIndex: 2 },
  { id: 3, title: "Salt and Signal", seriesIndex: null },
  { id: 4, title: "Salt and Signal Returns", seriesIndex: null },
  { id: 5, title: "Ash", seriesIndex: null },
  { id: 6, title: "Café Müller", seriesIndex: null },
  { id: 7, title: "The Long Winter", seriesIndex: null },
  { id: 8, title: "", seriesIndex: null },
];

describe("a book matched by its file's name", () => {
  it.each([
    ["Paper Lanterns v02 [scan].epub", 2, "the volume decides between equal titles"],
    ["Paper Lanterns Vol. 1.epub", 1, "volume as a word"],
    ["Ines Calloway - Salt and Signal.epub", 3, "a title inside a longer name"],
    ["Salt and Signal Returns (2nd ed).epub", 4, "the longest title wins"],
    ["Ash.epub", 5, "a short title that is the whole name"],
    ["CAFÉ MÜLLER - 2004.pdf", 6, "case of every script"],
    ["The Long.epub", 7, "the beginning of one title"],
    ["Long Winter.epub", 7, "the beginning of a word in one title"],
  ])("%s → %i: %s", (name, id) => {
    expect(matchByName(name, books)).toEqual({ kind: "found", id });
  });

  it.each([
    ["Paper Lanterns.epub", "ambiguous", "equal titles, no volume"],
    ["Paper Lanterns v09.epub", "ambiguous", "no such volume"],
    ["Unknown Vol. 3.epub", "ambiguous", "a volume and no candidate"],
    ["Ash and Ember.epub", "missing", "a short title inside a longer name"],
    ["Salt and Signals.epub", "missing", "a letter touches the title's end"],
    ["ong Winter.epub", "missing", "not at the start of a word"],
    ["Salt.epub", "missing", "the beginning of two titles"],
    ["Win.epub", "missing", "too short to guess from"],
    ["", "missing", "no name"],
    [".epub", "missing", "no name but an extension"],
  ])("%s → %s: %s", (name, kind) => {
    expect(matchByName(name, books)).toEqual({ kind });
  });
});

describe("the volume in a name", () => {
  it.each([
    ["Title Vol. 1.5", 1.5],
    ["Title vol12", 12],
    ["Title (v003)", 3],
    ["Title - 04 - scan", 4],
    ["Title — 7 — scan", 7],
    ["Title V02", undefined],
    ["Title 1984", undefined],
    ["Author - 1984 - Title", undefined],
    ["Title 12", undefined],
    ["Rev2 v1234", undefined],
  ])("%s → %s", (name, volume) => {
    expect(volumeIn(name)).toBe(volume);
  });
});
