// A vitest `test` with a household whose library has series, and a hand below the screens of the library.
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { ShelfOptions } from "../../../src/shelf/shelf";
import { BrowseHand } from "./browse";
import { type DeviceOptions, Household } from "./household";

/** Two series, a book alone and a comic. */
const BOOKS = [
  "orchard-1.epub",
  "orchard-1-5.epub",
  "orchard-2.epub",
  "paper-lanterns-01.epub",
  "paper-lanterns-02.epub",
  "ash.epub",
  "gull-and-anchor.cbz",
];

export interface BrowseHome {
  readonly home: Household;
  /** What the server has, by the names of the files. */
  ids(file: string): string;
  browse(options?: DeviceOptions): Promise<BrowseHand>;
}

/** What a person would have written into the files: the samples say nothing of a series. */
function putInSeries(folder: string): void {
  const database = new Sqlite(path.join(folder, "shelf/shelf.sqlite3"));
  const put = database.prepare(
    `UPDATE books SET series = ?, series_index = ?, author = ? WHERE id =
       (SELECT book_id FROM book_files WHERE path = ?)`,
  );
  const orchard = ["The Clockwork Orchard", "Teodor Brandt"] as const;
  const lanterns = ["Paper Lanterns", "Noa Hartwell"] as const;
  const volumes = [
    [orchard, 1],
    [orchard, 1.5],
    [orchard, 2],
    [lanterns, 1],
    [lanterns, 2],
  ] as const;
  volumes.forEach(([[series, author], volume], index) => put.run(series, volume, author, BOOKS[index]));
  database.close();
}

async function found(more: Partial<ShelfOptions>): Promise<BrowseHome> {
  const home = await Household.found(BOOKS, more);
  putInSeries(home.folder);
  const books = home.shelf.books();
  return {
    home,
    ids: file => String(books.find(book => book.files[0]?.path === file)?.id),
    browse: async options => new BrowseHand(await home.device(options)),
  };
}

const withHome = (more: Partial<ShelfOptions>) =>
  test.extend<{ library: BrowseHome }>({
    library: async ({}, use) => {
      const library = await found(more);
      try {
        await use(library);
        expect(await library.home.complaints()).toEqual([]);
      } finally {
        await library.home.dissolve();
      }
    },
  });

export const browseTest = withHome({});
/** The server looks like a Tome of this release. */
export const oldTomeTest = (profile: "1.6" | "2.0" | "2.3") => withHome({ faults: { profile } });
