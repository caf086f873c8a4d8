import { expect, it } from "vitest";
import { factsOfName } from "../../../src/shelf/library/file-name";

const none = { author: null, series: null, seriesIndex: null };

it.each([
  ["Notes on Small Boats.pdf", { ...none, title: "Notes on Small Boats" }],
  ["Notes_on_Small_Boats (2019).pdf", { ...none, title: "Notes on Small Boats" }],
  ["Mina Duarte - Gull & Anchor [scan].cbz", { ...none, author: "Mina Duarte", title: "Gull & Anchor" }],
  ["Paper Lanterns v03.cbz", { ...none, title: "Paper Lanterns", series: "Paper Lanterns", seriesIndex: 3 }],
  [
    "Paper Lanterns - Vol. 1.5 (digital).cbz",
    { ...none, title: "Paper Lanterns", series: "Paper Lanterns", seriesIndex: 1.5 },
  ],
  ["Paper Lanterns - 04 - scan.cbz", { ...none, title: "Paper Lanterns", series: "Paper Lanterns", seriesIndex: 4 }],
  ["v01.cbz", { ...none, title: "v01", seriesIndex: 1 }],
  ["A - B - C.pdf", { ...none, title: "A - B - C" }],
  ["(2019).pdf", { ...none, title: "(2019)" }],
  ["Evolution.pdf", { ...none, title: "Evolution" }],
])("%s", (name, facts) => {
  expect(factsOfName(name)).toEqual(facts);
});
