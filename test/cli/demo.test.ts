import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { SAMPLE_BOOKS, sampleEpub } from "../../scripts/sample-books.mjs";
import { playDemo } from "../../src/cli/demo/demo";
import { tempDir } from "../support/node/temp-dir";

/** The day as it is printed. */
async function played(books?: string): Promise<string> {
  const lines: string[] = [];
  await playDemo(books, false, line => lines.push(line));
  return lines.join("\n");
}

it("the day of the demo shows a book that was sent, and a whole series that is fetched and read", async () => {
  const day = await played();
  expect(day).toContain("“Home has a book for you: • Voilà, the Weather”. Taps Download: “Voilà, the Weather” is on");
  expect(day).toContain("Browse library › Series › Harbour Lights, 3 volumes.");
  expect(day).toContain("“3 books downloaded.”");
  expect(day).toMatch(/Opens it where it was put, \S+\/Harbour Lights\/Vol\. 1 — A Lamp for the Harbour\.epub/);
  expect(day).toContain("→ server: session of 15 min, 30 page turns in “A Lamp for the Harbour”");
  const known = [...day.matchAll(/(\d+) requests; none had to ask which book it is/g)].map(([, count]) =>
    Number(count),
  );
  expect(known).toHaveLength(2);
  expect(Math.max(...known)).toBeLessThanOrEqual(4);
  expect(day.endsWith("Everything that was read is on the server, once.")).toBe(true);
});

it("a library of one book has its day, too", async () => {
  const books = tempDir();
  const [book] = SAMPLE_BOOKS;
  if (book !== undefined) fs.writeFileSync(path.join(books, "one.epub"), sampleEpub(book));
  const day = await played(books);
  expect(day).toContain("None of these books is one of a short series");
  expect(day).toContain("Everything that was read is on the server, once.");
});

it("a folder without books is said so", async () => {
  await expect(played(tempDir())).rejects.toThrow("there is no EPUB file below");
  await expect(played("/nowhere/at/all")).rejects.toThrow("there is no folder /nowhere/at/all");
});
