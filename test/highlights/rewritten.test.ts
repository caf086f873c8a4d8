import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeEpub } from "../support/node/epub";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { folderTarget, read, syncHighlights, textsIn, twoDevices } from "../support/node/sdr-devices";

interface Metadata {
  readonly title: string;
  readonly author: string;
  readonly isbn?: string;
  /** What makes other bytes of it. */
  readonly blurb?: string;
}

const ASH: Metadata = { title: "Ash", author: "Mara Lindqvist" };

function bookOf(home: Household, name: string, { title, author, isbn, blurb = "" }: Metadata): string {
  const file = path.join(home.folder, name);
  const id = isbn === undefined ? "" : `<dc:identifier>urn:isbn:${isbn}</dc:identifier>`;
  const about = `<dc:title>${title}</dc:title><dc:creator>${author}</dc:creator><dc:description>${blurb}</dc:description>`;
  fs.writeFileSync(file, makeEpub(`${id}${about}`));
  return file;
}

/** The stand-in's documents have no text to compare with: a highlight's text that the reader wrote anew needs none. */
const mark = async (hand: Hand, text: string): Promise<void> => {
  await hand.highlight(text);
  await hand.run(`require("apps/reader/readerui").instance.annotation.annotations[1].text_edited = true`);
};

const finish = (hand: Hand): Promise<unknown> =>
  hand.run(`require("apps/reader/readerui").instance.doc_settings:saveSetting("summary", { status = "complete" })`);

const statusOf = (hand: Hand, file: string): Promise<unknown> =>
  hand.run(
    `return (require("docsettings"):open(${JSON.stringify(file)}):readSetting("summary") or {}).status or "none"`,
  );

/** One of the two marked a book; the other never had that file, and gets another one from somewhere. */
async function apart(home: Household, kobos: Metadata, ...kindles: Metadata[]) {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  const { kobo, kindle } = await twoDevices(home, folderTarget(cloud));
  const onKobo = kobo.addBook(bookOf(home, "first.epub", kobos));
  await read(kobo, onKobo, async () => {
    await mark(kobo, "the ash tree");
    await finish(kobo);
  });
  const onKindle = kindles.map((each, index) => kindle.addBook(bookOf(home, `rewritten ${index}.epub`, each)));
  for (const file of onKindle) await read(kindle, file);
  for (const hand of [kobo, kindle, kobo, kindle]) await syncHighlights(hand);
  for (const file of onKindle) await read(kindle, file);
  return { kobo, kindle, onKobo, onKindle };
}

test.for<[string, Metadata, Metadata]>([
  ["has title and authors of the one that was marked", ASH, { ...ASH, blurb: "Now with a blurb." }],
  [
    "was given another title, and has its number and authors",
    { ...ASH, isbn: "9780306406157" },
    { ...ASH, isbn: "9780306406157", title: "Ash (Revised)" },
  ],
])("a file that a new device alone has gets the highlights when it %s", async ([, kobos, kindles], { home }) => {
  const { kindle, onKindle } = await apart(home, kobos, kindles);
  expect(await textsIn(kindle, onKindle[0] ?? "")).toEqual(["the ash tree"]);
  expect(await statusOf(kindle, onKindle[0] ?? "")).toBe("complete");
});

test.for<[string, Metadata, Metadata]>([
  ["its title only", ASH, { ...ASH, author: "Jules Okonkwo" }],
  [
    "its title only, and nobody knows who wrote them",
    { ...ASH, author: "Unknown" },
    { ...ASH, author: "Unknown", blurb: "." },
  ],
  ["its authors only", ASH, { ...ASH, title: "Elm" }],
  ["a number that is none", { ...ASH, isbn: "0000000000" }, { ...ASH, isbn: "0000000000", title: "Elm" }],
])("another book that shares %s gets nothing", async ([, kobos, kindles], { home }) => {
  const { kobo, kindle, onKobo, onKindle } = await apart(home, kobos, kindles);
  expect(await textsIn(kindle, onKindle[0] ?? "")).toEqual([]);
  expect(await statusOf(kindle, onKindle[0] ?? "")).not.toBe("complete");
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
});

test("of two volumes with one title neither is taken for the other", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await apart(home, ASH, { ...ASH, blurb: "one" }, { ...ASH, blurb: "two" });
  for (const file of onKindle) {
    expect(await textsIn(kindle, file)).toEqual([]);
    expect(await statusOf(kindle, file)).not.toBe("complete");
  }
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
});

test("what has no place in the other file is kept, and is deleted nowhere", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await apart(home, ASH, { ...ASH, blurb: "rewritten" });
  const file = onKindle[0] ?? "";
  // Its text is compared with what the stand-in's document has there: nothing.
  await read(kobo, onKobo, () => kobo.highlight("not in that edition"));
  for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
  await read(kindle, file);
  for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
  expect(await textsIn(kindle, file)).toEqual(["the ash tree"]);
  expect((await textsIn(kobo, onKobo)).sort()).toEqual(["not in that edition", "the ash tree"]);
});
