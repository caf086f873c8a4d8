import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startShelf, type ShelfOptions } from "../../src/shelf/shelf";
import { send } from "../support/node/contracts/send";
import { makeEpub } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";

const SESSION = {
  book_id: 1,
  started_at: "2026-05-01T09:00:00Z",
  ended_at: "2026-05-01T09:30:00Z",
  duration_seconds: 1800,
};

async function start(options: Partial<ShelfOptions> = {}) {
  const shelf = await startShelf({ dataDir: tempDir(), ...options });
  onTestFinished(() => shelf.close());
  const { key } = shelf.addKey("Clara");
  const call = async (method: string, path: string, body?: unknown, token = key) => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const headers = { Authorization: `Bearer ${token}` };
    const received = await send(shelf.origin, method, `/api/tome-sync/${path}`, headers, sent);
    return { status: received.status, body: JSON.parse(received.body.toString()) as unknown };
  };
  return { shelf, call };
}

function booksWith(...titles: string[]): string {
  const dir = tempDir();
  for (const title of titles) writeFileSync(join(dir, `${title}.epub`), makeEpub(`<dc:title>${title}</dc:title>`));
  return dir;
}

describe("a Shelf", () => {
  it("has scanned its books when it answers, and keeps what a device sends", async () => {
    const now = () => new Date("2026-05-01T10:00:00Z");
    const { shelf, call } = await start({ booksDir: booksWith("Ash", "Harvest Home"), now });
    expect(shelf.books().map(book => book.title)).toEqual(["Ash", "Harvest Home"]);
    expect(await call("GET", "resolve?filename=Ash.epub")).toEqual({ status: 200, body: { book_id: 1 } });
    await call("PUT", "position/1", { progress: "/body/p[1]", percentage: 0.25, device: "Clara" });
    await call("POST", "session", {
      ...SESSION,
      progress_start: 0.1,
      progress_end: 0.25,
      pages_turned: 12,
      device: "Clara",
    });
    expect(shelf.positions()).toEqual([
      {
        bookId: 1,
        title: "Ash",
        progress: "/body/p[1]",
        percentage: 0.25,
        device: "Clara",
        updatedAt: "2026-05-01T10:00:00.000Z",
      },
    ]);
    expect(shelf.sessions()).toEqual([
      {
        id: 1,
        bookId: 1,
        title: "Ash",
        startedAt: "2026-05-01T09:00:00Z",
        endedAt: "2026-05-01T09:30:00Z",
        durationSeconds: 1800,
        progressStart: 0.1,
        progressEnd: 0.25,
        pagesTurned: 12,
        device: "Clara",
        sessionUuid: null,
      },
    ]);
    expect(shelf.requests()).toBe(3);
  });

  it("tells what devices and browsers left with it", async () => {
    const { shelf, call } = await start({ booksDir: booksWith("Ash") });
    await call("PUT", "rating/1", { rating: 4, review: "Short." });
    const headers = { Authorization: `Bearer ${await shelf.loginToken()}` };
    const body = JSON.stringify({ book_id: 1, highlighted_text: "the river" });
    await send(shelf.origin, "POST", "/api/annotations", headers, body);
    expect(shelf.statuses()).toMatchObject([
      { bookId: 1, title: "Ash", status: "unread", rating: 4, review: "Short." },
    ]);
    expect(shelf.annotations()).toMatchObject([{ bookId: 1, text: "the river" }]);
  });

  it("keeps a session with an id once, however often and whenever it comes", async () => {
    const { shelf, call } = await start({ booksDir: booksWith("Ash") });
    const once = { ...SESSION, session_uuid: "one" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => call("POST", "session", once)));
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(
      new Set(['{"status":201,"body":{"session_id":1}}']),
    );
    expect(shelf.sessions()).toHaveLength(1);
  });

  it("finds new books on a rescan", async () => {
    const booksDir = booksWith("Ash");
    const { shelf, call } = await start({ booksDir });
    writeFileSync(join(booksDir, "Seedlings.epub"), makeEpub("<dc:title>Seedlings</dc:title>"));
    expect(await shelf.rescan()).toMatchObject({ added: ["Seedlings.epub"] });
    expect(await call("GET", "series")).toMatchObject({ body: [{ name: "__unserialized__", book_count: 2 }] });
  });

  it("does not show a device a book whose file is gone, yet keeps its sessions", async () => {
    const booksDir = booksWith("Ash");
    const { shelf, call } = await start({ booksDir });
    await call("POST", "session", SESSION);
    rmSync(join(booksDir, "Ash.epub"));
    await shelf.rescan();
    expect(await call("GET", "resolve?filename=Ash.epub")).toMatchObject({ status: 404 });
    expect(await call("POST", "session", SESSION)).toMatchObject({ status: 404, body: { detail: "Book not found" } });
    expect(shelf.sessions()).toMatchObject([{ title: "Ash" }]);
  });

  it("keeps everything when it is started again", async () => {
    const dataDir = tempDir();
    const first = await startShelf({ dataDir, booksDir: booksWith("Ash") });
    const { key } = first.addKey("Clara");
    await first.close();
    const { shelf, call } = await start({ dataDir });
    expect(await call("GET", "position/1", undefined, key)).toEqual({
      status: 404,
      body: { detail: "No position stored" },
    });
    expect(shelf.books()).toHaveLength(1);
    expect(shelf.addKey("second").id).toBe(3);
  });

  it("keeps the trail of a position: moves of 0.2 % or more, forty of them", async () => {
    const dataDir = tempDir();
    const { shelf, call } = await start({ dataDir, booksDir: booksWith("Ash") });
    const { openStore } = await import("../../src/shelf/store/store");
    const store = openStore(dataDir);
    onTestFinished(() => store.close());
    const put = (percentage: number, progress: string) => call("PUT", "position/1", { percentage, progress });
    await put(0.5, "a");
    await put(0.501, "a");
    await put(0.501, "b");
    await put(0.504, "b");
    expect(store.positions.history(1, 1).map(entry => entry.percentage)).toEqual([0.504, 0.501, 0.5]);
    for (let i = 0; i < 45; i += 1) await put(i / 100, "c");
    expect(store.positions.history(1, 1)).toHaveLength(40);
    expect(shelf.positions()).toHaveLength(1);
  });

  it("stores keys as digests, in a folder that only the owner can read", async () => {
    const dataDir = join(tempDir(), "data");
    const { shelf } = await start({ dataDir });
    const { key } = shelf.addKey("Clara");
    const { readFileSync, readdirSync } = await import("node:fs");
    const stored = readdirSync(dataDir).map(name => readFileSync(join(dataDir, name), "latin1"));
    expect(stored.some(bytes => bytes.includes(key))).toBe(false);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  it("listens on this machine alone", async () => {
    const { shelf } = await start();
    expect(shelf.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("does not start without its folder of books", async () => {
    await expect(startShelf({ dataDir: tempDir(), booksDir: join(tempDir(), "nowhere") })).rejects.toThrow("nowhere");
  });

  it("does not open the data of a newer Shelf", async () => {
    const dataDir = tempDir();
    const { openDatabase } = await import("../../src/shelf/store/database");
    const db = openDatabase(dataDir);
    db.pragma("user_version = 99");
    db.close();
    await expect(startShelf({ dataDir })).rejects.toThrow("version 99");
  });
});
