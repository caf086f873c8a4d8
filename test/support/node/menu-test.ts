// What the tests of the menu do again and again.
import type { Hand } from "./hand";
import { closeAll, type Household } from "./plugin-test";

/** Opens Tools › Ribbon and goes on from there; gives what can be read then. */
export async function openMenu(hand: Hand, ...items: string[]): Promise<string[]> {
  await closeAll(hand);
  await hand.tapMenu("Tools", "Ribbon", ...items);
  await hand.advance(5);
  return hand.screen();
}

/** The line of Ribbon's menu that says where things stand: below the library, which comes first. */
export async function statusInMenu(hand: Hand): Promise<string> {
  const [, line = ""] = await openMenu(hand);
  return line;
}

/** Taps, waits for what the background may say, and gives the text that is uppermost. */
export async function tapFor(hand: Hand, text: string): Promise<string> {
  await hand.tap(text);
  await hand.advance(5);
  return (await hand.screen()).at(-1) ?? "";
}

/** The text below which the buttons of the uppermost dialog stand: finds it by how it begins. */
export async function textWith(hand: Hand, part: string): Promise<string> {
  return (await hand.screen()).findLast(text => text.includes(part)) ?? `nothing says “${part}”`;
}

/** Fills in the form of a server; only the fields that are given. */
export async function fillServer(hand: Hand, fields: Record<string, string>): Promise<void> {
  for (const [field, text] of Object.entries(fields)) await hand.typeInto(field, text);
}

export const form = (home: Household, address = home.proxy.origin, key = home.key): Record<string, string> => ({
  Address: address,
  "Key of this device": key,
});

/** Taps an item that closes the menu, and reads the toast. */
export async function tappedToast(hand: Hand, item: string): Promise<string> {
  await hand.tapMenu("Tools", "Ribbon", item);
  for (let tenths = 0; tenths < 40; tenths += 1) {
    await hand.advance(0.1);
    const [toast] = await hand.screen();
    if (toast === undefined) continue;
    await hand.advance(30);
    return toast;
  }
  return "no toast";
}
