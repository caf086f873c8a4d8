import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { send } from "../support/node/contracts/send";
import { makeEpub } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";
import { signedInVisitor } from "../support/node/web-visitor";

const EVIL = "<script>alert(1)</script>";

/** A library with one book, in which a device with a key has read. */
async function readLibrary(title = "Ash &amp; Elm") {
  const booksDir = tempDir();
  writeFileSync(join(booksDir, "ash.epub"), makeEpub(`<dc:title>${title}</dc:title>`));
  const { shelf, web } = await signedInVisitor({ booksDir, now: () => new Date("2026-11-21T12:00:00Z") });
  const { key } = shelf.addKey("Clara");
  const call = (method: string, path: string, body: object) =>
    send(shelf.origin, method, `/api/tome-sync/${path}`, { Authorization: `Bearer ${key}` }, JSON.stringify(body));
  const place = (percentage: number, device = "Clara") =>
    call("PUT", "position/1", { percentage, progress: `/p[${percentage}]`, device });
  const session = (started_at: string, minutes: number, device = "Clara") =>
    call("POST", "session", { book_id: 1, started_at, duration_seconds: minutes * 60, progress_end: 0.5, device });
  return { shelf, web, place, session };
}

it("says what will stand here while nothing was read", async () => {
  const { web } = await readLibrary();
  const { status, html } = await web.open("/reading");
  expect(status).toBe(200);
  expect(html).toContain("Nothing is known of your reading yet");
  expect(html).not.toContain("<svg");
});

it("draws days and months, each with its numbers in a table", async () => {
  const { web, session } = await readLibrary();
  await session("2026-11-21T10:00:00Z", 35);
  await session("2026-11-20T10:00:00Z", 65, "Kindle");
  await session("2026-09-01T10:00:00Z", 20);
  await web.open("/reading");
  await web.submit("/reading/time-zone", { zone: "UTC" });
  const { html } = await web.open("/reading");
  for (const [id, title, description] of [
    ["days", "Reading per day", "1 h 40 min in the last 30 days; most on Fri 20 Nov: 1 h 5 min."],
    ["months", "Reading per month", "2 h in the last 12 months; most in November 2026: 1 h 40 min."],
  ]) {
    expect(html).toContain(`role="img" aria-labelledby="${id}-title ${id}-desc"`);
    expect(html).toContain(`<title id="${id}-title">${title}</title>`);
    expect(html).toContain(`<desc id="${id}-desc">${description}</desc>`);
  }
  expect(html).toContain("<title>Sat 21 Nov: 35 min</title>");
  expect(html).toContain('<th scope="row">Sat 21 Nov</th><td class="number">35 min</td>');
  expect(html).toMatch(/Days in a row<\/dt><dd>2 days/);
  expect(html).toContain("Kindle");
  expect(html.match(/class="bar"/g)).toHaveLength(42);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

it("begins days where the reader says", async () => {
  const { web, session } = await readLibrary();
  await session("2026-11-20T23:30:00Z", 35);
  await web.open("/reading");
  await web.submit("/reading/time-zone", { zone: "Europe/Berlin" });
  const { html } = await web.open("/reading");
  expect(html).toContain("Your days now begin at midnight in Europe/Berlin.");
  expect(html).toMatch(/Today<\/dt><dd>35 min/);
  await web.submit("/reading/time-zone", { zone: "Mars/Olympus" });
  expect((await web.open("/reading")).html).toContain("That is no time zone.");
});

it("shows where one was in a book, and goes back there after asking", async () => {
  const { shelf, web, place } = await readLibrary();
  await place(0.2);
  await place(0.6, "Kindle");
  const { html } = await web.open("/books/1/reading");
  expect(html).toContain("60.0 %");
  expect(html).toContain("Here you are");
  const [, path = ""] = /href="([^"]+\/restore)"/.exec(html) ?? [];
  const question = await web.open(path);
  expect(question.html).toContain("Restore this place?");
  expect(shelf.positions()).toMatchObject([{ percentage: 0.6 }]);
  expect((await web.submit(path, {})).status).toBe(303);
  expect(shelf.positions()).toMatchObject([{ percentage: 0.2, device: "restore", progress: "/p[0.2]" }]);
  const after = await web.open("/books/1/reading");
  expect(after.html).toContain("Your place is 20.0 % again.");
  const [, undo = ""] = /action="([^"]+\/restore)"/.exec(after.html) ?? [];
  await web.submit(undo, {});
  expect(shelf.positions()).toMatchObject([{ percentage: 0.6, progress: "/p[0.6]" }]);
});

it("has no page for what is not there", async () => {
  const { web, place } = await readLibrary();
  await place(0.2);
  for (const path of [
    "/books/9/reading",
    "/books/x/reading",
    "/books/1/reading/1/restore",
    "/books/1/reading/99/restore",
    "/reading/export/x.csv",
    "/reading/export/sessions.xml",
    "/reading/export/..%2fsessions.csv",
  ])
    expect((await web.open(path)).status, path).toBe(404);
});

it("shows a title and a device as text, whatever they say", async () => {
  const { web, session, place } = await readLibrary("&lt;script&gt;alert(1)&lt;/script&gt;");
  await session("2026-11-21T10:00:00Z", 35, EVIL);
  await place(0.1, EVIL);
  await place(0.2, EVIL);
  const [, restorePath = ""] = /href="([^"]+\/restore)"/.exec((await web.open("/books/1/reading")).html) ?? [];
  for (const path of ["/reading", "/books/1/reading", restorePath]) {
    const { html, status } = await web.open(path);
    expect(status).toBe(200);
    expect(html).toContain("alert(1)");
    expect(html).not.toContain("<script");
  }
});

it("gives everything away as CSV and JSON", async () => {
  const { web, session, place } = await readLibrary("=1+1, &quot;quoted&quot;");
  await session("2026-11-21T10:00:00Z", 35, "+Clara");
  await place(0.25);
  const csv = await web.open("/reading/export/sessions.csv");
  expect(csv.headers.get("content-type")).toContain("text/csv");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="shelf-sessions.csv"');
  expect(csv.html.split("\r\n")).toEqual([
    "book_id,title,author,started_at,ended_at,duration_seconds,progress_start,progress_end,pages_turned,device",
    `1,"'=1+1, ""quoted""",,2026-11-21T10:00:00Z,,2100,,0.5,,'+Clara`,
    "",
  ]);
  const json = JSON.parse((await web.open("/reading/export/places.json")).html) as unknown;
  expect(json).toMatchObject([{ book_id: 1, title: '=1+1, "quoted"', percentage: 0.25, device: "Clara" }]);
  expect((await web.open("/reading/export/annotations.json")).html).toBe("[]\n");
  expect((await web.open("/reading/export/annotations.csv")).html).toMatch(/^book_id,title,[^\n]*\r\n$/);
});
