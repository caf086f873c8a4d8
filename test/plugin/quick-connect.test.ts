import fs from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { openStore } from "../../src/shelf/store/store";
import type { Hand } from "../support/node/hand";
import { openMenu, tapFor } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest, readBook, settle, statusLine } from "../support/node/plugin-test";
import { sampleBook } from "../support/node/sample-book";

const PLUGIN = "koplugin/ribbon.koplugin";
const MINUTE = 60;

/** The code on the device's screen. */
async function shownCode(hand: Hand): Promise<string> {
  const text = (await hand.screen()).join("\n");
  return /Code: ([A-Z2-9]{3}) ([A-Z2-9]{3})/.exec(text)?.slice(1).join("") ?? `no code in: ${text}`;
}

async function askForCode(hand: Hand, address: string): Promise<string> {
  await openMenu(hand, "Connect with a code…");
  await hand.typeInto("Address", address);
  await hand.tap("Continue");
  await hand.advance(2);
  return shownCode(hand);
}

async function letIn(home: Household, code: string): Promise<number> {
  const headers = { Authorization: `Bearer ${await home.shelf.loginToken()}`, "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify({ code }) };
  return (await fetch(`${home.shelf.origin}/api/auth/quick-connect/authorize`, init)).status;
}

describe("connecting with a code", () => {
  pluginTest("gets the device a key of its own, with nothing typed but the address", async ({ home }) => {
    const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
    const code = await askForCode(hand, home.proxy.origin);
    expect((await hand.screen()).join("\n")).toContain(`QR code: ${home.proxy.origin}/connect?code=${code}`);
    expect(await letIn(home, code)).toBe(200);
    await hand.advance(10);
    expect((await hand.screen()).join("\n")).toContain("Home has let this device in, for owner.");
    await closeAll(hand);
    await readBook(hand, file, 12);
    expect(home.turns()).toEqual([12]);
  });

  pluginTest("warns before a code travels the internet in the open, and keeps what was typed", async ({ home }) => {
    const hand = await home.device({ isSetUp: false });
    await openMenu(hand, "Connect with a code…");
    await hand.typeInto("Address", "http://books.example.invalid");
    await hand.tap("Continue");
    expect((await hand.screen()).join("\n")).toContain("on the internet, and without encryption");
    await hand.tap("Change it");
    expect((await hand.screen()).join("\n")).toContain("http://books.example.invalid");
  });

  pluginTest("shows a new code when the old one is too old, and none after Cancel", async ({ home }) => {
    const hand = await home.device({ isSetUp: false });
    const first = await askForCode(hand, home.proxy.origin);
    const store = openStore(path.join(home.folder, "shelf"));
    store.pairingCodes.expireAll(new Date(0).toISOString());
    store.close();
    await hand.advance(10);
    const second = await shownCode(hand);
    expect(second).toMatch(/^[A-Z2-9]{6}$/);
    expect(second).not.toBe(first);
    await hand.tap("Cancel");
    const before = home.shelf.requests();
    await hand.advance(MINUTE);
    expect(home.shelf.requests()).toBe(before);
    expect((await openMenu(hand)).join("\n")).toContain("Set up Ribbon…");
  });

  pluginTest("leaves a connection as it was until it has succeeded", async ({ home }) => {
    const { hand, file } = await home.deviceWith(ASH);
    await openMenu(hand, "Servers…");
    await hand.tap("Home");
    await hand.tap("Connect with a code…");
    await hand.advance(2);
    expect(await shownCode(hand)).toMatch(/^[A-Z2-9]{6}$/);
    await home.proxy.refuse();
    await hand.advance(MINUTE);
    expect((await hand.screen()).join("\n")).not.toContain("Code:");
    await home.proxy.heal();
    await closeAll(hand);
    await readBook(hand, file, 5);
    expect(home.turns()).toEqual([5]);
  });

  pluginTest("says so when the server is not there", async ({ home }) => {
    const hand = await home.device({ isSetUp: false });
    await openMenu(hand, "Connect with a code…");
    await hand.typeInto("Address", "http://127.0.0.1:1");
    expect(await tapFor(hand, "Continue")).toMatch(/Home/);
  });
});

/** A plugin folder as a server hands it out. */
function packaged(home: Household, name: string, key: string): string {
  const folder = path.join(home.folder, name, "ribbon.koplugin");
  fs.cpSync(PLUGIN, folder, { recursive: true });
  bake(folder, name, home.proxy.origin, key);
  return folder;
}

function bake(folder: string, id: string, url: string, key: string): void {
  const baked = { version: 1, id, kind: "tome", name: "Home", url, key };
  fs.writeFileSync(path.join(folder, "baked.json"), JSON.stringify(baked));
}

describe("a plugin with a connection in it", () => {
  pluginTest("is connected without any typing", async ({ home }) => {
    const { hand, file } = await home.deviceWith(ASH, { isSetUp: false, plugin: packaged(home, "one", home.key) });
    await settle(hand);
    await closeAll(hand);
    await readBook(hand, file, 7);
    expect(home.turns()).toEqual([7]);
    expect(await statusLine(hand)).not.toContain("Set up");
  });

  pluginTest("is taken up once: what was changed on the device stays, until there is a new one", async ({ home }) => {
    const plugin = packaged(home, "one", home.key);
    let hand = await home.device({ isSetUp: false, plugin });
    const file = hand.addBook(sampleBook(ASH));
    await settle(hand);
    const change = async (key: string) => {
      await openMenu(hand, "Servers…");
      await hand.tap("Home");
      await hand.tap("Change…");
      await hand.typeInto("Key of this device", key);
      await hand.tap("Save and test");
      await hand.advance(5);
    };
    await change("tk_wrong");
    await closeAll(hand);
    await hand.exit();
    hand = await home.device({ isSetUp: false, plugin });
    await settle(hand);
    await closeAll(hand);
    await readBook(hand, file, 5);
    expect(home.turns()).toEqual([]);
    await openMenu(hand, "Servers…");
    await hand.tap("Home");
    await hand.tap("Back to what was baked in");
    await hand.advance(30);
    expect(home.turns()).toEqual([5]);
    await change("tk_wrong");
    await closeAll(hand);
    await hand.exit();
    bake(plugin, "two", home.proxy.origin, home.shelf.addKey("Kobo again").key);
    hand = await home.device({ isSetUp: false, plugin });
    await settle(hand);
    await closeAll(hand);
    await readBook(hand, file, 6);
    expect(home.turns()).toEqual([5, 6]);
    expect((await openMenu(hand, "Servers…")).filter(text => text.startsWith("Home"))).toHaveLength(1);
  });

  pluginTest("takes nothing else in that file for a connection", async ({ home }) => {
    const plugin = packaged(home, "one", home.key);
    for (const text of ["", "{", "[]", '"x"', '{"version":1,"kind":"tome","name":"x","url":"ftp://x","key":"k"}']) {
      fs.writeFileSync(path.join(plugin, "baked.json"), text);
      const hand = await home.device({ isSetUp: false, plugin });
      await settle(hand);
      expect((await openMenu(hand)).join("\n")).toContain("Set up Ribbon…");
      await closeAll(hand);
      await hand.exit();
    }
  });
});
