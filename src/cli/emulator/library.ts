// The library server beside the emulator, on loopback.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { writeSampleBooks } from "../../../scripts/sample-books.mjs";
import { bakedText } from "../../shelf/plugin/package";
import { startShelf, type Shelf, type ShelfOptions } from "../../shelf/shelf";
import type { Home } from "./home";

export interface Library {
  readonly shelf: Shelf;
  readonly booksDir: string;
  /** The content of `baked.json`, with which a plugin connects to it. */
  readonly baked: string;
}

/** What stays from run to run, so that the device keeps one connection. */
interface Known {
  readonly id: string;
  readonly port: number;
  readonly key: string;
}

/**
 * Starts Shelf with its data in the home, at the address of the last run if that is free.
 * @param ownBooks a folder of books to serve, which is only read; sample books without one
 */
export async function startLibrary(home: Home, ownBooks?: string): Promise<Library> {
  const booksDir = path.resolve(ownBooks ?? path.join(home.folder, "library"));
  if (ownBooks === undefined) writeSampleBooks(booksDir);
  const file = path.join(home.folder, "connection.json");
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Known) : undefined;
  const shelf = await startAt(before?.port, {
    dataDir: path.join(home.folder, "shelf"),
    booksDir,
    watch: ownBooks !== undefined,
  });
  const known = knownNow(shelf, before);
  fs.writeFileSync(file, JSON.stringify(known));
  const { id, key } = known;
  return { shelf, booksDir, baked: bakedText({ id, name: "Shelf", url: shelf.origin, key }) };
}

async function startAt(port: number | undefined, options: ShelfOptions): Promise<Shelf> {
  if (port === undefined) return startShelf(options);
  return startShelf({ ...options, port }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startShelf(options);
  });
}

/** At another address the plugin takes the connection up anew: that needs an id that it has not seen. */
function knownNow(shelf: Shelf, before: Known | undefined): Known {
  const port = Number(new URL(shelf.origin).port);
  if (before?.port === port) return before;
  return { id: randomUUID(), port, key: before?.key ?? shelf.addKey("KOReader in the emulator").key };
}
