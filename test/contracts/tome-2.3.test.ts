import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startShelf, type Shelf } from "../../src/shelf/shelf";
import { differences } from "../support/node/contracts/compare";
import { loadExchanges, type Exchange } from "../support/node/contracts/exchange";
import { Placeholders } from "../support/node/contracts/placeholders";
import { seedShelf } from "../support/node/contracts/seed";
import { sendExchange } from "../support/node/contracts/send";
import { makeTempDir } from "../support/node/temp-dir";

/** What Shelf speaks so far; the groups depend on each other in this order. */
const GROUPS = [
  "set-up",
  "health and version",
  "authentication",
  "plugin keys",
  "catalogue",
  "download",
  "resolve",
  "match-hashes",
  "position",
  "malformed requests",
  "session",
  "rating",
  "status",
  "annotations",
  "unknown paths and methods",
];

/** Exchanges that Shelf answers otherwise on purpose, by id, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "102": "Tome's answer to two ranges at once announces a wrong length; Shelf answers with the whole file",
  "516": "Shelf has no machine-readable description of its API, which no e-reader asks for",
};

/** The recordings begin with one question to an empty server. */
const BEFORE_SEEDING = "001";

let shelf: Shelf;
let dataDir: string;
let booksDir: string;
let placeholders = new Placeholders(new Map());
let isSeeded = false;

beforeAll(async () => {
  dataDir = makeTempDir();
  booksDir = makeTempDir();
  shelf = await startShelf({ dataDir, booksDir });
});

afterAll(async () => {
  await shelf.close();
  for (const dir of [dataDir, booksDir]) rmSync(dir, { recursive: true, force: true });
});

for (const group of GROUPS) {
  describe(`Tome 2.3: ${group}`, () => {
    for (const exchange of requestsOf(group)) {
      const reason = DIFFERENT[exchange.id];
      const name = `#${exchange.id} ${exchange.method} ${exchange.title}`;
      it(reason === undefined ? name : `${name} (not as recorded: ${reason})`, async () => {
        const found = await replay(exchange);
        if (reason === undefined) expect(found).toEqual([]);
        else expect(found, "agrees by now: strike it off the list").not.toEqual([]);
      });
    }
  });
}

function requestsOf(group: string): Exchange[] {
  return loadExchanges().filter(each => each.group === group && each.kind === "request") as Exchange[];
}

async function replay(exchange: Exchange): Promise<string[]> {
  if (!isSeeded && exchange.id !== BEFORE_SEEDING) {
    placeholders = new Placeholders(await seedShelf(dataDir, booksDir));
    isSeeded = true;
  }
  return differences(exchange, await sendExchange(shelf.origin, exchange, placeholders), placeholders);
}
