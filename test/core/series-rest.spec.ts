import { restOfSeries } from "../../src/core/series-rest";
import { describe, equal, it } from "../support/spec";

const books = [
  { remoteId: "7", title: "One", volume: 1 },
  { remoteId: "3", title: "One and a half", volume: 1.5 },
  { remoteId: "9", title: "Two", volume: 2 },
  { remoteId: "4", title: "Sketches" },
];

const titles = (rest: readonly { readonly title: string }[]): string => rest.map(({ title }) => title).join(", ");

describe("what is left of a series", () => {
  it("begins after a book, in the order of the list", () => {
    equal(titles(restOfSeries(books, { remoteId: "3" }, false)), "Two, Sketches");
  });

  it("begins with the book where that is wanted", () => {
    equal(titles(restOfSeries(books, { remoteId: "3" }, true)), "One and a half, Two, Sketches");
  });

  it("is nothing after the last one", () => {
    equal(restOfSeries(books, { remoteId: "4" }, false).length, 0);
  });

  it("is found by the volume of a book that the list lacks", () => {
    equal(titles(restOfSeries(books, { remoteId: "8", volume: 1.2 }, false)), "One and a half, Two");
  });

  it("is nothing for a book that is nowhere and has no volume", () => {
    equal(restOfSeries(books, { remoteId: "8" }, false).length, 0);
  });
});
