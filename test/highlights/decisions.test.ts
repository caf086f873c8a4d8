// What a reader decides about highlights, and what becomes of it on every device.
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import {
  bookOn,
  filesByDevice,
  folderTarget,
  keepOnly,
  markAll,
  marksIn,
  read,
  sdrDevice,
  syncHighlights,
  textsIn,
  type TwoDevices,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";

const DAY = 86_400;
const TWELVE = Array.from({ length: 12 }, (_, index) => `passage ${String(index).padStart(2, "0")}`);
const FOUR = TWELVE.slice(0, 4);

const folderOf = (home: Household): string => path.join(home.folder, "cloud");

/** Both have the same passages of a book. */
async function sharing(home: Household, texts: readonly string[]): Promise<TwoDevices> {
  fs.mkdirSync(folderOf(home), { recursive: true });
  const devices = await twoDevices(home, folderTarget(folderOf(home)));
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kobo, onKobo, () => markAll(kobo, texts));
  await read(kindle, onKindle);
  expect(await textsIn(kindle, onKindle)).toEqual(texts);
  return devices;
}

/** Names of files that a device has joined. */
function seenOn(hand: Hand): string[] {
  const database = new Database(path.join(hand.dataDir, "settings/ribbon-sdr.sqlite3"), { readonly: true });
  const names = database.prepare("SELECT name FROM seen").pluck().all() as string[];
  database.close();
  return names;
}

async function meet(...hands: Hand[]): Promise<void> {
  for (const hand of [...hands, ...hands]) await syncHighlights(hand);
}

interface Held {
  readonly book: string;
  readonly count: number;
  readonly of: number;
  readonly texts: string[];
}

const heldOn = async (hand: Hand): Promise<Held[]> => (await withSync(hand, "return list(sdr:held())")) as Held[];

/** Most of a book's passages are gone on the Kindle, and nobody saw them go. */
async function gone(home: Household): Promise<TwoDevices & { held: Held }> {
  const devices = await sharing(home, TWELVE);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await keepOnly(kindle, onKindle, FOUR);
  await meet(kindle, kobo);
  const [held] = await heldOn(kindle);
  expect(held).toMatchObject({ count: 8, of: 12 });
  expect(held?.texts.sort()).toEqual(TWELVE.slice(4));
  expect(await textsIn(kobo, onKobo), "nothing is deleted unasked").toEqual(TWELVE);
  expect(await textsIn(kindle, onKindle), "nor put back unasked").toEqual(FOUR);
  return { ...devices, held: held as Held };
}

test("much that disappeared is deleted everywhere when the reader says so, and can be put back", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle, held } = await gone(home);
  await withSync(kindle, `sdr:deleteHeld(${JSON.stringify(held.book)})`);
  await meet(kindle, kobo);
  expect(await heldOn(kindle)).toEqual([]);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file)).toEqual(FOUR);
  const count = await withSync(kobo, `
    local items = {}
    for _, book in ipairs(sdr:trashBooks()) do
      for _, item in ipairs(sdr:trash(book.book)) do items[#items + 1] = item end
    end
    sdr:restore(items)
    return #items`); // prettier-ignore
  expect(count).toBe(8);
  await meet(kobo, kindle);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file), "the whole book").toEqual(TWELVE);
  expect(await withSync(kobo, "return #sdr:trashBooks()")).toBe(0);
});

test("much that disappeared is put back when the reader says so", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle, held } = await gone(home);
  await withSync(kindle, `sdr:putHeldBack(${JSON.stringify(held.book)})`);
  await meet(kindle, kobo);
  expect(await heldOn(kindle)).toEqual([]);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file)).toEqual(TWELVE);
});

test("much that disappeared waits as long as the reader wants, also over a restart", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await gone(home);
  await read(kindle, onKindle);
  await kindle.exit();
  const again = await sdrDevice(home, "Kindle", folderTarget(folderOf(home)));
  await again.advance(DAY);
  await meet(again, kobo);
  expect(await heldOn(again)).toMatchObject([{ count: 8, of: 12 }]);
  expect(await textsIn(kobo, onKobo)).toEqual(TWELVE);
  expect(await textsIn(again, onKindle)).toEqual(FOUR);
});

test("of two notes the one that the reader chooses counts on both devices", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await sharing(home, ["the ash tree"]);
  await kindle.openBook(onKindle);
  await kindle.advance(30);
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "from the Kobo"));
  await kindle.editNote("the ash tree", "from the Kindle");
  await kindle.closeBook();
  await kindle.advance(30);
  await meet(kobo, kindle);
  const values = await withSync(kindle, `
    local conflict = sdr:conflicts(10)[1]
    local texts = {}
    for index, value in ipairs(conflict.values) do
      texts[index] = value.device .. ": " .. value.text
      if value.text == "from the Kobo" then sdr:settle(conflict, index - 1) end
    end
    table.sort(texts)
    return texts`); // prettier-ignore
  expect(values).toEqual(["Kindle: from the Kindle", "Kobo: from the Kobo"]);
  await meet(kindle, kobo);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const) {
    // prettier-ignore
    expect(await marksIn(hand, file)).toMatchObject([{ note: "from the Kobo" }]);
    expect(await withSync(hand, "return #sdr:conflicts(10)")).toBe(0);
  }
});

/** A device that was never there says yes to its preview. */
async function newcomer(home: Household, name: string): Promise<{ hand: Hand; file: string }> {
  const hand = await sdrDevice(home, name, folderTarget(folderOf(home)));
  const file = bookOn(hand);
  await read(hand, file);
  await syncHighlights(hand);
  expect(await withSync(hand, "return sdr:status().state.kind")).toBe("preview");
  expect(await withSync(hand, "return sdr:applyPreview() or 'begun'")).toBe("begun");
  await hand.advance(30);
  return { hand, file };
}

test("what a device wrote that is no more stays, and its files go", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await sharing(home, ["from the Kobo"]);
  await read(kindle, onKindle, async () => {
    await markAll(kindle, ["kept", "in the Kindle's last days"]);
    await kindle.editNote("from the Kobo", "a word of the Kindle");
  });
  await syncHighlights(kobo);
  await kindle.exit();
  const before = Object.keys(filesByDevice(folderOf(home)));
  expect(before).toHaveLength(2);
  const id = (await withSync(kobo, `
    for _, device in ipairs(sdr:devices()) do
      if device.label == "Kindle" then sdr:retire(device.id) return device.id end
    end`)) as string; // prettier-ignore
  await meet(kobo, kobo);
  expect(Object.keys(filesByDevice(folderOf(home)))).toEqual(before.filter(each => each !== id));
  expect(await withSync(kobo, `for _, device in ipairs(sdr:devices()) do if device.isRetired then return device.id end end`)).toBe(id); // prettier-ignore
  const { hand, file } = await newcomer(home, "Boox");
  expect(await textsIn(hand, file)).toEqual(await textsIn(kobo, onKobo));
  expect(await marksIn(hand, file)).toHaveLength(3);
  expect((await marksIn(hand, file)).find(({ text }) => text === "from the Kobo")?.note).toBe("a word of the Kindle");
  // It was in a drawer only.
  const back = await sdrDevice(home, "Kindle", folderTarget(folderOf(home)));
  await read(back, onKindle, () => markAll(back, ["after all"]));
  await meet(back, kobo);
  expect(await textsIn(kobo, onKobo)).toContain("after all");
  expect(await textsIn(back, onKindle)).toHaveLength(4);
});

test("two devices with one settings folder become two, and neither writes over the other", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await sharing(home, ["before"]);
  const before = filesByDevice(folderOf(home));
  await kobo.exit();
  fs.cpSync(path.join(home.folder, "Kobo"), path.join(home.folder, "Clone"), { recursive: true });
  const first = await sdrDevice(home, "Kobo", folderTarget(folderOf(home)));
  const clone = await sdrDevice(home, "Clone", folderTarget(folderOf(home)));
  const onClone = bookOn(clone);
  await read(first, onKobo, () => markAll(first, ["by the first"]));
  await read(clone, onClone, async () => {
    await clone.turn(9, 20);
    await clone.highlight("by the copy");
  });
  await meet(first, clone, kindle);
  const all = ["before", "by the copy", "by the first"];
  for (const [hand, file] of [
    [first, onKobo],
    [clone, onClone],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file)).toEqual(all);
  const after = filesByDevice(folderOf(home));
  expect(Object.keys(after)).toHaveLength(3);
  for (const [device, names] of Object.entries(before)) expect(after[device]).toEqual(expect.arrayContaining(names));
  // And from then on each goes its own way.
  await read(clone, onClone, () => clone.editNote("by the first", "seen by the copy"));
  await read(first, onKobo, () => first.removeHighlight("before"));
  await meet(first, clone, kindle);
  for (const [hand, file] of [
    [first, onKobo],
    [clone, onClone],
    [kindle, onKindle],
  ] as const)
    // prettier-ignore
    expect(await textsIn(hand, file)).toEqual(["by the copy", "by the first"]);
  expect(Object.keys(filesByDevice(folderOf(home)))).toHaveLength(3);
});

test("many small files become one, which replaces them after a day and two syncs", async ({ home }) => {
  const { kobo, kindle, onKobo } = await sharing(home, ["the first"]);
  const texts = Array.from({ length: 20 }, (_, index) => `number ${String(index).padStart(2, "0")}`);
  for (const text of texts) await read(kobo, onKobo, () => markAll(kobo, [text]));
  const id = Object.entries(filesByDevice(folderOf(home))).find(([, names]) => names.length > 5)?.[0] ?? "";
  const countOf = () => filesByDevice(folderOf(home))[id]?.length ?? 0;
  const many = countOf();
  expect(many, "nothing goes on the same day").toBeGreaterThan(20);
  await syncHighlights(kindle);
  expect(seenOn(kindle).length).toBeGreaterThan(20);
  await kobo.advance(DAY + 60);
  for (let syncs = 0; syncs < 3; syncs += 1) await syncHighlights(kobo);
  expect(countOf()).toBeLessThan(8);
  expect(filesByDevice(folderOf(home))[id]?.some(name => name.includes("-s-"))).toBe(true);
  const { hand, file } = await newcomer(home, "Boox");
  expect(await textsIn(hand, file)).toEqual([...texts, "the first"]);
  await meet(kindle, kobo);
  expect(await textsIn(kindle, bookOn(kindle))).toEqual([...texts, "the first"]);
  const listed = Object.values(filesByDevice(folderOf(home))).flat();
  expect(listed, "what is gone need not be remembered").toEqual(expect.arrayContaining(seenOn(kindle)));
});
