// A library to look through: a long series with covers, one with long names, and single books of many authors.
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { type SampleBook, sampleEpub } from "../../scripts/sample-books.mjs";

const VOLUMES = [
  "A Lamp for the Harbour",
  "Salt on the Window",
  "The Keeper’s Daughter",
  "Low Water",
  "A Name in the Log",
  "The Blue Door",
  "Seven Boats",
  "What the Tide Brought",
  "Last Winter",
  "The Far Shore",
  "Fog Signals",
  "Home by Lantern Light",
];

const ABOUT =
  "When the old lamp goes out for the first time in forty years, the harbour master’s sister has one night to find out why. " +
  "The ferry does not come. The log has a page too few.\n\n" +
  "A quiet story about people who count boats, and about the one that is missing.";

/** Names of our own, as long as some light novels' are. */
const LONG = "I Was Only Asked to Wind the Lighthouse Clock, but Now the Whole Coast Sets Its Watches by Me";

const AUTHORS = ["Ada Brekke", "Bo Castellane", "Cyra Dunmore", "Emil Farouk", "Gitte Halvorsen", "Ines Jorquera"];

async function coverOf(title: string, shade: number): Promise<Uint8Array> {
  const words = title.replaceAll("&", "&amp;").split(" ");
  const lines = words.map((word, index) => `<text x="200" y="${140 + index * 62}">${word}</text>`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="hsl(${shade},45%,35%)"/>
<g font-family="Georgia, serif" font-size="52" fill="#fff" text-anchor="middle">${lines}</g></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer());
}

const seriesBooks = (): SampleBook[] =>
  VOLUMES.map((title, index) => ({
    title,
    author: "Mara Lindqvist",
    series: "Harbour Lights",
    volume: index + 1,
    chapters: 3 + (index % 4),
    description: ABOUT.replaceAll("\n", " "),
  }));

const longBooks = (): SampleBook[] =>
  [1, 2, 2.5].map(volume => ({
    title: `${LONG}, Part ${volume}`,
    author: "Theodora Wilhelmina Ashgrove-Montferrat",
    series: LONG,
    volume,
    chapters: 2,
  }));

const singleBooks = (): SampleBook[] =>
  AUTHORS.flatMap(author =>
    [1, 2, 3, 4].map(number => ({ title: `The ${author.split(" ")[1]} Papers, ${number}`, author, chapters: 2 })),
  );

/** Writes them below `folder`. */
export async function writeHarbour(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const books = [...seriesBooks(), ...longBooks(), ...singleBooks()];
  for (const [index, book] of books.entries()) {
    const cover = await coverOf(book.title.slice(0, 40), (index * 37) % 360);
    fs.writeFileSync(path.join(folder, `${index + 1}.epub`), sampleEpub({ ...book, cover }));
  }
}
