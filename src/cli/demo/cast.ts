import fs from "node:fs";
import path from "node:path";
import type { BookRow, Shelf } from "../../shelf/shelf";

/** A series that the reader fetches from the sofa: few volumes and few bytes, so that the day stays short. */
export interface Series {
  readonly name: string;
  readonly volumes: readonly BookRow[];
}

/** The books of the day. */
export interface Cast {
  /** Lies on the device in the morning, and on the server too. */
  readonly first: BookRow;
  /** Somebody sends it to the device; a library of one book has none. */
  readonly sent?: BookRow;
  readonly series?: Series;
}

const MOST_VOLUMES = 12;

const sizeOf = ({ files }: BookRow): number => files.reduce((sum, { size }) => sum + size, 0);
const bytesOf = ({ volumes }: Series): number => volumes.reduce((sum, book) => sum + sizeOf(book), 0);

function seriesIn(books: readonly BookRow[]): Series[] {
  const names = new Set(books.flatMap(({ series }) => series ?? []));
  const all = [...names].map(name => ({ name, volumes: books.filter(({ series }) => series === name) }));
  const fitting = all.filter(({ volumes }) => volumes.length > 1 && volumes.length <= MOST_VOLUMES);
  return fitting.sort((one, other) => bytesOf(one) - bytesOf(other));
}

/** The smallest series, and two books that are not of it as far as there are. Throws when the server has no EPUB. */
export function castOf(shelf: Shelf): Cast {
  const isEpub = ({ files }: BookRow) => files.length > 0 && files.every(({ format }) => format === "epub");
  const books = shelf.books().filter(isEpub);
  const [series] = seriesIn(books).filter(({ volumes }) => volumes.length < books.length);
  const single = books.filter(book => series?.volumes.includes(book) !== true);
  const [first, sent] = single.sort((one, other) => one.title.localeCompare(other.title));
  if (first === undefined) throw new Error("there is no EPUB file among the books");
  return { first, ...(sent === undefined ? {} : { sent }), ...(series === undefined ? {} : { series }) };
}

/** The EPUB files below a folder. Throws when there are none. */
export function requireEpubs(folder: string): void {
  if (!fs.existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  if (!files.some(file => path.extname(file).toLowerCase() === ".epub")) {
    throw new Error(`there is no EPUB file below ${folder}`);
  }
}
