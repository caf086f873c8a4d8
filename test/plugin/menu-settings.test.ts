// Tools › Ribbon › Settings: what stands there, what a tap changes, and that it lasts.
import { expect } from "vitest";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

const PARTING = "When you stop reading";
/** KOReader shows so many items at once on a small screen. */
const ONE_PAGE = 10;

const USUAL = [
  "If another device is ahead: go there",
  "If another device is behind: ask first",
  "Send the place: every 50 pages",
  "Send the place by time: no",
  "What counts as a session",
  "Longest time for one page: 10 minutes",
  "Messages while reading: all",
  PARTING,
  "Downloads",
  "Name of this device: Kobo",
];

test("the settings say what they are", async ({ home }) => {
  const hand = await home.device();
  const items = await openMenu(hand, "Settings");
  expect(items.length).toBeLessThanOrEqual(ONE_PAGE);
  expect(items.sort()).toEqual([...USUAL].sort());
  expect((await openMenu(hand, "Settings", PARTING)).sort()).toEqual([
    "After closing a book: connect and send",
    "Before sleep: connect and send",
    "✓ Before sleep: send what was just read",
  ]);
});

test.for([
  ["If another device is ahead: go there", "stay here", "If another device is ahead: stay here"],
  ["If another device is behind: ask first", "go there", "If another device is behind: go there"],
  ["Longest time for one page: 10 minutes", "no limit", "Longest time for one page: no limit"],
  ["Longest time for one page: 10 minutes", "30 minutes", "Longest time for one page: 30 minutes"],
  ["Messages while reading: all", "problems only", "Messages while reading: problems only"],
] as const)("%s, then %s", async ([item, choice, result], { home }) => {
  const hand = await home.device();
  const before = await openMenu(hand, "Settings", item);
  expect(before).toContain(`✓ ${item.split(": ")[1]}`);
  await hand.tap(choice);
  expect(await hand.screen()).toContain(`✓ ${choice}`);
  expect((await hand.screen()).filter(text => text.startsWith("✓"))).toHaveLength(1);
  await hand.back();
  expect(await hand.screen()).toContain(result);
  await closeAll(hand);
  await hand.exit();
  expect(await openMenu(await home.device(), "Settings")).toContain(result);
});

test("what a tap ticks stays ticked", async ({ home }) => {
  const hand = await home.device();
  const label = "Before sleep: send what was just read";
  await openMenu(hand, "Settings", PARTING, label);
  expect(await hand.screen()).toContain(label);
  await hand.tap(label);
  expect(await hand.screen()).toContain(`✓ ${label}`);
});

test("the place is sent after as many page turns as was said", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Settings", "Send the place: every 50 pages");
  await hand.typeInto("Send the place", "7");
  await hand.tap("Close");
  expect(await hand.screen()).toContain("Send the place: every 50 pages");
  await hand.tap("Send the place: every 50 pages");
  await hand.typeInto("Send the place", "10");
  await hand.tap("Set");
  expect(await hand.screen()).toContain("Send the place: every 10 pages");
  await closeAll(hand);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(12, 20);
  await settle(hand);
  expect(home.places()).toEqual([4]);
});

test("the place is sent with the first turn after as many minutes as was said, and then counts anew", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Settings", "Send the place by time: no");
  await hand.typeInto("Send the place by time", "10");
  await hand.tap("Set");
  expect(await hand.screen()).toContain("Send the place also every 10 minutes");
  await closeAll(hand);
  await hand.openBook(file);
  await settle(hand);
  const pushes = async (turns: number): Promise<number> => {
    home.proxy.taken();
    await hand.turn(turns, 60);
    return home.proxy.taken().filter(what => what === "PUT position").length;
  };
  expect(await pushes(9)).toBe(0);
  expect(await pushes(2)).toBe(1);
  expect(await pushes(8)).toBe(0);
  expect(await pushes(3)).toBe(1);
});

test("never in between is said in words", async ({ home }) => {
  const hand = await home.device();
  await openMenu(hand, "Settings", "Send the place: every 50 pages");
  await hand.typeInto("Send the place", "0");
  await hand.tap("Set");
  expect(await hand.screen()).toContain("Send the place: at the end only");
});

test("the device is shown by the name that it was given", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await openMenu(hand, "Settings", "Name of this device: Kobo");
  await hand.typeInto("Name of this device", "Bedside");
  await hand.tap("Cancel");
  expect(await hand.screen()).toContain("Name of this device: Kobo");
  await hand.tap("Name of this device: Kobo");
  await hand.typeInto("Name of this device", "Bedside");
  await hand.tap("Save");
  expect(await hand.screen()).toContain("Name of this device: Bedside");
  await closeAll(hand);
  await readBook(hand, file, 12);
  expect(home.sessions()[0]?.device).toBe("Bedside");
});
