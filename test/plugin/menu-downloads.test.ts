// Tools › Ribbon › Settings › Downloads: where books go, what they are called, which format is fetched.
import fs from "node:fs";
import { expect } from "vitest";
import { download, libraryOf } from "../support/node/downloads";
import type { Hand } from "../support/node/hand";
import { openMenu, tapFor } from "../support/node/menu-test";
import { closeAll, pluginTest as test } from "../support/node/plugin-test";

const LAYOUT = "Files: in folders by series";
const TEMPLATE = "Your template";

const openDownloads = (hand: Hand, ...items: string[]): Promise<string[]> =>
  openMenu(hand, "Settings", "Downloads", ...items);

/** The lines that begin with an arrow are what the template makes of two books. */
const preview = async (hand: Hand): Promise<string | undefined> =>
  (await hand.screen()).find(text => text.startsWith("→") || text.includes("stands for"));

test("downloads say what they are", async ({ home }) => {
  const hand = await home.device();
  const items = await openDownloads(hand);
  expect(items).toContain(LAYOUT);
  expect(items).toContain("Formats");
  expect(items.find(text => text.startsWith("Folder: /"))).toBeDefined();
});

test("while books are on their way the menu still fits on one page of a small screen", async ({ home }) => {
  const hand = await home.device({ wifi: false });
  await download(hand, libraryOf(home), false);
  const lines = await openMenu(hand);
  expect(lines).toContain("Downloads (3)");
  expect(lines.length).toBeLessThanOrEqual(10);
});

test("the folder is KOReader's home until another is chosen", async ({ home }) => {
  const hand = await home.device();
  const folder = `${home.folder}/Bücher`;
  fs.mkdirSync(folder);
  const items = await openDownloads(
    hand,
    (await openDownloads(hand)).find(text => text.startsWith("Folder: "))!,
  );
  expect(items.find(text => text.startsWith("✓ KOReader's home folder (/"))).toBeDefined();
  await hand.tap("Another folder…");
  await hand.typeInto("Hold a folder to choose it", folder);
  expect(await hand.screen()).toContain("✓ Another folder…");
  await closeAll(hand);
  await hand.exit();
  expect(await openDownloads(await home.device())).toContain(`Folder: ${folder}`);
});

test("a folder that is gone is told", async ({ home }) => {
  const hand = await home.device();
  const folder = `${home.folder}/card`;
  fs.mkdirSync(folder);
  await openDownloads(
    hand,
    (await openDownloads(hand)).find(text => text.startsWith("Folder: "))!,
    "Another folder…",
  );
  await hand.typeInto("Hold a folder to choose it", folder);
  fs.rmdirSync(folder);
  expect(await openDownloads(hand)).toContain("Folder: not there");
});

test("a layout is chosen", async ({ home }) => {
  const hand = await home.device();
  expect(await openDownloads(hand, LAYOUT)).toContain("✓ In folders: book/Series/Vol. 2 — Title");
  await hand.tap("All in one folder: Series - 02 - Title");
  expect(await openDownloads(hand)).toContain("Files: all in one folder");
});

test("a template shows what it makes with every letter, and is kept", async ({ home }) => {
  const hand = await home.device();
  await openDownloads(hand, LAYOUT, "By your own template…");
  expect(await preview(hand)).toBe(
    "→ book/Marcel Proust/In Search of Lost Time - 02 - Within a Budding Grove.epub\n→ book/Jane Austen/Emma.epub",
  );
  await hand.typeInto(TEMPLATE, "{Lower(author)}/{title}");
  expect(await preview(hand)).toBe("→ marcel proust/Within a Budding Grove.epub\n→ jane austen/Emma.epub");
  expect(await tapFor(hand, "Help")).toContain("{volume:00} for 02");
  await hand.back();
  await hand.tap("Save");
  expect(await openDownloads(hand)).toContain("Files: by your template");
  await closeAll(hand);
  await hand.exit();
  const again = await home.device();
  await openDownloads(again, "Files: by your template", "By your own template…");
  expect(await again.screen()).toContain("{Lower(author)}/{title}");
});

test("what is no template is named while one types, and not saved", async ({ home }) => {
  const hand = await home.device();
  await openDownloads(hand, LAYOUT, "By your own template…");
  await hand.typeInto(TEMPLATE, "{series}/{titel}");
  expect(await preview(hand)).toContain("{titel} stands for nothing.");
  expect(await tapFor(hand, "Save")).toContain("{titel} stands for nothing.");
  await hand.back();
  expect(await hand.screen()).toContain("{series}/{titel}");
  await hand.tap("Cancel");
  expect(await openDownloads(hand)).toContain(LAYOUT);
});

test("formats are put in order for each kind of book", async ({ home }) => {
  const hand = await home.device();
  expect(await openDownloads(hand, "Formats")).toContain("Manga: EPUB first");
  await hand.tap("Manga: EPUB first");
  await hand.typeInto("CBZ", "1");
  await hand.tap("✓");
  const items = await openDownloads(hand, "Formats");
  expect(items).toContain("Manga: CBZ first");
  expect(items).toContain("Books: EPUB first");
  await hand.tap("Manga: CBZ first");
  await hand.typeInto("PDF", "1");
  await hand.back();
  expect(await openDownloads(hand, "Formats")).toContain("Manga: CBZ first");
});
