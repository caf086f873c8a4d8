// A sidecar goes where its file goes, or stays when another book takes the file's name: what is in the file decides.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeEpub } from "../support/node/epub";
import type { Hand } from "../support/node/hand";
import { ASH, pluginTest as test, readBook } from "../support/node/plugin-test";

interface Names {
  readonly title?: string;
  readonly authors?: string;
}

const namesOf = async (hand: Hand, file: string): Promise<Names> =>
  (await hand.run(`return require("docsettings"):open(${JSON.stringify(file)}):readSetting("doc_props")`)) as Names;

/** Another file in a place of its own, with the sidecar of the first. */
async function rewrittenWith(hand: Hand, file: string, { title = "", authors = "" }: Names): Promise<string> {
  const moved = path.join(path.dirname(file), "moved.epub");
  fs.renameSync(file, moved);
  await hand.run(`require("docsettings").updateLocation(${JSON.stringify(file)}, ${JSON.stringify(moved)})`);
  const names = [title === "" ? "" : `<dc:title>${title}</dc:title>`, authors === "" ? "" : `<dc:creator>${authors}</dc:creator>`]; // prettier-ignore
  fs.writeFileSync(moved, makeEpub(names.join("")));
  return moved;
}

test.for<[string, (names: Names) => Names, number[]]>([
  ["title and authors", names => names, [7, 8]],
  [
    "its authors, and a title to which something was added,",
    names => ({ ...names, title: `${names.title}: A Novel` }),
    [7, 8],
  ],
  ["its authors, and a title of which its own is no word,", names => ({ ...names, title: `${names.title}s` }), [7]],
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
