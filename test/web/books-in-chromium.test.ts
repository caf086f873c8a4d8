import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeParsers } from "../../src/shelf/library/parsing/parsers";
import { makeCbz } from "../support/node/books/comic";
import { makePicture } from "../support/node/books/picture";
import { becomeOwner, closesChromium, isTooWide, openTab, whyNoChromium } from "../support/node/chromium";
import { makeEpub } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";
import { newShelf } from "../support/node/web-visitor";

const parsers = makeParsers();
afterAll(() => parsers.close());
closesChromium();

const QUICK = { stillMs: 40, afterChangeMs: 20, everyMs: 3_600_000 };

async function house(size?: { width: number; height: number }) {
  const booksDir = tempDir();
  const put = (path: string, bytes: Uint8Array | string) => writeFileSync(join(booksDir, path), bytes);
  const shelf = await newShelf({ booksDir, parsers, watch: QUICK });
  const { page, offences } = await openTab(shelf, size);
  await becomeOwner(page, shelf);
  return { shelf, page, offences, put };
}

const epub = (title: string) => makeEpub(`<dc:title>${title}</dc:title><dc:creator>Mara Lindqvist</dc:creator>`);

describe.skipIf(whyNoChromium !== undefined)(`the library in Chromium ${whyNoChromium ?? ""}`, () => {
  it("shows a book soon after it was copied into the folder, with its cover", async () => {
    const { page, offences, put } = await house();
    await page.getByRole("link", { name: "Books" }).click();
    await expect.poll(() => page.getByText("No books yet. Copy some into").isVisible()).toBe(true);
    put("Gull & Anchor v02.cbz", makeCbz({ "1.jpg": await makePicture(300, 450) }));
    const cover = "document.querySelector('.grid img')";
    const widthOfCover = async () => {
      await page.reload();
      return page.evaluate(`${cover}?.decode().then(() => ${cover}.naturalWidth)`);
    };
    await expect.poll(widthOfCover).toBe(300);
    await page.getByRole("link", { name: "Gull & Anchor" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Gull & Anchor");
    expect(offences).toEqual([]);
  });

  it("finds a book with the keyboard alone", async () => {
    const { shelf, page, offences, put } = await house();
    for (const title of ["The Ferry Keeper", "A Lamp", "Voilà, the Weather"]) put(`${title}.epub`, epub(title));
    await shelf.rescan();
    await page.goto("/books");
    const focused = () => page.evaluate("document.activeElement.id");
    for (let n = 0; n < 20 && (await focused()) !== "q"; n += 1) await page.keyboard.press("Tab");
    await page.keyboard.type("voila");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/books?q=voila**");
    const books = page.locator(".grid .title");
    expect(await books.allTextContents()).toEqual(["Voilà, the Weather"]);
    await page.locator(".grid a").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/books/*");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Voilà, the Weather");
    expect(offences).toEqual([]);
  });

  it("sends a book to the reader, and keeps what somebody thinks of it", async () => {
    const { shelf, page, offences, put } = await house();
    put("a.epub", epub("A Lamp"));
    await shelf.rescan();
    await page.goto("/books/1");
    await page.getByRole("button", { name: "Send to KOReader" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toContain("On its way.");
    const headers = { authorization: `Bearer ${shelf.addKey("Kobo").key}` };
    const inbox = await (await fetch(`${shelf.origin}/api/tome-sync/inbox`, { headers })).json();
    expect(inbox).toMatchObject({ count: 1, items: [{ title: "A Lamp" }] });
    await page.getByLabel("Status").selectOption("Read");
    await page.getByLabel("Rating").selectOption("4.5 of 5 stars");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toBe("Saved.");
    expect(shelf.statuses()).toMatchObject([{ status: "read", rating: 4.5 }]);
    expect(offences).toEqual([]);
  });

  it("shows a title that is a script as text, and fits a telephone", async () => {
    const { shelf, page, offences, put } = await house({ width: 360, height: 780 });
    const script = `"'><script>alert(1)</script><img src="http://203.0.113.1/x.png" onerror="alert(2)">`;
    const escaped = script.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    put(
      "a.epub",
      makeEpub(`<dc:title>${escaped}</dc:title><dc:description>${escaped}</dc:description>
      <meta name="calibre:series" content="${escaped}"/>`),
    );
    put("Broken with a very long name that has_no_blanks_in_it_at_all_and_goes_on_and_on.epub", "broken");
    await shelf.rescan();
    for (const path of ["/books", "/books?view=list", "/series", "/books/2", "/books/1", "/folder"]) {
      await page.goto(path, { waitUntil: "networkidle" });
      expect(await isTooWide(page), path).toBe(false);
    }
    await page.goto("/books/2");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(script);
    expect(offences).toEqual([]);
  });

  it("shows how far a scan is, and what could not be read", async () => {
    const { page, offences, put } = await house();
    put("Ola Finch - Broken.epub", "broken");
    await page.goto("/folder");
    await page.getByRole("button", { name: "Scan now" }).click();
    // The page loads itself again while the folder is looked through.
    await page.getByText("1 file could not be read").waitFor();
    await expect.poll(() => page.getByRole("cell", { name: "no sound ZIP archive" }).isVisible()).toBe(true);
    expect(offences).toEqual([]);
  });
});
