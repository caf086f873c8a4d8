import { bookFacts, fileBeside, getText, type BookIds } from "../../../src/core/sdr/index";
import { likenessesOf } from "../../../src/core/sdr/likeness";
import type { DataTable } from "../../../src/core/sdr/lua-value";
import { getTable, listItems } from "../../../src/core/sdr/lua-value";
import { describe, equal, it, same } from "../../support/spec";

const A = "a".repeat(32);
const B = "b".repeat(32);
const C = "c".repeat(32);
const UUID = "0c8fc6cf-b40c-995f-25f1-0120e5e46af7";
const DUNE = { sidecarDigest: A, fileDigest: A, engine: "rolling", title: "Dune", authors: "Frank Herbert" } as const;

/** What a device publishes at each look, one after another. */
function looks(...files: Partial<BookIds>[]): DataTable | undefined {
  let facts: DataTable | undefined;
  for (const file of files) {
    const ids = { ...DUNE, ...file };
    facts = bookFacts({ ...ids, file: fileBeside(facts, ids) });
  }
  return facts;
}

const idsOf = (facts: DataTable | undefined) => listItems(getTable(facts, "ids"));

describe("the file beside a sidecar", () => {
  it("names the book too when it was written anew", () => {
    same(idsOf(looks({}, { fileDigest: B })), [`md5:${A}`, `md5:${B}`]);
    same(idsOf(looks({}, { fileDigest: B }, { fileDigest: C })), [`md5:${A}`, `md5:${C}`]);
    const calibre = { calibreUuid: UUID };
    same(idsOf(looks(calibre, { ...calibre, fileDigest: B, title: "Dune: A Novel" }))[1], `md5:${B}`);
  });

  it("is never the book when another one took its place, however often one looks", () => {
    const messiah = { fileDigest: B, title: "Dune Messiah", identifiers: ["isbn:9780306406157"] };
    for (const facts of [
      looks({}, messiah),
      looks({}, messiah, messiah),
      looks({}, messiah, { ...messiah, fileDigest: C }),
    ]) {
      same(idsOf(facts), [`md5:${A}`]);
      same(likenessesOf(facts), []);
      equal(getText(facts, "title"), "Dune Messiah");
    }
    same(idsOf(looks({}, messiah, { fileDigest: A }, { fileDigest: C })), [`md5:${A}`, `md5:${C}`]);
  });

  it("is not known to be the book when it was another file at the first look", () => {
    const facts = looks({ fileDigest: B }, { fileDigest: B });
    same(idsOf(facts), [`md5:${A}`]);
    equal(likenessesOf(facts).length, 1);
  });

  it("says nothing new while it cannot be read", () => {
    const { fileDigest: _, ...unread } = DUNE;
    equal(fileBeside(undefined, unread), "same");
    equal(fileBeside(looks({}, { fileDigest: B, title: "Emma" }), unread), "other");
  });
});
