import type { CatalogueBook, ListKey } from "../../src/core/catalogue";
import { isOfGroups, nameOfList } from "../../src/core/list-key";
import { plainText } from "../../src/core/plain-text";
import { upNext } from "../../src/core/up-next";
import { byName } from "../../src/core/group-order";
import { describe, equal, it, same } from "../support/spec";

describe("a description", () => {
  const cases: [html: string, text: string][] = [
    ["", ""],
    ["Plain.", "Plain."],
    ["<p>One.</p><p>Two.</p>", "One.\nTwo."],
    ["<p>One,<br/>two</p>\n\n<P class='x'>three</P>", "One,\ntwo\nthree"],
    ["An <i>odd</i> <b>case</b>", "An odd case"],
    ["<div><ul><li>a</li><li>b</li></ul></div>", "a\nb"],
    ["Fish &amp; chips &lt;3 &quot;now&quot; &#39;then&#39;", "Fish & chips <3 \"now\" 'then'"],
    ["&amp;lt;p&amp;gt;", "&lt;p&gt;"],
    ["it&#8217;s &#x2014; &#X1F600;", "it’s — 😀"],
    ["&#; &#55296; &#x110000; &#99999999999999999999; &#12", "&#; &#55296; &#x110000; &#99999999999999999999; &#12"],
    ["&amp;#60;b&#62;", "&#60;b>"],
    ["a\u0000b&#7;c", "a b c"],
    ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
    ["a <3 b", "a <3 b"],
    ["cut <b", "cut <b"],
    ["<!-- a note -->seen", "seen"],
    ["Ночной\u00a0поезд — <em>夜行</em>", "Ночной\u00a0поезд — 夜行"],
    ["  many   blanks\t here \r\n\r\n and lines ", "many blanks here\nand lines"],
    ["<script>x</script>", "x"],
  ];
  for (const [html, text] of cases)
    it(`${html.slice(0, 30)} is read as text`, () => {
      equal(plainText(html), text);
    });
});

const volume = (remoteId: string, state?: CatalogueBook["state"], series = "Orchard"): CatalogueBook => ({
  remoteId,
  title: `Volume ${remoteId}`,
  files: [],
  ...(series === "" ? {} : { series }),
  ...(state === undefined ? {} : { state }),
});

describe("what is up next", () => {
  const next = (volumes: CatalogueBook[], begun: string[] = []) => upNext(volumes, begun)?.remoteId;

  it("is the first volume after the last that was begun", () => {
    equal(next([volume("1", "read"), volume("2", "unread"), volume("3", "unread")]), "2");
    equal(next([volume("1", "read"), volume("2", "reading"), volume("3", "unread")]), "3");
    equal(next([volume("1", "unread"), volume("2", "read"), volume("3", "wanted")]), "3");
  });

  it("is nothing in a series that nobody began, or that is read", () => {
    equal(next([volume("1", "unread"), volume("2", "wanted")]), undefined);
    equal(next([volume("1", "read"), volume("2", "read")]), undefined);
    equal(next([]), undefined);
  });

  it("passes over what was put aside", () => {
    equal(next([volume("1", "read"), volume("2", "shelved"), volume("3", "unread")]), "3");
  });

  it("follows what was read here where the server says nothing", () => {
    equal(next([volume("1"), volume("2"), volume("3")], ["1"]), "2");
    equal(next([volume("1"), volume("2")], ["9"]), undefined);
  });

  it("is nothing among books without a series", () => {
    equal(next([volume("1", "read", ""), volume("2", "unread", "")]), undefined);
  });
});

describe("the name of a list", () => {
  it("is its own", () => {
    const lists: ListKey[] = [
      { kind: "series" },
      { kind: "series-books", id: "1" },
      { kind: "author-books", id: "1" },
      { kind: "search", words: "1" },
      { kind: "search", words: "series" },
    ];
    equal(new Set(lists.map(list => nameOfList(list))).size, lists.length);
  });

  it("does not depend on blanks between words", () => {
    equal(
      nameOfList({ kind: "search", words: " paper  lanterns " }),
      nameOfList({ kind: "search", words: "paper lanterns" }),
    );
  });

  it("says whether it is of groups", () => {
    equal(isOfGroups({ kind: "shelves" }), true);
    equal(isOfGroups({ kind: "recent" }), false);
  });
});

describe("groups", () => {
  const group = (name: string | undefined, id: string) => {
    return { kind: "author" as const, id, books: 1, ...(name === undefined ? {} : { name }) };
  };

  it("stand by their names, whatever the case, and those without one at the end", () => {
    const given = [
      group("Zola", "1"),
      group(undefined, "2"),
      group("brandt", "3"),
      group("Éluard", "4"),
      group("Brandt", "5"),
    ];
    same(
      byName(given.concat([group("éluard", "6"), group("Brandt", "0")])).map(({ id }) => id),
      ["0", "5", "3", "1", "4", "6", "2"],
    );
  });

  it("may be none", () => {
    same(byName([]), []);
  });
});
