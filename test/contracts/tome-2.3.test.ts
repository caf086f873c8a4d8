import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExchanges, type Exchange } from "../support/node/contracts/exchange";
import { RecordedShelf } from "../support/node/contracts/recorded-shelf";

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
  "sweep",
  "statistics",
  "inbox",
  "quick connect",
  "unknown paths and methods",
];

/** Exchanges that Shelf answers otherwise on purpose, by id, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "102": "Tome's answer to two ranges at once announces a wrong length; Shelf answers with the whole file",
  "516": "Shelf has no machine-readable description of its API, which no e-reader asks for",
};

const recorded = new RecordedShelf();
beforeAll(() => recorded.start());
afterAll(() => recorded.stop());

for (const group of GROUPS) {
  describe(`Tome 2.3: ${group}`, () => {
    for (const line of loadExchanges().filter(each => each.group === group)) {
      if (line.kind === "action") it(`#${line.id} ${line.action}`, () => recorded.act(line));
      else replay(line);
    }
  });
}

function replay(exchange: Exchange): void {
  const reason = DIFFERENT[exchange.id];
  const name = `#${exchange.id} ${exchange.method} ${exchange.title}`;
  it(reason === undefined ? name : `${name} (not as recorded: ${reason})`, async () => {
    const found = await recorded.replay(exchange);
    if (reason === undefined) expect(found).toEqual([]);
    else expect(found, "agrees by now: strike it off the list").not.toEqual([]);
  });
}
