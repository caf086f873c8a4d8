// A reader on the sofa: a library with two series, and the way into it.
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { type SampleBook, sampleEpub } from "../../../scripts/sample-books.mjs";
import type { Hand } from "./hand";
import { ASH, closeAll, settle, testWith } from "./plugin-test";

/** Five volumes of one series, and the first of another. */
const BOOKS: readonly SampleBook[] = [
  ...["Seedlings", "Windfall", "Harvest Home", "The Long Frost", "New Ground"].map((title, index) => ({
    title,
    author: "Teodor Brandt",
    series: "Orchard Tales",
    volume: index === 1 ? 1.5 : index + 1,
    chapters: 2,
    description: `About ${title}.`,
  })),
  { title: "Paper Lanterns", author: "Noa Hartwell", series: "Lantern Street", volume: 1, chapters: 2 },
];

/** Written once for all tests of a file. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "orchard-"));
process.on("exit", () => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const made = BOOKS.map(book => {
  const file = path.join(folder, `${book.title}.epub`);
  fs.writeFileSync(file, sampleEpub(book));
  return file;
});

/** Where the test has a book of the series, to put it on a device by hand. */
export const orchardBook = (title: string): string => path.join(folder, `${title}.epub`);

export const libraryTest = testWith([ASH, "field-notes.epub", ...made]);

/** Opens the library and goes on from there by taps; gives what can be read then. */
export async function browse(hand: Hand, ...texts: string[]): Promise<string[]> {
  await closeAll(hand);
  await hand.tapMenu("Tools", "Ribbon", "Browse library…");
  for (const text of texts) {
    await hand.tap(text);
    await hand.advance(2);
  }
  return hand.screen();
}

export const SERIES = "Orchard Tales · Teodor Brandt";

/** Looks at the lists once, so that they are known later without a network. */
export async function seeLists(hand: Hand): Promise<void> {
  await browse(hand, "Series", SERIES);
  await closeAll(hand);
  await settle(hand);
}

export interface HugeServer {
  readonly origin: string;
  readonly asked: string[];
  /** What its list of series has now. */
  names: string[];
  close(): Promise<void>;
}

/** A server with as many series as there are names, and nothing else. */
export async function hugeServer(names: string[]): Promise<HugeServer> {
  const asked: string[] = [];
  const huge = { names, asked };
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const isSeries = request.url?.endsWith("/tome-sync/series") === true;
    const isKnown = isSeries || request.url?.includes("/tome-sync/series/") === true;
    response.writeHead(isKnown ? 200 : 404, { "Content-Type": "application/json" });
    if (/\/tome-sync\/series\/\d+$/.test(request.url ?? "")) {
      response.end(JSON.stringify({ series_name: "One", books: [{ id: 1, title: "First", files: [] }] }));
      return;
    }
    const series = huge.names.map((name, index) => ({ name, book_count: 3, first_book_id: index + 1 }));
    response.end(JSON.stringify(isSeries ? series : { detail: "Not found" }));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>(resolve => void server.close(() => resolve()));
  return Object.assign(huge, { origin: `http://127.0.0.1:${port}`, close });
}
