// Where a key goes: one address or two, another host, plain http, extra headers.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { fillServer, form, openMenu, statusInMenu, tapFor, textWith } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";
import type { Hand } from "../support/node/hand";
import { Proxy } from "../support/node/proxy";

const WELL = "Home answers and accepts the key of this device.";
const SECOND = "Second address (outside home)";

/** Servers… › Home › a button. */
async function server(hand: Hand, button: string): Promise<string> {
  await openMenu(hand, "Servers…");
  await hand.tap("Home");
  return tapFor(hand, button);
}

async function change(hand: Hand, fields: Record<string, string>): Promise<string> {
  await server(hand, "Change…");
  await fillServer(hand, fields);
  return tapFor(hand, "Save and test");
}

const settingsOf = (home: Household): string =>
  fs.readFileSync(path.join(home.folder, "Kobo/settings/ribbon.lua"), "utf8");

/** Another place that leads to the same library, and writes down what it was sent. */
async function withOther(home: Household, work: (other: Proxy) => Promise<void>): Promise<void> {
  const other = await Proxy.start(() => home.shelf.origin);
  try {
    await work(other);
  } finally {
    await other.close();
  }
}

test("a key does not follow an address to another place: it is asked for again", async ({ home }) => {
  await withOther(home, async other => {
    const hand = await home.device();
    await change(hand, { Address: other.origin });
    expect(await textWith(hand, "This address leads")).toContain("it is not sent there");
    await hand.tap("Cancel");
    expect(settingsOf(home)).toContain(home.proxy.origin);
    await change(hand, { Address: other.origin });
    await hand.tap("Enter the key");
    expect(await hand.screen()).toContain(other.origin);
    expect(await hand.screen()).not.toContain(home.key);
    expect(await tapFor(hand, "Save and test")).toContain("Please enter the key");
    await hand.back();
    expect(other.exchanges).toEqual([]);
    await fillServer(hand, { "Key of this device": home.key });
    expect(await tapFor(hand, "Save and test")).toContain(WELL);
    expect(settingsOf(home)).not.toContain(home.proxy.origin);
  });
});

test.for([
  { books: "The same library", asks: 0 },
  { books: "Another library", asks: 1 },
])("after a move, books are looked for anew in another library only: $books", async ({ books, asks }, { home }) => {
  await withOther(home, async other => {
    const { hand, file } = await home.deviceWith(ASH);
    await readBook(hand, file, 10);
    await change(hand, { Address: other.origin });
    await hand.tap("Enter the key");
    await fillServer(hand, { "Key of this device": home.key });
    await hand.tap("Save and test");
    expect(await tapFor(hand, books)).toContain(WELL);
    await closeAll(hand);
    other.taken();
    await readBook(hand, file, 11);
    expect(other.taken().filter(what => what.includes("resolve"))).toHaveLength(asks);
    expect(home.turns()).toEqual([10, 11]);
  });
});

test.for(["Back", "Cancel"])("whose books they are is not said by %s: then nothing changes", async (way, { home }) => {
  await withOther(home, async other => {
    const { hand, file } = await home.deviceWith(ASH);
    await readBook(hand, file, 10);
    await change(hand, { Address: other.origin });
    await hand.tap("Enter the key");
    await fillServer(hand, { "Key of this device": home.key });
    await tapFor(hand, "Save and test");
    expect(await hand.screen()).toContain("Another library");
    if (way === "Back") await hand.back();
    else await hand.tap(way);
    await hand.advance(5);
    expect(settingsOf(home)).toContain(home.proxy.origin);
    expect(settingsOf(home)).not.toContain(other.origin);
    expect(other.exchanges).toEqual([]);
    await closeAll(hand);
    home.proxy.taken();
    await readBook(hand, file, 11);
    expect(home.proxy.taken().filter(what => what.includes("resolve"))).toEqual([]);
  });
});

/** Removes the only server and adds it again. */
async function replaceServer(home: Household, hand: Hand): Promise<void> {
  await server(hand, "Remove…");
  await hand.tap("Remove");
  await hand.tap("Add a server…");
  await fillServer(hand, { Name: "Home", Address: home.proxy.origin, "Key of this device": home.key });
  expect(await tapFor(hand, "Save and test")).toContain(WELL);
  await closeAll(hand);
}

test("what was matched with a server that was removed does not pass to the next one", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  const ids = new Set<string | undefined>();
  for (const page of [10, 11]) {
    await replaceServer(home, hand);
    home.proxy.taken();
    await readBook(hand, file, page);
    expect(home.proxy.taken().filter(what => what.includes("resolve"))).toHaveLength(1);
    ids.add(/\["id"\] = "(.+)"/u.exec(settingsOf(home))?.[1]);
  }
  // A later server with the id of an earlier one would inherit whatever was forgotten to be forgotten.
  expect(ids.size).toBe(2);
  expect(ids).not.toContain(undefined);
});

test("another path of the same place needs no new key", async ({ home }) => {
  const hand = await home.device();
  await change(hand, { Address: `${home.proxy.origin}/library` });
  expect(settingsOf(home)).toContain("/library");
});

test("a second address is tried where the first leads nowhere, and the other way round", async ({ home }) => {
  const connection = `outsideUrl = "${home.shelf.origin}"`;
  const { hand, file } = await home.deviceWith(ASH, { connection });
  await readBook(hand, file, 10);
  expect(home.proxy.taken()).toContain("POST session");
  expect((await server(hand, "Test")).endsWith(`first address:\n${home.proxy.origin}`)).toBe(true);
  await closeAll(hand);
  await home.proxy.refuse();
  await readBook(hand, file, 11);
  expect(home.turns()).toEqual([10, 11]);
  const story = (await openMenu(hand, "All sent, just now")).at(-1);
  expect(story).toContain(`Home (${home.proxy.origin}, outside ${home.shelf.origin})`);
  expect(story).toContain(", at its second address.");
  await home.proxy.heal();
  await closeAll(hand);
  home.proxy.taken();
  await readBook(hand, file, 12);
  expect(home.proxy.taken()).toEqual([]);
  expect(home.turns()).toEqual([10, 11, 12]);
});

test("a second address of a known server is confirmed before the key goes there", async ({ home }) => {
  await withOther(home, async other => {
    const hand = await home.device();
    await change(hand, { [SECOND]: `${other.origin}/` });
    expect(await textWith(hand, "The key of Home")).toContain(`${other.origin}\n\nIs that the same server?`);
    await hand.tap("Change it");
    expect(await hand.screen()).toContain(other.origin);
    expect(settingsOf(home)).not.toContain(other.origin);
    await hand.tap("Save and test");
    expect(await tapFor(hand, "The same server")).toContain(WELL);
    expect(settingsOf(home)).toContain(`outsideUrl"] = "${other.origin}"`);
    expect(await change(hand, { Name: "Home" })).toContain(WELL);
    expect(await change(hand, { [SECOND]: "" })).toContain(WELL);
    expect(settingsOf(home)).not.toContain(other.origin);
  });
});

test("plain http to the internet is warned of once, and nothing is asked before", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  await openMenu(hand, "Set up Ribbon…");
  await hand.tap("Continue");
  await fillServer(hand, form(home, "http://books.example.invalid"));
  await hand.tap("Save and test");
  expect(await textWith(hand, "on the internet")).toContain("Whoever stands between can read your key");
  await hand.tap("Change it");
  expect(await hand.screen()).toContain(home.key);
  await hand.tap("Save and test");
  await hand.tap("Use it");
  await hand.advance(5);
  expect(await textWith(hand, "was not found")).toContain("books.example.invalid");
  await hand.tap("Leave it");
  await change(hand, { Name: "Books" });
  expect(await textWith(hand, "was not found")).toContain("books.example.invalid");
});

/** Servers… › Home › Extra headers… › Add a header…; gives what is uppermost then. */
async function addHeader(hand: Hand, name: string, value: string): Promise<string> {
  await hand.tap("Add a header…");
  await fillServer(hand, { Name: name, Value: value });
  await hand.tap("Save");
  return (await hand.screen()).at(-1) ?? "";
}

test("extra headers go along with every request, are shown by their end and never logged", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await server(hand, "Extra headers…");
  await addHeader(hand, "CF-Access-Client-Id", "0123456789abcdef");
  await addHeader(hand, "CF-Access-Client-Secret", "very-secret-value");
  expect((await hand.screen()).slice(-3)).toEqual([
    "CF-Access-Client-Id | ••••cdef",
    "CF-Access-Client-Secret | ••••alue",
    "Add a header…",
  ]);
  await closeAll(hand);
  await readBook(hand, file, 10);
  expect(home.proxy.exchanges.length).toBeGreaterThan(2);
  for (const { headers } of home.proxy.exchanges) {
    expect(headers).toMatchObject({ "cf-access-client-id": "0123456789abcdef" });
  }
  home.proxy.fail({ kind: "page", status: 403 });
  await server(hand, "Test");
  expect(hand.log).not.toContain("very-secret");
  expect(hand.log).not.toContain(home.key);
});

test("a header that cannot be sent is refused with a sentence, one can be changed and removed", async ({ home }) => {
  const hand = await home.device();
  await server(hand, "Extra headers…");
  for (const [name, value, answer] of [
    ["CF Access", "x", /letters, digits and hyphens/],
    ["Authorization", "Bearer x", /sets this header itself/],
    ["X-A", "", /Please enter the value/],
  ] as const) {
    expect(await addHeader(hand, name, value)).toMatch(answer);
    await hand.back();
    await hand.tap("Cancel");
  }
  await addHeader(hand, "X-A", "one");
  await hand.tap("X-A | ••••");
  await fillServer(hand, { Value: "another-value" });
  await hand.tap("Save");
  expect((await hand.screen()).at(-2)).toBe("X-A | ••••alue");
  expect(await addHeader(hand, "x-a", "two")).toMatch(/with this name already/);
  await hand.back();
  await hand.tap("Cancel");
  await hand.tap("X-A | ••••alue");
  await hand.tap("Remove");
  expect((await hand.screen()).slice(-2)).toEqual([expect.stringContaining("For a proxy such as"), "Add a header…"]);
});

test("extra headers do not follow an address to another place", async ({ home }) => {
  await withOther(home, async other => {
    const hand = await home.device({ connection: 'headers = { { name = "X-Secret", value = "for home only" } }' });
    await change(hand, { Address: other.origin });
    await hand.tap("Enter the key");
    await fillServer(hand, { "Key of this device": home.key });
    expect(await tapFor(hand, "Save and test")).toContain(WELL);
    for (const { headers } of other.exchanges) expect(headers).not.toHaveProperty("x-secret");
  });
});

test("a test that fails is what the status says, until one succeeds", async ({ home }) => {
  const hand = await home.device();
  home.proxy.fail({ kind: "status", status: 403 });
  await server(hand, "Test");
  expect(await statusInMenu(hand)).toBe("Nothing waits, but Home does not allow it");
  await home.proxy.heal();
  await server(hand, "Test");
  expect(await statusInMenu(hand)).toBe("All sent, just now");
});

test("a key that is not taken any more pauses the server, says so once, and a tap or a new network goes on", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  home.proxy.fail({ kind: "status", status: 401 });
  await hand.openBook(file);
  await hand.advance(1);
  expect(await textWith(hand, "does not accept")).toContain("See Tools › Ribbon › Servers.");
  await settle(hand);
  home.proxy.taken();
  await hand.turn(60, 20);
  await hand.closeBook();
  await hand.advance(7200);
  expect(home.proxy.taken()).toEqual([]);
  expect((await openMenu(hand)).join()).toContain("1 session waits: Home does not accept the key");
  await closeAll(hand);
  await home.proxy.heal();
  await openMenu(hand, "Sync now");
  await settle(hand);
  expect(home.turns()).toEqual([60]);
});

test("a search is cancelled by Back, its worker ends, and the next one is answered", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await hand.openBook(file);
  await settle(hand);
  await hand.secondsPerJob(20);
  await openMenu(hand, "This book…");
  await hand.tap("Match this book…");
  await hand.typeInto("Words of the title, the author or the series", "ash");
  await hand.tap("Search");
  await hand.advance(1);
  await hand.back();
  expect(await hand.screen()).not.toContain("Searching Home for “ash”…");
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await hand.secondsPerJob(0.2);
  expect(await server(hand, "Test")).toContain(WELL);
});
