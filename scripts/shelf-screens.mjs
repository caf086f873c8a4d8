// npx tsx scripts/shelf-screens.mjs: photographs Shelf's pages for the docs, with Debian's Chromium.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ownerOf } from "../src/shelf/accounts/owner";
import { startShelf } from "../src/shelf/shelf";
import { openStore } from "../src/shelf/store/store";
import { writeSampleBooks } from "./sample-books.mjs";

const FOLDER = "docs/screens";
const DAYS = 200;
const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-21T21:00:00Z");

/** Half a year of evenings, the same in every run. @param {string} dataDir @param {number} books */
function readALittle(dataDir, books) {
  const store = openStore(dataDir);
  const owner = ownerOf(store, new Date(NOW).toISOString());
  store.users.setTimeZone(owner, "UTC");
  for (let day = DAYS; day >= 0; day -= 1) {
    const minutes = (day * 37) % 11 < 3 && day > 4 ? 0 : 12 + ((day * 53) % 67);
    if (minutes === 0) continue;
    const bookId = 1 + (Math.floor(day / 23) % books);
    const startedAt = new Date(NOW - day * DAY_MS - 3_600_000).toISOString().slice(0, 19);
    const percentage = 1 - (day % 23) / 23;
    const device = day % 5 === 0 ? "Kindle" : "Kobo Clara";
    const updatedAt = `${startedAt}.000Z`;
    const progress = { progressStart: null, progressEnd: percentage, pagesTurned: minutes, sessionUuid: null };
    store.sessions.add({
      userId: owner,
      bookId,
      startedAt,
      endedAt: null,
      durationSeconds: minutes * 60,
      device,
      ...progress,
    });
    store.positions.put(owner, bookId, { progress: null, percentage, device, updatedAt });
    const status = percentage >= 0.99 ? "read" : "reading";
    store.statuses.put(owner, bookId, { status, progressPct: percentage, cfi: null, finishedAt: null }, updatedAt);
  }
  store.close();
}

const scratch = mkdtempSync(join(tmpdir(), "shelf-screens-"));
const [booksDir, dataDir] = [join(scratch, "books"), join(scratch, "data")];
writeSampleBooks(booksDir);
const shelf = await startShelf({ dataDir, booksDir, now: () => new Date(NOW) });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  readALittle(dataDir, shelf.books().length);
  const page = await browser.newPage({ viewport: { width: 1100, height: 1080 }, baseURL: shelf.origin });
  await page.goto("/set-up");
  await page.getByLabel("Set-up code").fill(shelf.setUpCode() ?? "");
  await page.getByLabel("Your name").fill("Ada");
  for (const field of await page.locator("input[type=password]").all()) await field.fill("seven green ribbons");
  await page.getByRole("button", { name: "Create the owner" }).click();
  mkdirSync(FOLDER, { recursive: true });
  for (const [path, name] of [
    ["/reading", "shelf-reading"],
    ["/books/1/reading", "shelf-places"],
  ]) {
    await page.goto(path ?? "/");
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  }
} finally {
  await browser.close();
  await shelf.close();
  rmSync(scratch, { recursive: true, force: true });
}
