// Downloads in LuaJIT, over real sockets and into real files, from a server that fails and from Shelf.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll } from "vitest";
import { type Faults, type Shelf, startShelf } from "../../src/shelf/shelf";
import { BookServer } from "../support/node/book-server";
import { registerSpecs, specsIn } from "../support/node/specs";
import { makeTempDir } from "../support/node/temp-dir";

const BYTES = 250_000;
const SHELVES: Readonly<Record<string, Faults>> = {
  well: {},
  slow: { bakeDelayMs: 700 },
  mistaken: { sizeMismatchBytes: 1234 },
  breaking: { truncateAfterBytes: 100_000 },
  dripping: { trickle: { bytes: 30_000, everyMs: 20 } },
  frugal: { downloadsPerDay: 2, truncateAfterBytes: 100_000 },
  closed: { downloadsPerDay: 0 },
  old: { profile: "1.6" },
};

const folder = makeTempDir();
const server = await BookServer.start(folder);
const other = await BookServer.start(path.join(folder, "other"));

const booksDir = path.join(folder, "books");
fs.mkdirSync(booksDir);
fs.writeFileSync(path.join(booksDir, "Ash.pdf"), randomBytes(BYTES));
const shelves: Shelf[] = [];
const places: Record<string, { url: string; key: string }> = {};
for (const [name, faults] of Object.entries(SHELVES)) {
  const shelf = await startShelf({ dataDir: path.join(folder, name), booksDir, faults });
  shelves.push(shelf);
  places[name] = { url: shelf.origin, key: shelf.addKey("Clara").key };
}

const book = path.join(booksDir, "Ash.pdf");
const told = { folder, port: server.port, otherPort: other.port, shelves: places, book };
await registerSpecs(specsIn("test/download"), {
  env: { RIBBON_DOWNLOAD: JSON.stringify(told) },
  timeoutSeconds: 1200,
});

afterAll(async () => {
  server.close();
  other.close();
  for (const shelf of shelves) await shelf.close();
  fs.rmSync(folder, { recursive: true });
});
