// A library in the hand: its home screen, its lists, a book's page, and what each of them says when it cannot.
import { expect } from "vitest";
import { browse, hugeServer, libraryTest as test, SERIES, seeLists } from "../support/node/library-test";
import { closeAll } from "../support/node/plugin-test";

const HOME = ["Up next", "Recently added", "Series", "Authors", "Shelves", "Search…"];

test("the home screen offers what there is, and asks the server for nothing", async ({ home }) => {
  const hand = await home.device();
  expect(await browse(hand)).toEqual(["Home", "Choose where to look", ...HOME]);
  expect(home.proxy.taken()).toEqual([]);
});

test("a list is asked for once, counted on the home screen, and there at once the next time", async ({ home }) => {
  const hand = await home.device();
  expect(await browse(hand, "Series")).toEqual([
    "Series",
    "Home · 3 series",
    "Lantern Street · Noa Hartwell | 1",
    `${SERIES} | 5`,
    "Books without a series | 2",
  ]);
  await hand.tap("back.top");
  expect((await hand.screen()).slice(0, 5)).toEqual([
    "Home",
    "Seen just now",
    "Up next",
    "Recently added",
    "Series | 3",
  ]);
  home.proxy.taken();
  await hand.tap("Series");
  expect((await hand.screen())[1]).toBe("Home · 3 series");
  expect(home.proxy.taken()).toEqual([]);
});

test("the books of a series stand in its order, and the Back key leads out step by step", async ({ home }) => {
  const hand = await home.device();
  expect((await browse(hand, "Series", SERIES)).slice(0, 5)).toEqual([
    SERIES,
    "Home · 5 books",
    "1. Seedlings",
    "1.5. Windfall",
    "3. Harvest Home",
  ]);
  await hand.back();
  expect((await hand.screen())[0]).toBe("Series");
  await hand.back();
  expect((await hand.screen())[0]).toBe("Home");
  await hand.back();
  expect(await hand.screen()).toEqual([]);
});

test("the cross closes the library from wherever one is", async ({ home }) => {
  const hand = await home.device();
  await browse(hand, "Series", SERIES);
  await hand.tap("close");
  expect(await hand.screen()).toEqual([]);
});

test("a list that is old is shown at once and looked at again in the background", async ({ home }) => {
  const hand = await home.device();
  await seeLists(hand);
  await hand.advance(3600);
  await home.addToLibrary("salt-and-signal.epub");
  await hand.tapMenu("Tools", "Ribbon", "Browse library…");
  await hand.tap("Series");
  expect((await hand.screen())[1]).toBe("Home: looking for what is new…");
  await hand.advance(2);
  expect((await hand.screen())[1]).toMatch(/^Home · \d series$|has something new/);
});

test("without a network the lists that were seen can be browsed, and say when that was", async ({ home }) => {
  const hand = await home.device();
  await seeLists(hand);
  await hand.turnWifiOff();
  await hand.advance(2 * 3600);
  expect((await browse(hand))[1]).toBe("Seen 2 hours ago · no connection");
  await hand.tap("Series");
  await hand.advance(2);
  expect((await hand.screen())[1]).toBe("Seen 2 hours ago · no connection");
  await hand.tap(SERIES);
  await hand.advance(2);
  expect(await hand.screen()).toContain("1. Seedlings");
  expect((await hand.screen())[1]).toBe("Seen 2 hours ago · no connection");
});

test("a server that does not answer is said so, and can be asked again", async ({ home }) => {
  const hand = await home.device();
  await home.proxy.refuse();
  const shown = await browse(hand, "Series");
  expect(shown.slice(-3)).toEqual(["Home does not answer. Is the server running?", "Cancel", "Try again"]);
  await home.proxy.heal();
  await hand.tap("Try again");
  await hand.advance(2);
  expect((await hand.screen())[1]).toBe("Home · 3 series");
});

test("a question can be cancelled, and its worker ends with it", async ({ home }) => {
  const hand = await home.device();
  await hand.secondsPerJob(20);
  await browse(hand);
  await hand.tap("Series");
  expect((await hand.screen()).slice(-2)).toEqual(["Asking Home…", "Cancel"]);
  await hand.tap("Cancel");
  await hand.advance(60);
  expect((await hand.screen())[0]).toBe("Home");
});

test("a key that is refused leads to the servers", async ({ home }) => {
  const hand = await home.device({ connection: `key = "tk_wrong"` });
  expect((await browse(hand, "Series")).at(-1)).toMatch(/does not accept the key\.\n\nEnter a new one/);
});

test("an empty list says what to do", async ({ home }) => {
  const hand = await home.device();
  expect((await browse(hand, "Shelves")).at(-1)).toMatch(/^You have no shelves on Home yet\.\n\nShelves are made/);
});

test("a list of ten thousand opens at once, and only what is visible is read", async ({ home }) => {
  const names = Array.from({ length: 10_000 }, (_, index) => `Series ${String(index + 1).padStart(5, "0")}`);
  const huge = await hugeServer(names);
  try {
    const hand = await home.device({ address: huge.origin });
    await browse(hand, "Series");
    await hand.advance(10);
    const shown = await hand.screen();
    expect(shown.slice(0, 3)).toEqual(["Series", "Home · 10000 series", "Series 00001 | 3"]);
    expect(shown.at(-1)).toBe("Page 1 of 715");
    expect(await rowsInMemory(hand)).toBe(14);
    await hand.tap("chevron.last");
    expect((await hand.screen()).slice(2)).toEqual([
      "Series 09997 | 3",
      "Series 09998 | 3",
      "Series 09999 | 3",
      "Series 10000 | 3",
      "Page 715 of 715",
    ]);
    expect(await rowsInMemory(hand)).toBe(4);
    await hand.typeInto("Go to page", "100");
    expect(await hand.screen()).toContain("Series 01387 | 3");
    await hand.typeInto("Search", "07777");
    await hand.advance(1);
    expect(await hand.screen()).toContain("Series 07777 | 3");
    await hand.typeInto("Go to letter", "s");
    await hand.advance(1);
    expect((await hand.screen()).at(-1)).toBe("Page 1 of 715");
    expect(await rowsInMemory(hand)).toBe(14);
  } finally {
    await huge.close();
  }
});

/** How many rows of the list on screen have a text of their own. */
async function rowsInMemory(hand: { run(code: string): Promise<unknown> }): Promise<unknown> {
  return hand.run(`
    local list = require("ui/uimanager"):getTopmostVisibleWidget()
    local count = 0
    for _, item in ipairs(list.item_table) do if item.text ~= "…" then count = count + 1 end end
    return count`);
}

test("what moved on the server waits until the page is turned; a tap on Refresh does not", async ({ home }) => {
  const names = Array.from({ length: 20 }, (_, index) => `Series ${String(index + 1).padStart(2, "0")}`);
  const huge = await hugeServer(names);
  try {
    const hand = await home.device({ address: huge.origin });
    await browse(hand, "Series");
    await closeAll(hand);
    await hand.advance(3600);
    huge.names = ["A new one", ...names];
    const shown = await browse(hand, "Series");
    expect(shown.slice(1, 3)).toEqual(["Home has something new: turn the page to see it", "Series 01 | 3"]);
    await hand.tap("chevron.right");
    expect((await hand.screen()).slice(1, 3)).toEqual(["Home · 21 series", "Series 14 | 3"]);
    await hand.tap("chevron.left");
    expect(await hand.screen()).toContain("A new one | 3");
    huge.names = ["Another", ...names];
    await hand.tap("appbar.menu");
    await hand.tap("Refresh");
    await hand.advance(2);
    expect((await hand.screen()).slice(1, 3)).toEqual(["Home · 21 series", "Another | 3"]);
  } finally {
    await huge.close();
  }
});

test("one comes back to the page that one left", async ({ home }) => {
  const names = Array.from({ length: 60 }, (_, index) => `Series ${String(index + 1).padStart(2, "0")}`);
  const huge = await hugeServer(names);
  try {
    const hand = await home.device({ address: huge.origin });
    await browse(hand, "Series");
    await hand.typeInto("Go to page", "3");
    await hand.tap("Series 30 | 3");
    await hand.advance(2);
    expect(await hand.screen()).toEqual(["Series 30", "Home · 1 book", "First"]);
    await hand.tap("back.top");
    expect((await hand.screen()).at(-1)).toBe("Page 3 of 5");
  } finally {
    await huge.close();
  }
});
