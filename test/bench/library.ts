// A library server and a device that knows one of its books.
import fs from "node:fs";
import path from "node:path";
import { writeSampleBooks } from "../../scripts/sample-books.mjs";
import { type Shelf, startShelf } from "../../src/shelf/shelf";
import { connect, withReader, withScratch } from "./device";

/** Time for what runs in the background, on a fake clock. */
export const SETTLE_SECONDS = 60;

export interface Library {
  readonly shelf: Shelf;
  readonly key: string;
  /** The device's folder. */
  readonly dataDir: string;
  /** A book on the device that the plugin has matched already. */
  readonly book: string;
  /** Puts the device back to where it knew the book and nothing waited. */
  reset(): void;
}

/** The book is opened, read and closed once, so that everybody knows it. */
async function readOnce(dataDir: string, source: string): Promise<string> {
  return withReader({ dataDir, clock: "fake" }, async hand => {
    const book = hand.addBook(source);
    await hand.openBook(book);
    await hand.turn(3, 30);
    await hand.closeBook();
    await hand.advance(SETTLE_SECONDS);
    await hand.exit();
    return book;
  });
}

export async function withLibrary<Result>(work: (library: Library) => Promise<Result>): Promise<Result> {
  return withScratch(async scratch => {
    const [booksDir, dataDir, before] = ["books", "device", "before"].map(name => path.join(scratch, name)) as [
      string,
      string,
      string,
    ];
    const [source = ""] = writeSampleBooks(booksDir);
    const shelf = await startShelf({ dataDir: path.join(scratch, "shelf"), booksDir });
    try {
      const { key } = shelf.addKey("bench");
      connect(dataDir, shelf.origin, key);
      const book = await readOnce(dataDir, source);
      if (shelf.positions().length !== 1) throw new Error("the book did not become known to the server");
      // Or a bare reader would have the plugin too.
      fs.rmSync(path.join(dataDir, "plugins"), { recursive: true });
      fs.cpSync(dataDir, before, { recursive: true, verbatimSymlinks: true });
      const reset = () => {
        fs.rmSync(dataDir, { recursive: true });
        fs.cpSync(before, dataDir, { recursive: true, verbatimSymlinks: true });
      };
      return await work({ shelf, key, dataDir, book, reset });
    } finally {
      await shelf.close();
    }
  });
}
