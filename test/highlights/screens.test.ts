// Highlights sync as a reader meets it: from Ribbon's menu, with the clouds that KOReader knows, over real WebDAV servers.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { ASH, closeAll, type Household, pluginTest as test, settle } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/sample-book";
import { textsIn } from "../support/node/sdr-devices";
import { saying } from "../support/node/sdr-screens";
import { makeTempDir } from "../support/node/temp-dir";
import { type DavPlace, type DavServers, PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";

const folder = makeTempDir();
let servers: DavServers;

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, "small"));
  servers = await startDavServers(folder, path.join(folder, "small"));
});

afterAll(() => servers.close());

/** Any of them will do: what servers do differently is seen in test/cloud. */
function place(): DavPlace {
  const [first] = servers.places;
  if (first === undefined) throw new Error(`no WebDAV server: ${servers.missing.join(", ")}`);
  return first;
}

/** KOReader's own cloud storage, with one place in it. */
function enterCloud(home: Household, name: string, below: string, password = PASSWORD): void {
  const { port, path: root } = place();
  const file = path.join(home.folder, name, "settings/cloudstorage.lua");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fields = {
    name: "Attic",
    type: "webdav",
    address: `http://127.0.0.1:${port}${root.replace(/\/$/, "")}`,
    username: USER,
    // LuaSocket undoes this encoding.
    password: encodeURIComponent(password),
    url: below,
  };
  const lua = Object.entries(fields).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  const own = path.join(home.folder, name, "settings/ribbon.lua");
  fs.writeFileSync(own, `return { device_name = "${name}", open_page = "" }\n`);
  fs.writeFileSync(file, `return { cs_servers = { { ${lua.join(", ")} } } }\n`);
}

interface Device {
  readonly hand: Hand;
  /** The book on it. */
  readonly file: string;
  /** Taps, waits for what the background does, and gives what can be read. */
  tap(text: string): Promise<string[]>;
  taps(): number;
}

/** A device without a library server, where a passage was marked before. */
async function device(
  home: Household,
  name: string,
  marked: string,
  below: string,
  password?: string,
): Promise<Device> {
  enterCloud(home, name, below, password);
  const hand = await home.device({ name, isSetUp: false });
  const file = hand.addBook(sampleBook(ASH));
  await hand.openBook(file);
  await hand.highlight(marked);
  await hand.closeBook();
  await settle(hand);
  let taps = 0;
  const after = async () => {
    taps += 1;
    await settle(hand);
    return hand.screen();
  };
  const tap = async (text: string) => {
    if (text === "Highlights sync…") await hand.tapMenu("Tools", "Ribbon", text);
    else await hand.tap(text);
    return after();
  };
  return { hand, file, tap, taps: () => taps };
}

test("two devices share their highlights after three and four taps", async ({ home }) => {
  const kobo = await device(home, "Kobo", "the ash tree", "two");
  expect(await kobo.tap("Highlights sync…")).toContain("Attic");
  expect(saying(await kobo.tap("Attic"), "can be used")).toContain("Nothing of Ribbon's is there yet");
  await kobo.tap("Begin");
  expect(kobo.taps()).toBe(3);
  expect((await kobo.tap("Highlights sync…")).slice(0, 2)).toEqual(["Highlights sync", "In step, just now"]);

  const kindle = await device(home, "Kindle", "the river", "two");
  await kindle.tap("Highlights sync…");
  expect(saying(await kindle.tap("Attic"), "can be used")).toContain("1 device syncs through it already");
  expect(saying(await kindle.tap("Begin"), "The first sync")).toContain(
    "From your other devices to this one: 1 new.\nFrom this device to the others: 1 new.",
  );
  expect(await textsIn(kindle.hand, kindle.file)).toEqual(["the river"]);
  await kindle.tap("Apply");
  expect(kindle.taps()).toBe(4);
  expect(await textsIn(kindle.hand, kindle.file)).toEqual(["the ash tree", "the river"]);
  await closeAll(kobo.hand);
  await kobo.tap("Highlights sync…");
  await kobo.tap("Sync now");
  expect(await textsIn(kobo.hand, kobo.file)).toEqual(["the ash tree", "the river"]);
});

test("a wrong password is told from a cloud that is not there, and nothing is chosen", async ({ home }) => {
  const kobo = await device(home, "Kobo", "the ash tree", "wrong", "wrong");
  await kobo.tap("Highlights sync…");
  expect(saying(await kobo.tap("Attic"), "does not accept")).toContain("user name or the password");
  await kobo.tap("Leave it");
  expect(await kobo.tap("Highlights sync…")).toContain("Attic");
});

test("devices, history and trash tell of what happened, and a highlight comes back from the trash", async ({
  home,
}) => {
  const kobo = await device(home, "Kobo", "the ash tree", "trash");
  for (const text of ["Highlights sync…", "Attic", "Begin"]) await kobo.tap(text);
  const kindle = await device(home, "Kindle", "the river", "trash");
  for (const text of ["Highlights sync…", "Attic", "Begin", "Apply"]) await kindle.tap(text);
  await kindle.hand.openBook(kindle.file);
  await kindle.hand.removeHighlight("the ash tree");
  await kindle.hand.closeBook();
  await settle(kindle.hand);
  await kobo.tap("Highlights sync…");
  await kobo.tap("Sync now");
  expect(await textsIn(kobo.hand, kobo.file)).toEqual(["the river"]);
  expect(await kobo.tap("Devices…")).toEqual(expect.arrayContaining([expect.stringMatching(/^Kindle \| /)]));
  await kobo.hand.back();
  expect(await kobo.tap("History…")).toEqual(expect.arrayContaining([expect.stringMatching(/by a tap \| 1 book$/)]));
  await kobo.hand.back();
  const [row = ""] = (await kobo.tap("Trash…")).slice(-1);
  expect(row).toMatch(/ \| 1$/);
  await kobo.tap(row);
  await kobo.tap("“the ash tree”");
  await kobo.tap("Put back");
  await closeAll(kobo.hand);
  await kobo.tap("Highlights sync…");
  await kobo.tap("Sync now");
  expect(await textsIn(kobo.hand, kobo.file)).toEqual(["the ash tree", "the river"]);
});

test("what another device marked in the open book is shown when the reader says so", async ({ home }) => {
  const kobo = await device(home, "Kobo", "the ash tree", "open");
  for (const text of ["Highlights sync…", "Attic", "Begin"]) await kobo.tap(text);
  const kindle = await device(home, "Kindle", "the river", "open");
  for (const text of ["Highlights sync…", "Attic", "Begin"]) await kindle.tap(text);
  await kobo.hand.openBook(kobo.file);
  await settle(kobo.hand);
  await kindle.tap("Apply");
  await kobo.hand.perform("ribbon_sync_highlights");
  await settle(kobo.hand);
  expect(saying(await kobo.hand.screen(), "Show them now?")).toContain("1 new highlight for this book");
  await kobo.tap("Later");
  await kobo.tap("Highlights sync…");
  await kobo.tap("Show 1 new highlight for this book…");
  await kobo.tap("Show them now");
  expect((await kobo.hand.position()).file).toBe(kobo.file);
  expect(await kobo.hand.screen()).toEqual([]);
  await kobo.hand.closeBook();
  expect(await textsIn(kobo.hand, kobo.file)).toEqual(["the ash tree", "the river"]);
});

test("a folder whose files are all gone is filled again only when the reader says so", async ({ home }) => {
  const kobo = await device(home, "Kobo", "the ash tree", "emptied");
  for (const text of ["Highlights sync…", "Attic", "Begin"]) await kobo.tap(text);
  const inCloud = path.join(place().folder, "emptied/Ribbon");
  expect(fs.readdirSync(inCloud)).not.toEqual([]);
  for (const name of fs.readdirSync(inCloud)) fs.rmSync(path.join(inCloud, name));
  await kobo.tap("Highlights sync…");
  expect(saying(await kobo.tap("Sync now"), "is gone, all of it")).toContain("Nothing was deleted on this device");
  expect(fs.readdirSync(inCloud)).toEqual([]);
  await kobo.tap("Fill it again from this device");
  expect(fs.readdirSync(inCloud)).not.toEqual([]);
});
