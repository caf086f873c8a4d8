import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/sample-book";
import {
  bookOn,
  folderTarget,
  marksIn,
  read,
  recolour,
  sdrDevice,
  syncHighlights,
  textsIn,
  type TwoDevices,
  twoDevices,
} from "../support/node/sdr-devices";

function folderOf(home: Household): string {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

const filesIn = (home: Household): string[] => fs.readdirSync(folderOf(home));

const together = (home: Household, options = {}): Promise<TwoDevices> =>
  twoDevices(home, folderTarget(folderOf(home)), options);

/** One highlight that both devices have. */
async function shared(home: Household, options = {}): Promise<TwoDevices> {
  const devices = await together(home, options);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kobo, onKobo, () => kobo.highlight("the ash tree"));
  await read(kindle, onKindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  return devices;
}

/** Whatever both know is in both books. */
async function meet({ kobo, kindle }: TwoDevices): Promise<void> {
  for (const hand of [kobo, kindle, kobo, kindle]) await syncHighlights(hand);
}

test("a highlight made on one device appears on the other, at its place", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kobo, onKobo, async () => {
    await kobo.turn(3, 20);
    await kobo.highlight("the ash tree", "a note");
  });
  await read(kindle, onKindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  expect(await marksIn(kindle, onKindle)).toEqual(await marksIn(kobo, onKobo));
});

test("a book that is closed gets what came without being opened", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kindle, onKindle);
  await read(kobo, onKobo, () => kobo.highlight("the ash tree"));
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
});

test("a colour on one device and a note on the other are both kept", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kindle.turnWifiOff();
  await read(kobo, onKobo, () => recolour(kobo, "the ash tree", "red"));
  await read(kindle, onKindle, () => kindle.editNote("the ash tree", "from the Kindle"));
  await meet(devices);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    expect(await marksIn(hand, file)).toMatchObject([{ color: "red", note: "from the Kindle" }]);
});

test("two notes that knew nothing of each other are both shown", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  // Neither hears of the other before both have written.
  await kindle.openBook(onKindle);
  await kindle.advance(30);
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "from the Kobo"));
  await kindle.editNote("the ash tree", "from the Kindle");
  await kindle.closeBook();
  await kindle.advance(30);
  await meet(devices);
  const [mark] = await marksIn(kobo, onKobo);
  expect(mark?.note).toContain("from the Kobo");
  expect(mark?.note).toContain("from the Kindle");
  expect(await marksIn(kindle, onKindle)).toEqual([mark]);
});

test("what is deleted on one device goes on the other", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kobo, onKobo, () => kobo.removeHighlight("the ash tree"));
  await meet(devices);
  expect(await textsIn(kindle, onKindle)).toEqual([]);
  expect(await textsIn(kobo, onKobo)).toEqual([]);
});

test("an edit that the deleter did not know of keeps the highlight", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kindle.openBook(onKindle);
  await kindle.advance(30);
  await read(kobo, onKobo, () => kobo.removeHighlight("the ash tree"));
  await kindle.editNote("the ash tree", "still needed");
  await kindle.closeBook();
  await kindle.advance(30);
  await meet(devices);
  for (const [hand, file] of [
    [kobo, onKobo],
    [kindle, onKindle],
  ] as const)
    expect(await marksIn(hand, file)).toMatchObject([{ text: "the ash tree", note: "still needed" }]);
});

test("a sidecar that was reset loses nothing anywhere", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  fs.rmSync(onKindle.replace(/epub$/, "sdr"), { recursive: true });
  await meet(devices);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
  await read(kindle, onKindle);
  await meet(devices);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
});

test.for([
  ["in 1970", 3600],
  ["five years ahead", Date.UTC(2031, 4, 4) / 1000],
])("a device whose clock is %s takes part all the same", async ([, now], { home }) => {
  const devices = await shared(home, { kindle: { now: now as number } });
  const { kobo, kindle, onKobo, onKindle } = devices;
  await read(kindle, onKindle, async () => {
    await kindle.turn(5, 20);
    await kindle.highlight("made at an odd time");
  });
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "a later note"));
  await meet(devices);
  expect((await textsIn(kobo, onKobo)).sort()).toEqual(["made at an odd time", "the ash tree"]);
  expect(await marksIn(kindle, onKindle)).toEqual(await marksIn(kobo, onKobo));
  expect((await marksIn(kindle, onKindle)).find(({ note }) => note === "a later note")).toBeDefined();
});

test("what nobody of us wrote into the folder is never run and changes nothing", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  const folder = folderOf(home);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const evil = 'return os.execute("touch /tmp/ribbon-was-here")';
  fs.rmSync("/tmp/ribbon-was-here", { force: true });
  fs.writeFileSync(path.join(folder, "metadata.epub.lua"), evil);
  fs.writeFileSync(path.join(folder, "aaaaaaaaaa-000001-d-48-0123456789abcdef.txt"), evil);
  fs.writeFileSync(path.join(folder, `aaaaaaaaaa-000002-d-${deep.length}-0123456789abcdef.txt`), deep);
  fs.writeFileSync(path.join(folder, "aaaaaaaaaa-000003-d-2000000000-0123456789abcdef.txt"), "short");
  fs.truncateSync(path.join(folder, "aaaaaaaaaa-000003-d-2000000000-0123456789abcdef.txt"), 2_000_000_000);
  await read(kobo, onKobo, async () => {
    await kobo.turn(2, 20);
    await kobo.highlight("after the attack");
  });
  await meet(devices);
  expect((await textsIn(kindle, onKindle)).sort()).toEqual(["after the attack", "the ash tree"]);
  expect(fs.existsSync("/tmp/ribbon-was-here")).toBe(false);
});

test("a folder that was emptied is asked about, and nothing is lost", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  for (const name of filesIn(home)) fs.rmSync(path.join(folderOf(home), name));
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "while it was empty"));
  await meet(devices);
  expect(filesIn(home)).toEqual([]);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  expect(await textsIn(kobo, onKobo)).toEqual(["the ash tree"]);
});

test("a device that comes later is shown a preview first: until then nothing of its own is put or changed", async ({
  home,
}) => {
  await shared(home);
  const before = filesIn(home);
  const late = await sdrDevice(home, "Boox", folderTarget(folderOf(home)));
  const file = bookOn(late);
  await read(late, file, () => late.highlight("made before"));
  await syncHighlights(late);
  expect(filesIn(home)).toEqual(before);
  expect(await textsIn(late, file)).toEqual(["made before"]);
});

test("KOReader dies in the middle, at any time, and the next run has it all", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  await kobo.openBook(onKobo);
  await kobo.advance(30);
  await kobo.turn(2, 20);
  await kobo.highlight("just before");
  await kobo.closeBook();
  await kobo.kill();
  const again = await sdrDevice(home, "Kobo", folderTarget(folderOf(home)));
  await meet({ ...devices, kobo: again });
  expect((await textsIn(kindle, onKindle)).sort()).toEqual(["just before", "the ash tree"]);
});

test("a book that calibre wrote anew is the same book, with its highlights", async ({ home }) => {
  const devices = await shared(home);
  const { kobo, kindle, onKobo, onKindle } = devices;
  // The stand-in's documents have no text to compare with; that of a genuine one is compared in test/koreader.
  await read(kobo, onKobo, async () => {
    await kobo.run(`require("apps/reader/readerui").instance.annotation.annotations[1].text_edited = true`);
  });
  const rewritten = Buffer.concat([fs.readFileSync(sampleBook("ash.epub")), Buffer.alloc(3000)]);
  fs.writeFileSync(onKobo, rewritten);
  await read(kobo, onKobo);
  const copy = path.join(path.dirname(onKindle), "other-name.epub");
  fs.writeFileSync(copy, rewritten);
  await read(kindle, copy);
  await meet(devices);
  await read(kindle, copy);
  expect(await textsIn(kindle, copy)).toEqual(["the ash tree"]);
});
