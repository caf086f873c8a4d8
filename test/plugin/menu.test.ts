// Tools › Ribbon: every item, in every state that a reader can meet.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import {
  ASH,
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  statusLine,
} from "../support/node/plugin-test";

/** Opens Tools › Ribbon › item and reads what it brings, without the menu behind it. */
async function tapped(hand: Hand, item: string): Promise<string[]> {
  await hand.tapMenu("Tools", "Ribbon");
  const menu = await hand.screen();
  await hand.tap(item);
  await hand.advance(5);
  const screen = await hand.screen();
  return screen.slice(menu.every((text, index) => screen[index] === text) ? menu.length : 0);
}

/** Fills in Server… as a person does, and reads the answer. */
async function enterServer(hand: Hand, fields: Record<string, string>): Promise<string[]> {
  await hand.tapMenu("Tools", "Ribbon", "Server…");
  for (const [field, text] of Object.entries(fields)) await hand.typeInto(field, text);
  await hand.tap("Save and test");
  await hand.advance(5);
  const screen = await hand.screen();
  await closeAll(hand);
  return screen;
}

const form = (home: Household, address = home.proxy.origin, key = home.key): Record<string, string> => ({
  Address: address,
  "Key of this device": key,
});

test("before there is a server, the menu says what to do first", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  await hand.tapMenu("Tools", "Ribbon");
  expect(await hand.screen()).toEqual([
    "No server yet: tap Server… to enter one",
    "Sync now",
    "Waiting (0)",
    "Server…",
    "Test connection",
    "About",
  ]);
  await expect(hand.tap("Sync now")).rejects.toThrow("nothing to tap");
  await expect(hand.tap("Test connection")).rejects.toThrow("nothing to tap");
  await hand.tap("No server yet: tap Server… to enter one");
  expect((await hand.screen()).at(-1)).toContain("Enter its address and key under Server…");
});

test("with nothing waiting, every item says so", async ({ home }) => {
  const hand = await home.device();
  expect(await statusLine(hand)).toBe("Home: nothing waits");
  expect(await tapped(hand, "Waiting (0)")).toEqual(["Nothing waits. All that you read has reached your servers."]);
  await closeAll(hand);
  expect((await tapped(hand, "About")).join()).toMatch(/^Ribbon \d/);
  await closeAll(hand);
  expect(await tapped(hand, "Home: nothing waits")).toEqual(["Home: nothing waits"]);
  expect(home.proxy.taken()).toEqual([]);
});

test("a long press on an item explains it", async ({ home }) => {
  const hand = await home.device();
  for (const item of ["Sync now", "Waiting (0)", "Server…", "Test connection"]) {
    await hand.tapMenu("Tools", "Ribbon");
    const before = (await hand.screen()).length;
    await hand.hold(item);
    expect((await hand.screen()).length, item).toBe(before + 1);
    await closeAll(hand);
  }
});

test("the menu is the same in a book", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.tapMenu("Tools", "Ribbon");
  expect((await hand.screen()).slice(0, 3)).toEqual(["Home: in step, just now", "Sync now", "Waiting (0)"]);
});

test("address and key, entered by hand, are tested and work from then on", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
  const screen = await enterServer(hand, form(home));
  expect(screen.at(-1)).toBe("Home answers and accepts the key of this device.");
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
});

test("an address is taken as people type it", async ({ home }) => {
  const address = `  ${home.proxy.origin.replace("http://", "")}/ `;
  const hand = await home.device({ isSetUp: false });
  expect((await enterServer(hand, form(home, address))).at(-1)).toBe(
    "Home answers and accepts the key of this device.",
  );
});

test("a wrong key is told from a wrong address", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  const wrongKey = await enterServer(hand, form(home, home.proxy.origin, "tk_wrong"));
  expect(wrongKey.at(-1)).toBe("Home does not accept the key. Enter a new one under Server…");
  await home.proxy.refuse();
  const wrongAddress = await enterServer(hand, form(home));
  expect(wrongAddress.at(-1)).toBe("Home does not answer. Is the server running?");
});

test("an address where a web page answers is not a library server", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  home.proxy.fail({ kind: "page", status: 200 });
  const screen = await enterServer(hand, form(home));
  expect(screen.at(-1)).toBe("What answers at the address of Home is not a library server. Is the address right?");
  home.proxy.fail(() => undefined);
  const below = await enterServer(hand, form(home, `${home.proxy.origin}/some/page`));
  expect(below.at(-1)).toBe("What answers at the address of Home is not a library server. Is the address right?");
});

test("what cannot be an address or a key is said before anything is kept", async ({ home }) => {
  const hand = await home.device({ isSetUp: false });
  for (const [fields, answer] of [
    [{}, /Please enter the address/],
    [{ Address: "ftp://shelf" }, /must begin with http/],
    [{ Address: "http://" }, /lacks the name/],
    [{ Address: "shelf:8080" }, /Please enter the key/],
  ] as const) {
    await hand.tapMenu("Tools", "Ribbon", "Server…");
    for (const [field, text] of Object.entries(fields)) await hand.typeInto(field, text);
    await hand.tap("Save and test");
    expect((await hand.screen()).at(-1)).toMatch(answer);
    await closeAll(hand);
  }
  expect(await statusLine(hand)).toBe("No server yet: tap Server… to enter one");
});

test("a server dialog that is cancelled changes nothing", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.tapMenu("Tools", "Ribbon", "Server…");
  await hand.typeInto("Address", "http://elsewhere");
  await hand.tap("Cancel");
  await closeAll(hand);
  await readBook(hand, file, 10);
  expect(home.turns()).toEqual([10]);
});

test("what waits is listed, oldest first, and a tap says why", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15, 60);
  expect(await statusLine(hand)).toBe("1 session and 1 place in a book wait for Home");
  const list = (await tapped(hand, "Waiting (2)")).join(" | ");
  expect(list).toContain("16 minutes of reading");
  expect(list).toContain("place: 5 %");
  await closeAll(hand);
  expect((await tapped(hand, "1 session and 1 place in a book wait for Home")).at(-1)).toContain(
    "Home does not answer. Is the server running?",
  );
});

test("what was refused says why it waits", async ({ home }) => {
  const { hand, file } = await home.deviceWith("orchard-1.epub");
  await readBook(hand, file, 15, 60);
  await hand.tapMenu("Tools", "Ribbon", "Waiting (2)");
  await hand.tap("Seedlings");
  expect((await hand.screen()).at(-1)).toContain("Home does not have this book.");
});

test("Sync now sends what waits and says how it went", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15);
  await home.proxy.heal();
  expect(await tappedToast(hand, "Sync now")).toBe("Sent 2. Everything is in step.");
  expect(await tappedToast(hand, "Sync now")).toBe("Everything is in step.");
  expect(home.turns()).toEqual([15]);
});

test("Sync now says why it did not work", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 15);
  expect(await tappedToast(hand, "Sync now")).toBe("Home does not answer. Is the server running?");
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

test("Test connection asks the server that was entered", async ({ home }) => {
  const hand = await home.device();
  expect((await tapped(hand, "Test connection")).at(-1)).toBe("Home answers and accepts the key of this device.");
  await closeAll(hand);
  await home.proxy.refuse();
  expect((await tapped(hand, "Test connection")).at(-1)).toBe("Home does not answer. Is the server running?");
});

test("a gesture can be bound to Sync now", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.turn(20, 20);
  await hand.perform("ribbon_sync_now");
  await settle(hand);
  expect(home.places()).toEqual([7]);
});

/** Taps an item that closes the menu, and reads the toast. */
async function tappedToast(hand: Hand, item: string): Promise<string> {
  await hand.tapMenu("Tools", "Ribbon", item);
  for (let tenths = 0; tenths < 40; tenths += 1) {
    await hand.advance(0.1);
    const [toast] = await hand.screen();
    if (toast !== undefined) {
      await settle(hand);
      return toast;
    }
  }
  return "no toast";
}
