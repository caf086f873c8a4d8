import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startShelf } from "../../src/shelf/shelf";
import { becomeOwner, closesChromium, isTooWide, openTab, whyNoChromium } from "../support/node/chromium";
import { send } from "../support/node/contracts/send";
import { makeEpub } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";

closesChromium();

/** Noon: what was read yesterday and today lies within two days. */
const NOW = Date.UTC(2026, 4, 20, 12);

/** A Shelf whose owner read a little yesterday and today, in a window as wide as that. */
async function readerAt(width: number) {
  const booksDir = tempDir();
  writeFileSync(join(booksDir, "ash.epub"), makeEpub("<dc:title>Ash</dc:title>"));
  const shelf = await startShelf({ dataDir: tempDir(), booksDir, now: () => new Date(NOW) });
  onTestFinished(() => shelf.close());
  const { key } = shelf.addKey("Clara");
  const call = (method: string, path: string, body: object) =>
    send(shelf.origin, method, `/api/tome-sync/${path}`, { Authorization: `Bearer ${key}` }, JSON.stringify(body));
  for (const days of [0, 1]) {
    const started_at = new Date(NOW - days * 86_400_000 - 3_600_000).toISOString();
    await call("POST", "session", { book_id: 1, started_at, duration_seconds: 1800, device: "Clara" });
  }
  for (const percentage of [0.2, 0.6]) await call("PUT", "position/1", { percentage, progress: "x", device: "Clara" });
  const tab = await openTab(shelf, { width });
  await becomeOwner(tab.page, shelf);
  return { shelf, ...tab };
}

describe.skipIf(whyNoChromium !== undefined)(`the pages of reading in Chromium ${whyNoChromium ?? ""}`, () => {
  it.each([1200, 360])("show labelled charts, %d pixels wide", async width => {
    const { page, offences } = await readerAt(width);
    await page.goto("/reading");
    for (const name of ["Reading per day", "Reading per month"]) {
      const chart = page.getByRole("img", { name });
      expect(await chart.isVisible()).toBe(true);
      const bars = await chart.locator("rect").evaluateAll(all => all.map(bar => bar.getBoundingClientRect().height));
      expect(Math.max(...bars)).toBeGreaterThan(20);
    }
    expect(await page.getByRole("row", { name: /30 min/ }).count()).toBeGreaterThan(1);
    expect(await isTooWide(page)).toBe(false);
    await page.goto("/books/1/reading");
    expect(await isTooWide(page)).toBe(false);
    expect(offences).toEqual([]);
  });

  it("restore a place and take it back with the keyboard alone", async () => {
    const { page, shelf, offences } = await readerAt(1200);
    await page.goto("/books/1/reading");
    const press = async (role: "link" | "button", name: string) => {
      const wanted = page.getByRole(role, { name });
      for (let tabs = 0; tabs < 40; tabs += 1) {
        await page.keyboard.press("Tab");
        if (await wanted.evaluateAll(all => all.some(each => each === document.activeElement))) break;
      }
      const loaded = page.waitForEvent("load");
      await page.keyboard.press("Enter");
      await loaded;
    };
    await press("link", "Restore 20.0 %");
    await press("button", "Go back to 20.0 %");
    expect(shelf.positions()).toMatchObject([{ percentage: 0.2 }]);
    await press("button", "Undo: back to 60.0 %");
    expect(shelf.positions()).toMatchObject([{ percentage: 0.6 }]);
    expect(offences).toEqual([]);
  });

  it("print in black on white, with all numbers and without forms", async () => {
    const { page } = await readerAt(1200);
    await page.goto("/reading");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
    expect(await page.locator("form:visible, nav:visible").count()).toBe(0);
    expect(
      await page
        .locator(".numbers")
        .first()
        .evaluate(box => box.scrollHeight <= box.clientHeight),
    ).toBe(true);
    expect((await page.pdf()).length).toBeGreaterThan(1000);
  });
});
