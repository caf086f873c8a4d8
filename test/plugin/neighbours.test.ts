// Another plugin does what Ribbon does: TomeSync sends sessions too, KOReader's progress sync moves the page too.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand, HandOptions } from "../support/node/hand";
import { openMenu } from "../support/node/menu-test";
import {
  ASH,
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  TRAIN,
} from "../support/node/plugin-test";
import { sampleBook } from "../support/node/reader-test";

const BOTH = [path.resolve("koplugin/ribbon.koplugin"), path.resolve("test/fixtures/plugins/tomesync.koplugin")];
const QUESTION = "TomeSync is switched on too. If both send to one library, what you read counts twice.";

/** A waiting session as TomeSync keeps it. */
function pending(book: number, uuid: string, day: number): string {
  return `{ book_id = ${book}, started_at = "2026-05-0${day}T06:00:00Z", ended_at = "2026-05-0${day}T06:10:00Z",
    duration_seconds = 600, progress_start = 0.1, progress_end = 0.2, pages_turned = 11, device = "Libra", session_uuid = "${uuid}" }`;
}

/** A device on which TomeSync was used: its book map knows a file by a name that the server has never heard. */
async function withTomeSync(
  home: Household,
  options: Partial<HandOptions> & { isSetUp?: boolean; more?: string } = {},
) {
  const dataDir = path.join(home.folder, "Kobo");
  const file = path.join(dataDir, "books", "Ash on my Kobo.epub");
  const ash = home.shelf.books().find(({ title }) => title === "Ash")?.id ?? 0;
  const gone = home.shelf.books().find(({ title }) => title !== "Ash")?.id ?? 0;
  const state = `return { ["tomesync_book_map"] = { ["${file}"] = ${ash}, ["/gone.epub"] = ${gone} },
    ["tomesync_pending_sessions"] = { ${pending(ash, "one", 1)}, ${pending(gone, "two", 2)}, ${options.more ?? ""} { book_id = "nonsense" } } }\n`;
  fs.mkdirSync(path.join(dataDir, "settings"), { recursive: true });
  fs.writeFileSync(path.join(dataDir, "settings/tomesync_state.lua"), state);
  const settings = { tomesync_server_url: `${home.proxy.origin}/`, tomesync_api_key: home.key };
  const hand = await home.device({ plugin: BOTH, isSetUp: false, settings, ...options });
  hand.addBook(sampleBook(ASH), path.basename(file));
  return { hand, file, state };
}

async function takeOver(hand: Hand): Promise<string> {
  await hand.tap("Take over");
  await settle(hand);
  return (await hand.screen()).find(text => text.includes("Switch TomeSync off now?")) ?? "nothing was taken over";
}

test("TomeSync is spoken of once, in the file browser, and stays in the menu", async ({ home }) => {
  const { hand, file } = await withTomeSync(home);
  await hand.openBook(file);
  await hand.advance(10);
  expect(await hand.screen()).toEqual([]);
  await hand.closeBook();
  await hand.advance(10);
  expect((await hand.screen()).join("\n")).toContain(QUESTION);
  await hand.tap("Not now");
  await hand.exit();
  const next = await home.device({ plugin: BOTH });
  await next.advance(10);
  expect(await next.screen()).toEqual([]);
  expect(await openMenu(next)).toContain("TomeSync is on too…");
  await next.tap("TomeSync is on too…");
  expect((await next.screen()).join("\n")).toContain(QUESTION);
});

test("server, key, books and waiting sessions are taken over, and nothing of TomeSync's is changed", async ({
  home,
}) => {
  const { hand, file, state } = await withTomeSync(home);
  await hand.advance(10);
  expect(await takeOver(hand)).toContain("Taken over for Tome: 1 book and 2 sessions.");
  await hand.tap("Leave it on");
  expect(home.sessions().map(({ sessionUuid }) => sessionUuid)).toEqual(["one", "two"]);
  await readBook(hand, file, 20);
  expect(home.turns()).toEqual([11, 11, 20]);
  expect(home.sessions().map(({ title }) => title)[2]).toBe("Ash");
  expect(fs.readFileSync(path.join(hand.dataDir, "settings/tomesync_state.lua"), "utf8")).toBe(state);
  await hand.openBook(file);
  await settle(hand);
  expect((await openMenu(hand, "This book…")).join("\n")).toContain("Tome: matched by its name");
});

test("sessions of books that are not on the device any more go each to its own", async ({ home }) => {
  const books = home.shelf.books().filter(({ title }) => title !== "Ash");
  const another = books[1] ?? expect.fail("a library of three books");
  const { hand } = await withTomeSync(home, { more: `${pending(another.id, "three", 3)},` });
  await hand.advance(10);
  expect(await takeOver(hand)).toContain("Taken over for Tome: 1 book and 3 sessions.");
  const titles = home.sessions().map(({ title }) => title);
  expect(titles).toEqual(["Ash", books[0]?.title, another.title]);
});

test("taking over a second time doubles nothing", async ({ home }) => {
  const { hand } = await withTomeSync(home);
  await hand.loseWifi();
  await hand.advance(10);
  await takeOver(hand);
  await hand.tap("Leave it on");
  await openMenu(hand, "TomeSync is on too…");
  expect(await takeOver(hand)).toContain("Tome is set up. There was nothing more to take over.");
  await hand.tap("Leave it on");
  await closeAll(hand);
  await hand.regainWifi();
  await settle(hand);
  expect(home.turns()).toEqual([11, 11]);
  const added = home.proxy.taken().filter(what => what === "POST session");
  expect(added).toHaveLength(2);
  expect(await openMenu(hand, "Servers…")).not.toContain("Server 2");
});

test("TomeSync goes off when the reader says so, and only then", async ({ home }) => {
  const { hand } = await withTomeSync(home);
  await hand.advance(10);
  await takeOver(hand);
  expect(await hand.run(`return G_reader_settings:readSetting("plugins_disabled") or "none"`)).not.toHaveProperty(
    "tomesync",
  );
  await hand.tap("Switch off");
  await hand.tap("Restart now");
  await hand.ended;
  const next = await home.device({ plugin: BOTH });
  expect(await openMenu(next)).not.toContain("TomeSync is on too…");
});

test("what the server baked into the plugin is found where the reader changed nothing", async ({ home }) => {
  const plugin = path.join(home.folder, "tomesync.koplugin");
  fs.cpSync(BOTH[1] ?? "", plugin, { recursive: true });
  const baked = `local x = 1\nlocal SERVER_URL = "${home.proxy.origin}"\nlocal API_KEY    = "${home.key}"\n`;
  fs.writeFileSync(path.join(plugin, "main_impl.lua"), baked);
  const { hand } = await withTomeSync(home, { plugin: [BOTH[0] ?? "", plugin], settings: {} });
  await hand.advance(10);
  expect(await takeOver(hand)).toContain("Taken over for Tome: 1 book and 2 sessions.");
});

test.for([
  ["that does something", `os.execute("touch harm") return { tomesync_book_map = {} }`],
  ["that is no Lua", "return {{{"],
  ["that is no table", "return 7"],
] as const)("a state file %s is passed over", async ([_what, text], { home }) => {
  const { hand } = await withTomeSync(home);
  fs.writeFileSync(path.join(hand.dataDir, "settings/tomesync_state.lua"), text);
  await hand.advance(10);
  expect(await takeOver(hand)).toContain("There was nothing more to take over.");
  expect(fs.existsSync(path.join(hand.dataDir, "harm"))).toBe(false);
});

test("without an address or a key nothing is taken over, and the reader knows what to do", async ({ home }) => {
  const { hand } = await withTomeSync(home, { settings: {} });
  await hand.advance(10);
  await hand.tap("Take over");
  await settle(hand);
  expect((await hand.screen()).join("\n")).toContain("TomeSync's server and key were not found on this device.");
});

test("the server that was set up already keeps its name and its key", async ({ home }) => {
  const { hand } = await withTomeSync(home, { isSetUp: true });
  await hand.advance(10);
  expect(await takeOver(hand)).toContain("Taken over for Home: 1 book and 2 sessions.");
  expect(home.turns()).toEqual([11, 11]);
});

test.for(["old", "new"] as const)(
  "progress sync that works by itself is spoken of once: %s settings",
  async (age, { home }) => {
    const dataDir = path.join(home.folder, "Kobo");
    fs.mkdirSync(path.join(dataDir, "settings"), { recursive: true });
    const own = path.join(dataDir, "settings/kosync.lua");
    if (age === "new") fs.writeFileSync(own, "return { settings = { auto_sync = true } }\n");
    const hand = await home.device({ settings: age === "old" ? { kosync: { auto_sync: true } } : {} });
    await hand.advance(10);
    expect((await hand.screen()).join("\n")).toContain("Two plugins then move the page");
    await closeAll(hand);
    expect(await openMenu(hand)).toContain("Progress sync is on too…");
    await closeAll(hand);
    await hand.exit();
    const next = await home.device();
    await next.advance(10);
    expect(await next.screen()).toEqual([]);
  },
);

test("whoever has neither hears of neither", async ({ home }) => {
  const hand = await home.device({ settings: { kosync: { auto_sync: false } } });
  hand.addBook(sampleBook(TRAIN));
  await hand.advance(10);
  expect(await hand.screen()).toEqual([]);
  expect((await openMenu(hand)).filter(text => text.includes("is on too"))).toEqual([]);
});
