// Tools › Ribbon › Servers…, and the way from nothing to the first of them.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { fillServer, form, openMenu, tapFor, textWith } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/sample-book";
import type { Hand } from "../support/node/hand";

const WELL = "Home answers and accepts the key of this device.\n\nIts version: 2.3.0.";

/** Set up Ribbon… › Continue, the form, Save and test; gives what was found. */
async function setUp(hand: Hand, fields: Record<string, string>): Promise<string> {
  await openMenu(hand, "Set up Ribbon…");
  await hand.tap("Continue");
  await fillServer(hand, fields);
  await hand.tap("Save and test");
  await hand.advance(5);
  return (await hand.screen())[0] ?? "";
}

/** Servers… › Home › Test, or another button. */
async function server(hand: Hand, button: string, name = "Home"): Promise<string> {
  await openMenu(hand, "Servers…");
  await hand.tap(name);
  return tapFor(hand, button);
}

test("before there is a server the menu offers what leads to a server, and it is tested", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
  expect(await openMenu(hand)).toEqual(["Set up Ribbon…", "Connect with a code…", "Highlights sync…"]);
  await hand.hold("Set up Ribbon…");
  expect((await hand.screen()).at(-1)).toContain("Nothing changes before.");
  expect(await setUp(hand, form(home))).toContain("Home answers and accepts the key. That was all.");
  await closeAll(hand);
  expect(await openMenu(hand)).toContain("Servers…");
  await closeAll(hand);
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
});

test("a first run that is cancelled changes nothing", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  await openMenu(hand, "Set up Ribbon…");
  await hand.tap("Cancel");
  await openMenu(hand, "Set up Ribbon…");
  await hand.tap("Continue");
  await fillServer(hand, form(home));
  await hand.tap("Cancel");
  expect(await openMenu(hand)).toEqual(["Set up Ribbon…", "Connect with a code…", "Highlights sync…"]);
  expect(home.proxy.taken()).toEqual([]);
});

test("an address is taken as people type it", async ({ home }) => {
  const address = `  ${home.proxy.origin.replace("http://", "")}/ `;
  const hand = await home.device({ isSetUp: false });
  expect(await setUp(hand, form(home, address))).toContain("Home answers");
});

test("what cannot be an address or a key is said before anything is kept", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  for (const [fields, answer] of [
    [{}, /Please enter the address/],
    [{ Address: "ftp://shelf" }, /must begin with http/],
    [{ Address: "http://" }, /lacks the name/],
    [{ Address: "shelf:8080" }, /Please enter the key/],
  ] as const) {
    await setUp(hand, fields);
    expect((await hand.screen()).at(-1)).toMatch(answer);
  }
  expect(await openMenu(hand)).toEqual(["Set up Ribbon…", "Connect with a code…", "Highlights sync…"]);
});

test("a wrong key is found, and changed on the spot", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  expect(await setUp(hand, form(home, home.proxy.origin, "tk_wrong"))).toMatch(
    /^Home answers, but does not accept the key\.\n\n.*Make a new one/,
  );
  await hand.tap("Change…");
  expect(await hand.screen()).toContain(home.proxy.origin);
  await hand.typeInto("Key of this device", home.key);
  expect(await tapFor(hand, "Save and test")).toContain("That was all");
});

test("an address where nothing answers is told from one that leads elsewhere", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  const findings: [fields: Record<string, string>, finding: RegExp][] = [
    [
      form(home, "http://127.0.0.1:9"),
      /^Nothing answers at this address:\nhttp:\/\/127\.0\.0\.1:9\n\nIs the server running\?/,
    ],
    [
      form(home, "https://no-such-name.invalid"),
      /^The name in this address was not found:\nhttps:\/\/no-such-name\.invalid/,
    ],
    [form(home, `${home.proxy.origin}/some/page`), /^What answers at this address is no library server/],
  ];
  expect(await setUp(hand, findings[0]![0])).toMatch(findings[0]![1]);
  for (const [fields, finding] of findings.slice(1)) {
    await hand.tap("Change…");
    await fillServer(hand, fields);
    await hand.tap("Save and test");
    await hand.tap("Enter the key");
    await fillServer(hand, { "Key of this device": home.key });
    await hand.tap("Save and test");
    await hand.advance(5);
    expect((await hand.screen())[0]).toMatch(finding);
  }
  await hand.tap("Leave it");
  expect(await hand.screen()).toEqual([]);
});

test.for([
  [{ kind: "page", status: 200 }, /^What answers at this/],
  [{ kind: "page", status: 404 }, /library server/],
  [{ kind: "status", status: 403 }, /^Home answers and knows the key, but does not allow this/],
  [{ kind: "status", status: 500 }, /^Home answers, but has a problem of its own/],
  [{ kind: "status", status: 503 }, /^Home answers, but/],
  [{ kind: "silence" }, /^No answer in time from this address/],
] as const)("a test that meets %j says so and what to do", { timeout: 900_000 }, async ([fault, finding], { home }) => {
  const hand = await home.device();
  home.proxy.fail(fault);
  await server(hand, "Test");
  expect(await textWith(hand, finding.source.replace("^", "").slice(0, 10))).toMatch(finding);
});

test("a test can be cancelled, and then says nothing", async ({ home }) => {
  const hand = await home.device();
  await hand.secondsPerJob(5);
  await openMenu(hand, "Servers…");
  await hand.tap("Home");
  await hand.tap("Test");
  expect((await hand.screen()).slice(-2)).toEqual(["Asking Home…", "Cancel"]);
  await hand.tap("Cancel");
  await hand.advance(10);
  expect((await hand.screen()).at(-1)).toBe("Add a server…");
});

test("without Wi-Fi a test may ask for it", async ({ home }) => {
  const hand = await home.device({ wifi: false });
  await server(hand, "Test");
  await hand.tap("Turn on");
  await hand.advance(10);
  expect((await hand.screen()).at(-1)).toBe(WELL);
});

test("the list of servers says how each one fares", async ({ home }) => {
  const hand = await home.device();
  expect((await openMenu(hand, "Servers…")).slice(-3)).toEqual(["Servers", "Home | no contact yet", "Add a server…"]);
  await hand.tap("Home");
  expect((await hand.screen()).slice(-8)).toEqual([
    expect.stringMatching(/^Home \(http:/),
    "Test",
    "Change…",
    "Connect with a code…",
    "Extra headers…",
    "Match all books again",
    "Remove…",
    "Close",
  ]);
  expect(await tapFor(hand, "Test")).toBe(WELL);
  await hand.back();
  expect((await hand.screen()).slice(-2)).toEqual(["Home | nothing waits", "Add a server…"]);
});

test("a server that is changed keeps what waits for it", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15);
  await server(hand, "Change…");
  await fillServer(hand, { Name: "Shelf", Address: home.shelf.origin });
  await hand.tap("Save and test");
  await hand.tap("Enter the key");
  await fillServer(hand, { "Key of this device": home.key });
  expect(await tapFor(hand, "Save and test")).toBe(WELL.replace("Home", "Shelf"));
  await closeAll(hand);
  await openMenu(hand, "Sync now");
  await settle(hand);
  expect(home.turns()).toEqual([15]);
});

test("a change that is cancelled changes nothing", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await server(hand, "Change…");
  await fillServer(hand, { Name: "Elsewhere", Address: "http://elsewhere" });
  await hand.tap("Cancel");
  expect((await hand.screen()).at(-2)).toBe("Home | no contact yet");
  await closeAll(hand);
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
});

async function addSecond(hand: Hand, home: Household): Promise<void> {
  await openMenu(hand, "Servers…");
  await hand.tap("Add a server…");
  await fillServer(hand, form(home, home.shelf.origin));
  await hand.tap("Save and test");
  await hand.advance(5);
}

test("a second server gets a name and a copy of what is read from then on", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await addSecond(hand, home);
  expect((await hand.screen()).at(-1)).toBe(WELL.replace("Home", "Server 2"));
  await hand.back();
  expect((await hand.screen()).slice(-3)).toEqual([
    "Home | no contact yet",
    "Server 2 | nothing waits",
    "Add a server…",
  ]);
  await closeAll(hand);
  await home.proxy.refuse();
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
  expect(await openMenu(hand)).toContain("Waiting (2)");
});

test("a server is removed only after a question that says what is lost", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15);
  await server(hand, "Remove…");
  expect(await textWith(hand, "Remove Home?")).toContain("What waits for it is discarded: 1 session and 1 place.");
  await hand.tap("Cancel");
  expect(await openMenu(hand)).toContain("Waiting (2)");
  await server(hand, "Remove…");
  await hand.tap("Remove");
  expect((await hand.screen()).slice(-2)).toEqual(["Servers", "Add a server…"]);
  await hand.back();
  expect(await hand.screen()).toEqual([]);
  expect(await openMenu(hand)).toEqual(["Set up Ribbon…", "Connect with a code…", "Highlights sync…"]);
});

test("all books can be matched again, and it says how many were found", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 12);
  expect(await server(hand, "Match all books again")).toBe("No book was found on Home that was not known before.");
  await closeAll(hand);
  await home.addToLibrary("orchard-1.epub");
  expect(await server(hand, "Match all books again")).toBe("1 book was found on Home.");
  await settle(hand);
  expect(home.turns()).toEqual([12]);
});

test("books that came by cable are found by their content, whatever they are called, and never by name", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.addToLibrary("orchard-1.epub");
  const folder = path.join(path.dirname(file), "Cable", "Deep");
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(sampleBook("orchard-1.epub"), path.join(folder, "xyz.epub"));
  fs.writeFileSync(path.join(folder, "orchard-1.epub"), "Another book under its name.");
  fs.symlinkSync(path.dirname(file), path.join(folder, "round-and-round"));
  // The ash tree lay beside them, unopened too.
  expect(await server(hand, "Match all books again")).toBe("2 books were found on Home.");
  await closeAll(hand);
  expect(await server(hand, "Match all books again")).toBe("No book was found on Home that was not known before.");
});

test("where there is no time for all books of a device, the reader is told, and the next go takes the rest", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.addToLibrary("orchard-1.epub");
  const folder = path.join(path.dirname(file), "Zebra");
  fs.mkdirSync(path.join(folder, "A"), { recursive: true });
  fs.writeFileSync(path.join(folder, "A", "one.epub"), "A book that no server has.");
  fs.writeFileSync(path.join(folder, "A", "two.epub"), "Nor this one.");
  fs.copyFileSync(sampleBook("orchard-1.epub"), path.join(folder, "a.epub"));
  await hand.run(`
    local util, time = require("util"), require("ui/time")
    local digest, now, looked = util.partialMD5, time.now, 0
    util.partialMD5 = function(file) looked = looked + 1 return digest(file) end
    time.now = function() return now() + time.s(15 * looked) end`);
  const more =
    "This device has more books than there was time for. Tap “Match all books again” to go on with the rest.";
  expect(await server(hand, "Match all books again")).toBe(`1 book was found on Home.\n\n${more}`);
  await closeAll(hand);
  expect(await server(hand, "Match all books again")).toBe("1 book was found on Home.");
});

test("why no book can be matched is said", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 12);
  await home.proxy.refuse();
  expect(await server(hand, "Match all books again")).toBe("Home does not answer. Is the server running?");
});
