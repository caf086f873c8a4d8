import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExchanges, type Exchange } from "../support/node/contracts/exchange";
import { RecordedShelf } from "../support/node/contracts/recorded-shelf";

/** Exchanges that Shelf answers otherwise on purpose, by id, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "102": "Tome's answer to two ranges at once announces a wrong length; Shelf answers with the whole file",
  "472": "the archive of Ribbon's plugin is a later piece of work",
  "473": "Shelf hands out no implementation file: that belongs to the plugin of Tome's makers",
  "474": "as 473",
  "516": "Shelf has no machine-readable description of its API, which no e-reader asks for",
};

const recorded = new RecordedShelf();
beforeAll(() => recorded.start());
afterAll(() => recorded.stop());

const lines = loadExchanges();
const requests = lines.filter(line => line.kind === "request");

it("replays all 536 recorded requests", () => {
  expect(requests).toHaveLength(536);
  expect(Object.keys(DIFFERENT).filter(id => !requests.some(each => each.id === id))).toEqual([]);
});

// The groups depend on each other in the order of the recordings.
for (const group of new Set(lines.map(line => line.group))) {
  describe(`Tome 2.3: ${group}`, () => {
    for (const line of lines.filter(each => each.group === group)) {
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
