// Files that nothing but the reader knows to be one book, or two: said on one device, true on every device.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeEpub } from "../support/node/epub";
import type { Hand } from "../support/node/hand";
import { closeAll, type Household, pluginTest as test, settle } from "../support/node/plugin-test";
import { folderTarget, read, syncHighlights, textsIn, twoDevices, withSync } from "../support/node/sdr-devices";
import { saying } from "../support/node/sdr-screens";

interface About {
  readonly title: string;
  readonly author?: string;
  readonly blurb?: string;
}

function fileOf(home: Household, name: string, { title, author, blurb = "" }: About): string {
  const file = path.join(home.folder, name);
  const creator = author === undefined ? "" : `<dc:creator>${author}</dc:creator>`;
  fs.writeFileSync(file, makeEpub(`<dc:title>${title}</dc:title>${creator}<dc:description>${blurb}</dc:description>`));
  return file;
}

/** The stand-in's documents have no text to compare with: a highlight's text that the reader wrote anew needs none. */
async function mark(hand: Hand, text: string, page = 1): Promise<void> {
  await hand.turn(page, 20);
  await hand.highlight(text);
  await hand.run(`
    for _, item in ipairs(require("apps/reader/readerui").instance.annotation.annotations) do item.text_edited = true end`);
}

async function meet(...hands: Hand[]): Promise<void> {
  for (const hand of hands) await closeAll(hand);
  for (const hand of [...hands, ...hands]) await syncHighlights(hand);
}

interface Apart {
  readonly kobo: Hand;
  readonly kindle: Hand;
  /** Marked twice. */
  readonly onKobo: string;
  /** Another file, marked once; the Kobo has it, too, if that was wanted. */
  readonly onKindle: string;
}

/** A book with its author's name, and one that was converted without. */
async function apart(home: Household, kobos: About, kindles: About): Promise<Apart> {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  const { kobo, kindle } = await twoDevices(home, folderTarget(cloud));
  const onKobo = kobo.addBook(fileOf(home, "first.epub", kobos));
  const onKindle = kindle.addBook(fileOf(home, "converted.epub", kindles));
  await read(kobo, onKobo, async () => {
    await mark(kobo, "the ash tree");
    await mark(kobo, "the river", 2);
  });
  await read(kindle, onKindle, () => mark(kindle, "the rope", 4));
  await meet(kobo, kindle);
  return { kobo, kindle, onKobo, onKindle };
}

async function tap(hand: Hand, ...texts: string[]): Promise<string[]> {
  for (const text of texts) {
    if (text === "Highlights sync…") {
      await closeAll(hand);
      await hand.tapMenu("Tools", "Ribbon", text);
    } else await hand.tap(text);
    await settle(hand);
  }
  return hand.screen();
}

const CONVERTED: About = { title: "Ash converted" };
const ASH: About = { title: "Ash", author: "Mara Lindqvist" };
const BOTH = ["the ash tree", "the river", "the rope"];

test("two files become one book when the reader says so, on every device, and two again", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await apart(home, ASH, CONVERTED);
  expect(await textsIn(kindle, onKindle)).toEqual(["the rope"]);

  const screen = await tap(kindle, "Highlights sync…", "Books…");
  expect(screen.filter(text => text.startsWith("Ash"))).toEqual([
    "Ash, Mara Lindqvist | 2 highlights",
    "Ash converted | 1 highlight",
  ]);
  const isListed = (text: string): boolean => text === "Ash converted | 1 highlight";
  expect((await tap(kindle, "Ash converted", "Same book as…")).filter(isListed), "not below itself").toHaveLength(1);
  const question = saying(await tap(kindle, "Ash, Mara Lindqvist"), "Are these the same book?");
  expect(question).toContain("Ash converted\n(Kindle: 1 highlight)");
  expect(question).toContain("Ash, Mara Lindqvist\n(Kobo: 2 highlights)");
  expect(await textsIn(kindle, onKindle), "nothing happens before").toEqual(["the rope"]);
  expect(await tap(kindle, "The same book")).toContain("Ash (Kobo) | 2 highlights");

  await meet(kindle, kobo);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const) {
    // What was made in another file only the document itself can judge.
    await read(hand, file);
    expect(await textsIn(hand, file)).toEqual(BOTH);
  }
  await read(kindle, onKindle, () => kindle.editNote("the river", "seen on the Kindle"));
  await meet(kindle, kobo);

  // The other device undoes it: it knows of it without having been told there.
  const one = await tap(kobo, "Highlights sync…", "Books…");
  expect(one.filter(text => text.startsWith("Ash"))).toEqual(["Ash, Mara Lindqvist | 3 highlights"]);
  await tap(kobo, "Ash, Mara Lindqvist");
  expect(saying(await tap(kobo, "Ash converted (Kindle)"), "Is this another book?")).toContain("Ash converted");
  await tap(kobo, "Another book");
  await meet(kobo, kindle);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree", "the river"]);
  expect(await textsIn(kindle, onKindle), "with the one that was worked on here").toEqual(["the river", "the rope"]);

  await withSync(
    kindle,
    `local found
    sdr:books({ words = "ash" }, function(result) found = result end)
    WAITING = function() return found end`,
  );
  await settle(kindle);
  const found = (await kindle.run("return WAITING()")) as { books: { book: string; title: string }[] };
  const [first, second] = ["Ash", "Ash converted"].map(
    title => found.books.find(each => each.title === title)?.book ?? "",
  );
  await withSync(kindle, `sdr:join(${JSON.stringify(second)}, ${JSON.stringify(first)})`);
  await meet(kindle, kobo);
  await read(kobo, onKobo);
  await read(kindle, onKindle);
  await meet(kindle, kobo);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file)).toEqual(BOTH);
});

test("two books that were taken for one are two when the reader says so", async ({ home }) => {
  // Two volumes: one title, one author, other text.
  const volumes = [1, 2].map(volume => ({ ...ASH, blurb: `volume ${volume}` })) as [About, About];
  const { kobo, kindle, onKobo, onKindle } = await apart(home, ...volumes);
  await read(kobo, onKobo);
  await read(kindle, onKindle);
  await meet(kobo, kindle);
  expect(await textsIn(kindle, onKindle), "by title and author").toEqual(BOTH);

  await tap(kindle, "Highlights sync…", "Books…", "Ash, Mara Lindqvist");
  await tap(kindle, "Ash (Kobo)", "Another book");
  await meet(kindle, kobo);
  expect(await textsIn(kindle, onKindle)).toEqual(["the rope"]);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree", "the river"]);
});

test("a highlight that is deleted in the other file can be put back from the trash", async ({ home }) => {
  const volumes = [1, 2].map(volume => ({ ...ASH, blurb: `file ${volume}` })) as [About, About];
  const { kobo, kindle, onKobo, onKindle } = await apart(home, ...volumes);
  await read(kindle, onKindle);
  await read(kindle, onKindle, () => kindle.removeHighlight("the river"));
  await meet(kindle, kobo);
  expect(await textsIn(kobo, onKobo)).not.toContain("the river");

  await tap(kindle, "Highlights sync…", "Trash…", "Ash");
  await tap(kindle, "“the river”", "Put back");
  await meet(kindle, kobo);
  await read(kobo, onKobo);
  expect(await textsIn(kobo, onKobo)).toContain("the river");
});
