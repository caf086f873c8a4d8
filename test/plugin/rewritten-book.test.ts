// A sidecar goes where its file goes, or stays when another book takes the file's name: what is in the file decides.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeEpub } from "../support/node/epub";
import type { Hand } from "../support/node/hand";
import { openMenu } from "../support/node/menu-test";
import { ASH, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

interface Names {
  readonly title?: string;
  readonly authors?: string;
  readonly identifiers?: string;
}

const ISBN = "urn:isbn:9780306406157";

const namesOf = async (hand: Hand, file: string): Promise<Names> =>
  (await hand.run(`return require("docsettings"):open(${JSON.stringify(file)}):readSetting("doc_props")`)) as Names;

function metadataOf({ title, authors, identifiers }: Names): string {
  const element = (name: string, text?: string): string =>
    text === undefined ? "" : `<dc:${name}>${text}</dc:${name}>`;
  return [element("title", title), element("creator", authors), element("identifier", identifiers)].join("");
}

/** Another file in a place of its own, with the sidecar of the first. */
async function rewrittenWith(hand: Hand, file: string, names: Names, as = "moved.epub"): Promise<string> {
  const moved = path.join(path.dirname(file), as);
  fs.renameSync(file, moved);
  await hand.run(`require("docsettings").updateLocation(${JSON.stringify(file)}, ${JSON.stringify(moved)})`);
  fs.writeFileSync(moved, makeEpub(metadataOf(names)));
  return moved;
}

test.for<[string, (names: Names) => Names, number[]]>([
  ["title and authors", names => names, [7, 8]],
  ["its authors, and a title that begins like its own,", names => ({ ...names, title: `${names.title} Messiah` }), [7]],
  ["its authors, and had a title that nobody gave,", ({ authors = "" }) => ({ authors }), [7]],
  ["its title, and nobody knows by whom it is,", ({ title = "" }) => ({ title }), [7, 8]],
  ["its title only", ({ title = "" }) => ({ title, authors: "Jules Okonkwo" }), [7]],
  ["its authors only", ({ authors = "" }) => ({ title: "Another Book", authors }), [7]],
])("a file that has %s is the book of its sidecar, or another", async ([, change, turns], { home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 7);
  const names = await namesOf(hand, file);
  expect(names).toMatchObject({ title: expect.any(String) as string, authors: expect.any(String) as string });
  await readBook(hand, await rewrittenWith(hand, file, change(names)), 8);
  expect(home.turns()).toEqual(turns);
});

test("a corrected title hides no book whose ISBN is the same", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 7);
  const names = { ...(await namesOf(hand, file)), identifiers: ISBN };
  const once = await rewrittenWith(hand, file, names);
  await readBook(hand, once, 8);
  const corrected = { ...names, title: `${names.title}: A Novel` };
  await readBook(hand, await rewrittenWith(hand, once, corrected, "corrected.epub"), 9);
  expect(home.turns()).toEqual([7, 8, 9]);
});

test("another author's book in the place of one without a sidecar is looked up anew, and shown as a guess", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 7);
  const names = await namesOf(hand, file);
  await hand.run(`require("docsettings"):open(${JSON.stringify(file)}):purge()`);
  fs.writeFileSync(file, makeEpub(metadataOf({ ...names, authors: "Jules Okonkwo" })));
  await hand.openBook(file);
  await settle(hand);
  expect((await openMenu(hand, "This book…")).join("\n")).toContain("Home: matched by its name");
});
