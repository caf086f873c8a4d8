// Shelf's pages in a real browser, with the built plugin on the other side.
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { becomeOwner, closesChromium, isTooWide, openTab, whyNoChromium } from "../support/node/chromium";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest, readBook, settle } from "../support/node/plugin-test";
import { pluginFolder } from "../support/node/plugin-folder";
import { newShelf, OWNER } from "../support/node/web-visitor";

/** Where pictures of all pages go, for looking at them: RIBBON_SHOTS=/tmp/shots. */
const SHOTS = process.env["RIBBON_SHOTS"];

const { version: VERSION } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string };

closesChromium();

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  for (const width of [1200, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: path.join(SHOTS, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1200, height: 800 });
}

/** The owner's window, which asks no other host and breaks no rule of the pages. */
async function ownersPage({ shelf }: Household): Promise<Page> {
  const { page, offences } = await openTab(shelf);
  onTestFinished(() => expect(offences.filter(each => !each.includes("the server responded with"))).toEqual([]));
  await becomeOwner(page, shelf);
  return page;
}

describe.skipIf(whyNoChromium !== undefined)(`a device and the pages ${whyNoChromium ?? ""}`, () => {
  pluginTest("is set up, lets a device in by its code, and disconnects it", async ({ home }) => {
    const page = await ownersPage(home);
    await shoot(page, "home");
    const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
    await openMenu(hand, "Connect with a code…");
    await hand.typeInto("Address", home.shelf.origin);
    await hand.tap("Continue");
    await hand.advance(2);
    const code = /Code: (\w{3}) (\w{3})/.exec((await hand.screen()).join(" ")) ?? [];
    await page.goto(`${home.shelf.origin}/connect`);
    await shoot(page, "connect");
    await page.getByLabel("Code on the device").fill(code.slice(1).join("").toLowerCase());
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Kobo").first().waitFor();
    await shoot(page, "let-in");
    await page.getByRole("button", { name: "Let it in" }).click();
    await shoot(page, "waiting");
    await page.getByText("It is let in").waitFor();
    await hand.advance(10);
    expect((await hand.screen()).join(" ")).toContain("has let this device in, for Ada");
    await page.getByText("The device is connected.").waitFor();
    await closeAll(hand);
    await readBook(hand, file, 4);
    await page.goto(`${home.shelf.origin}/devices`);
    await shoot(page, "devices");
    expect(await page.getByRole("row", { name: /Kobo_/ }).innerText()).toContain(VERSION);
    await page.getByRole("link", { name: /^Rename or disconnect Kobo_/ }).click();
    await shoot(page, "device");
    await page.getByRole("button", { name: /^Disconnect/ }).click();
    await page.getByText("is disconnected.").waitFor();
    await openMenu(hand, "Servers…");
    await hand.tap("Home");
    await hand.tap("Test");
    await hand.advance(5);
    expect((await hand.screen()).join(" ")).toContain("does not accept the key");
  });

  pluginTest("hands out a plugin that connects without any typing", async ({ home }) => {
    const page = await ownersPage(home);
    await page.goto(`${home.shelf.origin}/connect`);
    await page.getByLabel("Name of the device").fill("Clara");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the plugin" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`ribbon.koplugin-${VERSION}-with-key.zip`);
    const zip = fs.readFileSync(await download.path());
    for (const [name, bytes] of Object.entries(unzipSync(zip))) {
      const file = path.join(home.folder, "unpacked", name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, bytes);
    }
    const plugin = path.join(home.folder, "unpacked/ribbon.koplugin");
    const { hand, file } = await home.deviceWith(ASH, { isSetUp: false, plugin });
    await settle(hand);
    await readBook(hand, file, 9);
    expect(home.turns()).toEqual([9]);
    await page.goto(`${home.shelf.origin}/devices`);
    expect(await page.getByRole("row", { name: /Clara/ }).innerText()).not.toContain("never");
  });

  it("says that a newer Ribbon is here than a device has, also on a phone", async () => {
    const shelf = await newShelf({ pluginDir: pluginFolder("12.34.56-preview.7") });
    const { page } = await openTab(shelf);
    await becomeOwner(page, shelf);
    for (const [name, version] of [
      ["Clara", "0.1.0"],
      ["Libra", "12.34.56-preview.6"],
    ] as const) {
      const { key } = shelf.addKey(name);
      const headers = { Authorization: `Bearer ${key}`, "User-Agent": `Ribbon/${version} KOReader/2026.07` };
      await fetch(`${shelf.origin}/api/tome-sync/series`, { headers });
    }
    shelf.addKey("Elipsa");
    await page.goto(`${shelf.origin}/devices`);
    await shoot(page, "devices-outdated");
    const row = (name: string) => page.getByRole("row", { name: new RegExp(name) }).innerText();
    expect(await row("Clara")).toContain("0.1.0, older");
    expect(await row("Libra")).toContain("12.34.56-preview.6, older");
    await page.getByText("Ribbon 12.34.56-preview.7 is here; a device with an older one offers it").waitFor();
    expect(await row("Elipsa")).toContain("not known");
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await isTooWide(page)).toBe(false);
    await page.goto(`${shelf.origin}/connect`);
    await page.getByText("Ribbon 12.34.56-preview.7, for a device that does not have it yet.").waitFor();
  });

  pluginTest("fits a phone, has names for all it asks, and works with keys only", async ({ home }) => {
    const page = await ownersPage(home);
    home.shelf.addKey("A rather long name of a device in the living room, upstairs");
    for (const where of ["/", "/devices", "/devices/1", "/connect", "/users", "/account", "/reading", "/nowhere"]) {
      await page.goto(home.shelf.origin + where);
      await shoot(page, where.replaceAll("/", "_"));
      await page.setViewportSize({ width: 360, height: 700 });
      expect(await isTooWide(page), where).toBe(false);
      expect(await page.evaluate(NAMELESS), where).toEqual([]);
      expect(await page.title()).toMatch(/ · Shelf$/);
    }
    await page.context().clearCookies();
    await page.goto(`${home.shelf.origin}/sign-in`);
    await shoot(page, "sign-in");
    const keys = async (...pressed: string[]) => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    await keys("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await keys("Tab", "Tab");
    await page.keyboard.type(OWNER.username);
    await keys("Tab");
    await page.keyboard.type(OWNER.password);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await keys("Enter");
    await page.waitForURL(`${home.shelf.origin}/`);
  });
});

/** Fields and buttons whose purpose nobody can hear. */
const NAMELESS = `[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, img")]
  .filter(element => !(element.labels?.length > 0 || element.textContent.trim() || element.getAttribute("aria-label")
    || element.hasAttribute("alt")))
  .map(element => element.outerHTML)`;
