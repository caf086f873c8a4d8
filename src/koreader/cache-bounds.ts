import lfs = require("libs/libkoreader-lfs");
import { allFiles } from "./library-folder";

/** What of one kind may lie on the device, all libraries together. */
interface Bound {
  readonly files: number;
  readonly bytes: number;
}

const MEBIBYTE = 1024 * 1024;
const LISTS: Bound = { files: 64, bytes: 32 * MEBIBYTE };
/** Covers and details. */
const BOOKS: Bound = { files: 2000, bytes: 20 * MEBIBYTE };

interface Aged {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/** Removes what was not looked at for longest until all is within bounds. For a worker: a folder of covers takes long to read. */
export function keepWithinBounds(kept: readonly string[] = []): void {
  const lists: Aged[] = [];
  const books: Aged[] = [];
  for (const path of allFiles()) {
    const [attributes] = lfs.attributes(path);
    if (attributes === undefined || kept.includes(path)) continue;
    const file = { path, bytes: attributes.size, usedAt: attributes.modification };
    if (path.includes("/list-")) lists.push(file);
    else if (!path.endsWith("/notes")) books.push(file);
  }
  bound(lists, LISTS);
  bound(books, BOOKS);
}

function bound(files: Aged[], { files: mostFiles, bytes: mostBytes }: Bound): void {
  // eslint-disable-next-line no-restricted-syntax -- a total order: no two files have one path
  files.sort((one, other) => (isNewer(one, other) ? -1 : 1));
  let bytes = 0;
  files.forEach((file, index) => {
    bytes += file.bytes;
    if (index >= mostFiles || bytes > mostBytes) os.remove(file.path);
  });
}

function isNewer(one: Aged, other: Aged): boolean {
  return one.usedAt === other.usedAt ? one.path < other.path : one.usedAt > other.usedAt;
}
