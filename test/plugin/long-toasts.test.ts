// A toast of KOReader's has one line, here 57 letters wide: what is longer is shown in several.
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { FIND_LIBRARY, lua } from "../support/node/library";
import { openMenu } from "../support/node/menu-test";
import { pluginTest as test } from "../support/node/plugin-test";

interface Shown {
  text: string;
  timeout?: number;
}

const LONG =
  "Highlights of 12 books disappeared here. Your other devices keep them all. See Tools › Ribbon › Highlights sync.";

/** Has Ribbon say it, and gives the widgets that it showed, from the first to the last. */
async function say(hand: Hand, text: string): Promise<Shown[]> {
  const shown = await hand.run(`${FIND_LIBRARY}
    the_require("src.ui.messages")
    local manager, shown = require("ui/uimanager"), {}
    local show = manager.show
    manager.show = function(self, widget)
      table.insert(shown, { text = widget.text, timeout = widget.timeout })
      return show(self, widget)
    end
    the_require("src.ui.toast").toast(${lua(text)})
    manager.show = show
    return shown`);
  return shown as Shown[];
}

test("a text that fits is one toast, for two seconds", async ({ home }) => {
  const hand = await home.device();
  const text = "x".repeat(57);
  expect(await say(hand, text)).toEqual([{ text, timeout: 2 }]);
  expect(await hand.screen()).toEqual([text]);
  await hand.advance(1.9);
  expect(await hand.screen()).toEqual([text]);
  await hand.advance(0.2);
  expect(await hand.screen()).toEqual([]);
});

test("a longer one is broken at its blanks, is shown whole, and stays longer", async ({ home }) => {
  const hand = await home.device();
  // The lowest first: KOReader's list of past messages has the newest on top.
  expect(await say(hand, LONG)).toEqual([
    { text: "sync.", timeout: 4 },
    { text: "devices keep them all. See Tools › Ribbon › Highlights", timeout: 4 },
    { text: "Highlights of 12 books disappeared here. Your other", timeout: 4 },
  ]);
  expect(await hand.screen()).toEqual([LONG]);
  await hand.advance(3.9);
  expect(await hand.screen()).toEqual([LONG]);
  await hand.advance(0.2);
  expect(await hand.screen()).toEqual([]);
});

test("a tap goes through all of its lines, and they are gone", async ({ home }) => {
  const hand = await home.device();
  await say(hand, LONG);
  expect(await openMenu(hand)).toContain("Sync now");
  expect(await hand.screen()).not.toContain(LONG);
});

test("two messages stay two, one below the other", async ({ home }) => {
  const hand = await home.device();
  await say(hand, LONG);
  await say(hand, "Everything is in step.");
  await say(hand, `${LONG} Again.`);
  expect(await hand.screen()).toEqual([LONG, "Everything is in step.", `${LONG} Again.`]);
});

test("a word that is longer than a line is broken, between two letters", async ({ home }) => {
  const hand = await home.device();
  const shown = await say(hand, `Bücher: ${"ü".repeat(120)}`);
  expect(shown.map(({ text }) => text)).toEqual(["ü".repeat(8), "ü".repeat(56), "ü".repeat(56), "Bücher:"]);
});

test("a title without an end takes eight lines, and the rest is cut off", async ({ home }) => {
  const hand = await home.device();
  expect(await say(hand, `“${"Very ".repeat(200)}Long” is on this device.`)).toHaveLength(8);
  const [text = ""] = await hand.screen();
  expect(text).toMatch(/^“(Very ){60,}\w*…$/);
});

test("KOReader does not wait for it when it is left", async ({ home }) => {
  const hand = await home.device();
  await say(hand, LONG);
  await say(hand, "Everything is in step.");
  expect(await hand.exit()).toBe(0);
});
