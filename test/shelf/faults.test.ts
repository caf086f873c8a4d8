import { get } from "node:http";
import * as timers from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { Faults } from "../../src/shelf/shelf";
import { startSeeded } from "../support/node/contracts/seeded";

vi.mock("node:timers/promises", { spy: true });

const KEY = "<plugin key>";
const BOOK = "/api/tome-sync/download/9/9";
const SERIES = "/api/tome-sync/series/1";

async function start(faults: Faults, now?: () => Date) {
  const seeded = await startSeeded({ faults, ...(now ? { now } : {}) });
  const ask = (method: string, path: string, body?: unknown) => seeded.ask(KEY, method, path, body);
  return { ...seeded, ask };
}

describe("on purpose, Shelf", () => {
  it("is silent before a book's first byte, once per book", async () => {
    const { ask } = await start({ bakeDelayMs: 200 });
    const waits = () => vi.mocked(timers.setTimeout).mock.calls.filter(([ms]) => ms === 200).length;
    const before = Date.now();
    expect((await ask("GET", BOOK)).status).toBe(200);
    expect(Date.now() - before).toBeGreaterThanOrEqual(195);
    expect(waits()).toBe(1);
    expect((await ask("GET", BOOK)).status).toBe(200);
    expect(waits()).toBe(1);
  });

  it("announces another size than it delivers", async () => {
    const { ask } = await start({ sizeMismatchBytes: 100 });
    const { json } = await ask("GET", "/api/tome-sync/search?q=salt");
    expect(json).toMatchObject({ books: [{ files: [{ id: 9, file_size: 5198 }] }, {}] });
  });

  it("breaks a download off in the middle, and again where it goes on", async () => {
    const { ask, shelf } = await start({ truncateAfterBytes: 1000 });
    const headers = { Authorization: `Bearer ${shelf.addKey("Clara").key}` };
    const received = await new Promise<{ length: number; announced: string | undefined }>(resolve => {
      get(`${shelf.origin}${BOOK}`, { headers: { ...headers, Range: "bytes=100-" } }, response => {
        let length = 0;
        response.on("data", (chunk: Buffer) => (length += chunk.length));
        response.on("error", () => resolve({ length, announced: response.headers["content-length"] }));
      });
    });
    expect(received).toEqual({ length: 1000, announced: "5079" });
    expect((await ask("GET", "/api/health")).status).toBe(200);
  });

  it("revokes the key after some calls", async () => {
    const { ask } = await start({ unauthorizedAfterCalls: 2 });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await ask("GET", "/api/tome-sync/series")).status);
    expect(statuses).toEqual([200, 200, 401, 401]);
    expect((await ask("GET", "/api/health")).status).toBe(200);
  });

  it("limits the downloads of a day", async () => {
    let at = Date.parse("2026-05-01T23:59:00Z");
    const { ask } = await start({ downloadsPerDay: 1 }, () => new Date(at));
    expect((await ask("GET", BOOK)).status).toBe(200);
    expect(await ask("GET", BOOK)).toMatchObject({
      status: 403,
      json: { detail: "Daily download limit reached (1/1 used today)" },
    });
    at += 60_000;
    expect((await ask("GET", BOOK)).status).toBe(200);
  });

  it("allows no downloads", async () => {
    const { ask } = await start({ downloadsPerDay: 0 });
    expect((await ask("GET", BOOK)).json).toEqual({ detail: "Downloads are disabled for your account" });
  });

  it("refuses {} for a list", async () => {
    const { ask } = await start({ strictLists: true });
    const sync = async (body: object) => (await ask("POST", "/api/tome-sync/annotations/9/sync", body)).status;
    expect(await sync({ upserts: {}, deletes: [] })).toBe(422);
    expect(await sync({ upserts: [], deletes: null })).toBe(422);
    expect(await sync({ upserts: [], deletes: [] })).toBe(200);
    expect((await ask("POST", "/api/tome-sync/match-hashes", { hashes: {} })).status).toBe(422);
  });

  it("has a clock that is off", async () => {
    const at = new Date("2026-05-01T10:00:00Z");
    const { ask } = await start({ clockOffsetSeconds: -3600 }, () => at);
    const { json } = await ask("PUT", "/api/tome-sync/position/9", { percentage: 0.5 });
    expect(json).toEqual({ ok: true, timestamp: "2026-05-01T09:00:00.000Z" });
  });

  it("trickles", async () => {
    const { ask } = await start({ trickle: { bytes: 1000, everyMs: 40 } });
    const before = Date.now();
    const { body, headers } = await ask("GET", BOOK);
    expect(body.length).toBe(5179);
    expect(headers["content-length"]).toBe("5179");
    expect(Date.now() - before).toBeGreaterThanOrEqual(195);
    expect((await ask("GET", "/api/tome-sync/series")).json).toMatchObject([{}, {}, {}]);
  });

  it("sends every PUT elsewhere", async () => {
    const { ask } = await start({ redirectPutsTo: "https://shelf.test" });
    expect(await ask("PUT", "/api/tome-sync/position/9?a=b", { percentage: 0.5 })).toMatchObject({
      status: 307,
      headers: { location: "https://shelf.test/api/tome-sync/position/9?a=b" },
    });
    expect((await ask("GET", "/api/tome-sync/position/9")).status).toBe(404);
  });
});

describe("as an older Tome, Shelf", () => {
  it.each([
    ["1.6", "authors", "text/html"],
    ["1.6", "stats/watermark", "text/html"],
    ["2.0", "authors", "application/json"],
  ] as const)("%s: %s is %s", async (profile, path, type) => {
    const { headers } = await (await start({ profile })).ask("GET", `/api/tome-sync/${path}`);
    expect(headers["content-type"]).toContain(type);
  });

  it.each([
    ["1.6", 405, 405, 405],
    ["2.0", 200, 200, 405],
    ["2.3", 200, 200, 200],
    ["2.6", 200, 200, 200],
  ] as const)("%s: status %d, match by digest %d, rename %d", async (profile, status, match, rename) => {
    const { ask } = await start({ profile });
    expect((await ask("PUT", "/api/tome-sync/status/9", { status: "read" })).status).toBe(status);
    expect((await ask("POST", "/api/tome-sync/match-hashes", { hashes: [] })).status).toBe(match);
    const names = { from_device: "a", to_device: "b" };
    expect((await ask("POST", "/api/tome-sync/stats/rename-device", names)).status).toBe(rename);
  });

  it("1.6 says less of a book, and does not find it by its digest", async () => {
    const { ask } = await start({ profile: "1.6" });
    const { json } = await ask("GET", SERIES);
    const [book] = (json as { books: object[] }).books;
    expect(Object.keys(book ?? {})).toEqual(["id", "title", "series_index", "author", "files"]);
    const digest = "f88350774d0c3deba9de38f4cd8d10ca";
    expect((await ask("GET", `/api/tome-sync/resolve?filename=x&ko_md5=${digest}`)).status).toBe(404);
  });

  it.each([
    ["1.6", "1.6.0", 20],
    ["2.0", "2.0.0", 36],
    ["2.3", "2.3.0", 41],
    ["2.6", "2.6.0", 47],
  ] as const)("%s says that it is %s with build %d", async (profile, version, build) => {
    const { ask } = await start({ profile });
    expect((await ask("GET", "/api/health")).json).toEqual({ status: "ok", version });
    expect((await ask("GET", "/api/plugin/version?x=1")).json).toMatchObject({ build, version: String(build) });
  });
});
