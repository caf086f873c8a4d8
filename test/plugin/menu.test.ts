// Tools › Ribbon: what it offers, what its first line says, and syncing by hand.
import { expect } from "vitest";
import { openMenu, tapFor, tappedToast, textWith } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, readBook, settle, statusLine } from "../support/node/plugin-test";

const WITHOUT_BOOK = [
  "Browse library…",
  "Nothing waits",
  "Sync now",
  "Waiting (0)",
  "Inbox…",
  "Highlights sync…",
  "Servers…",
  "Settings",
  "More",
];

const RECORDING = "Recording: on (tap to pause)";
const MORE = [
  RECORDING,
  "Log…",
  "Written into the log: the usual",
  "Diagnostics…",
  "Delete Ribbon's data…",
  "Updates…",
  "About Ribbon",
];

test("in the file browser the menu has everything but the book", async ({ home }) => {
  const hand = await home.device();
  expect(await openMenu(hand)).toEqual(WITHOUT_BOOK);
  expect(await openMenu(hand, "Waiting (0)")).toContain("Nothing waits. All that you read has reached your servers.");
  expect(await openMenu(hand, "More", "Log…")).toContain("Nothing was sent yet.");
  expect((await openMenu(hand, "More", "About Ribbon")).at(-1)).toMatch(/^Ribbon \d/);
  expect((await openMenu(hand, "Nothing waits")).at(-1)).toMatch(/^Home \(http:.*\nNothing waits: .*\nNo contact yet/);
  expect(home.proxy.taken()).toEqual([]);
});

test("in a book the menu has the book too", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  expect(await openMenu(hand)).toEqual(
    ["Browse library…", "All sent, just now"].concat(WITHOUT_BOOK.slice(2, 6), ["This book…"], WITHOUT_BOOK.slice(6)),
  );
  await closeAll(hand);
  await hand.closeBook();
  await settle(hand);
  expect(await openMenu(hand)).not.toContain("This book…");
});

test("a long press on any item explains it", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  for (const path of [[], ["Settings"], ["More"]]) {
    for (const item of await openMenu(hand, ...path)) {
      const before = (await openMenu(hand, ...path)).length;
      await hand.hold(item.replace("✓ ", ""));
      expect((await hand.screen()).length, item).toBe(before + 1);
    }
  }
});

test("the first line says what waits, why, and when it is tried again", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15, 60);
  const line = await statusLine(hand);
  expect(line).toMatch(/^1 session waits: Home does not answer(, next try \d+:\d\d)?$/);
  const story = (await openMenu(hand, line)).at(-1) ?? "";
  expect(story).toContain("Waits: 1 session and 1 place.\nHome does not answer. Is the server running?");
  await closeAll(hand);
  await home.proxy.listen();
  await openMenu(hand, "Sync now");
  await settle(hand);
  expect(await statusLine(hand)).toBe("All sent, just now");
  await hand.advance(150);
  expect(await statusLine(hand)).toBe("All sent, 3 minutes ago");
});

test("with two servers the first line names the one that does not answer", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Servers…");
  await hand.tap("Add a server…");
  await hand.typeInto("Name", "Attic");
  await hand.typeInto("Address", "http://127.0.0.1:9");
  await hand.typeInto("Key of this device", "tk_attic");
  await hand.tap("Save and test");
  await settle(hand);
  await closeAll(hand);
  await readBook(hand, file, 15);
  expect(await statusLine(hand)).toMatch(/^1 session waits: Attic does not answer/);
  const story = (await openMenu(hand, await statusLine(hand))).at(-1) ?? "";
  expect(story).toMatch(/^Home \(.*\nNothing waits: .*\nLast contact: .*\n\nAttic \(/);
  expect(home.turns()).toEqual([15]);
});

test("Sync now sends what waits and says how it went", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15);
  expect(await tappedToast(hand, "Sync now")).toBe("Home does not answer. Is the server running?");
  await home.proxy.listen();
  expect(await tappedToast(hand, "Sync now")).toBe("Sent 2. Everything is in step.");
  expect(await tappedToast(hand, "Sync now")).toBe("Everything is in step.");
  expect(home.turns()).toEqual([15]);
});

test("Sync now in a book sends the place and keeps the session going", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.turn(20, 20);
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  await settle(hand);
  expect(home.places()).toEqual([7]);
  expect(home.turns()).toEqual([]);
  await hand.turn(5, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([25]);
});

test("Sync now asks before it switches Wi-Fi on, and nothing else ever does", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await readBook(hand, file, 60);
  expect(await hand.screen()).toEqual([]);
  await hand.tapMenu("Tools", "Ribbon", "Sync now");
  expect(await hand.screen()).toContain("Do you want to turn on Wi-Fi?");
  await hand.tap("Turn on");
  await hand.advance(10);
  expect(home.turns()).toEqual([60]);
});

test("while recording is paused nothing is counted, and the line says so", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  expect(await openMenu(hand, "More", RECORDING)).toContain("Recording: paused (tap to go on)");
  expect(await textWith(hand, "Home (")).toContain("nothing says");
  await openMenu(hand, "Nothing waits");
  expect((await hand.screen()).at(-1)).toContain("Recording is paused");
  await closeAll(hand);
  await readBook(hand, file, 15);
  expect(home.turns()).toEqual([]);
  expect(await openMenu(hand, "Recording: paused (tap to go on)")).toContain("Recording: on (tap to pause)");
  await closeAll(hand);
  await readBook(hand, file, 12);
  expect(home.turns()).toEqual([12]);
});

test("the log tells of every round, the newest first", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 15);
  await home.proxy.refuse();
  await readBook(hand, file, 12);
  const rounds = (await openMenu(hand, "More", "Log…")).slice(MORE.length);
  expect(rounds[0]).toBe("What was sent");
  expect(rounds[1]).toMatch(/^Nothing sent: Home does not answer \| \d+:\d\d$/);
  expect(rounds.at(-1)).toMatch(/^Home: \d sent \| \d+:\d\d$/);
  expect(await tapFor(hand, "Nothing sent: Home does not answer")).toMatch(
    /^Mon May 04 2026 \d+:\d\d\n\nNothing reached Home\.\nHome does not answer\./,
  );
});

test("whatever the menu does can be bound to a gesture", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.turn(20, 20);
  await hand.perform("ribbon_sync_now");
  await settle(hand);
  expect(home.places()).toEqual([7]);
  for (const [action, text] of [
    ["ribbon_connect", "Connect with a code"],
    ["ribbon_status", "Last contact: "],
    ["ribbon_waiting", "Nothing waits."],
    ["ribbon_this_book", "This sitting: 7 minutes, 20 pages"],
    ["ribbon_servers", "Add a server…"],
    ["ribbon_log", "What was sent"],
    ["ribbon_record_book", "This book is not recorded any more."],
    ["ribbon_record_book", "This book is recorded again."],
    ["ribbon_inbox", "Inbox"],
    ["ribbon_downloads", "Downloads"],
    ["ribbon_recording", "Recording is paused: what you read is not counted."],
  ] as const) {
    await hand.perform(action);
    expect(await textWith(hand, text)).toContain(text);
    await closeAll(hand).catch(() => hand.advance(5));
  }
  await hand.perform("ribbon_recording");
  expect(await hand.screen()).toEqual(["Recording goes on: what you read is counted."]);
});
