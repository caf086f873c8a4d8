import { rmSync } from "node:fs";
import { connect } from "node:net";
import fc from "../support/node/fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startShelf, type Shelf } from "../../src/shelf/shelf";
import { seedShelf } from "../support/node/contracts/seed";
import { send } from "../support/node/contracts/send";
import { makeTempDir } from "../support/node/temp-dir";

let shelf: Shelf;
let dataDir: string;
let key: string;
let jwt: string;

beforeAll(async () => {
  dataDir = makeTempDir();
  shelf = await startShelf({ dataDir });
  const credentials = await seedShelf(dataDir);
  key = credentials.get("<plugin key>") ?? "";
  jwt = credentials.get("<jwt: librarian>") ?? "";
});

afterAll(async () => {
  await shelf.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) => {
  const token = path.startsWith("/api/tome-sync") ? key : jwt;
  const received = await send(shelf.origin, method, path, { Authorization: `Bearer ${token}`, ...headers }, body);
  return received.status;
};

const ROUTES = [
  ["POST", "/api/tome-sync/session"],
  ["PUT", "/api/tome-sync/position/9"],
  ["POST", "/api/tome-sync/match-hashes"],
  ["POST", "/api/auth/login"],
  ["POST", "/api/plugin/api-keys"],
  ["PUT", "/api/users/4"],
  ["PUT", "/api/books/9/status"],
] as const;

const FIELDS = [
  ...["book_id", "started_at", "ended_at", "duration_seconds", "progress_start", "progress_end", "pages_turned"],
  ...["device", "session_uuid", "progress", "percentage", "hashes", "username", "password", "label", "is_active"],
  ...["role", "status", "progress_pct", "cfi", "__proto__", "constructor", "toString"],
];

const likely = fc.constantFrom<unknown>(
  "9",
  9,
  12,
  0.5,
  true,
  null,
  "2026-05-01T10:00:00Z",
  "reading",
  "member",
  [],
  {},
);
const bodies = fc.dictionary(fc.constantFrom(...FIELDS), fc.oneof(likely, fc.jsonValue()), { noNullPrototype: true });

describe("no request makes Shelf fail", () => {
  it.each(ROUTES)("%s %s, whatever the fields hold", async (method, path) => {
    await fc.assert(
      fc.asyncProperty(bodies, async body => {
        expect(await ask(method, path, JSON.stringify(body))).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });

  it.each(ROUTES)("%s %s, whatever the bytes and their type", async (method, path) => {
    const types = fc.constantFrom("application/json", "text/plain", "multipart/form-data", "", "nonsense", 'a/b; c="');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), types, async (bytes, type) => {
        const status = await ask(method, path, Buffer.from(bytes), { "Content-Type": type });
        expect([400, 422]).toContain(status);
      }),
      { numRuns: 40 },
    );
  });

  it("a query, whatever it says", async () => {
    const escaped = fc.stringMatching(/^([a-z_%&=+]|%[0-9a-f]{2}){0,40}$/);
    const paths = fc.constantFrom(
      "resolve?filename=",
      "resolve?",
      "search?q=",
      "author-books?author=",
      "rating/",
      "series/",
    );
    await fc.assert(
      fc.asyncProperty(paths, escaped, async (path, query) => {
        expect(await ask("GET", `/api/tome-sync/${path}${query}`)).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it.each(
    ["%", "%zz", "%ff", "9%", "..%2f..", "%00", "9".repeat(5000), "-", "1e3", "0x9", "٩"].map(encodeURIComponentOnce),
  )("the book id %s", async id => {
    const status = await ask("GET", `/api/tome-sync/position/${id}`);
    if (/^9+$/.test(id)) expect(status).toBe(500);
    else expect([200, 422]).toContain(status);
  });

  it.each([
    "GARBAGE\r\n\r\n",
    "GET /api/health HTTP/9.9\r\n\r\n",
    "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
    "\u0016\u0003\u0001",
  ])("what is no HTTP: %j", async bytes => {
    expect(await raw(bytes)).toMatch(/^(HTTP\/1\.1 400|$)/);
    expect(await ask("GET", "/api/health")).toBe(200);
  });
});

describe("what is too large", () => {
  const padded = (bytes: number) => `{"percentage": 0.3, "pad": "${"y".repeat(bytes)}"}`;

  it("is taken up to 16 MiB", async () => {
    expect(await ask("PUT", "/api/tome-sync/position/9", padded(15 * 1024 * 1024))).toBe(200);
  });

  it("is refused beyond, and the server lives on", async () => {
    expect(await ask("PUT", "/api/tome-sync/position/9", padded(17 * 1024 * 1024))).toBe(413);
    expect(await ask("GET", "/api/tome-sync/position/9")).toBe(200);
  });

  it("is refused in a request's head", async () => {
    expect(await ask("GET", `/api/tome-sync/search?q=${"q".repeat(70_000)}`)).toBe(431);
  });

  it("is not written back when it is nested without end", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(await ask("PUT", "/api/tome-sync/position/9", deep)).toBe(422);
    expect(await ask("PUT", "/api/tome-sync/position/9", `{"percentage": ${deep}}`)).toBe(422);
  });
});

describe("what Tome 2.3 fails at, Shelf refuses in the same way and keeps nothing of", () => {
  it.each([
    ["PUT", "/api/tome-sync/position/11", '{"percentage": 0.1, "device": "\\ud83d"}'],
    [
      "POST",
      "/api/tome-sync/session",
      '{"book_id": 11, "started_at": "2026-05-01", "pages_turned": 9223372036854775808}',
    ],
    ["GET", "/api/tome-sync/position/9223372036854775808", undefined],
    ["GET", `/api/tome-sync/resolve?filename=${"q".repeat(60_000)}`, undefined],
  ])("%s %s", async (method, path, body) => {
    const before = [shelf.sessions(), shelf.positions()];
    expect(await ask(method, path, body)).toBe(500);
    expect([shelf.sessions(), shelf.positions()]).toEqual(before);
  });
});

function encodeURIComponentOnce(id: string): string {
  return id.startsWith("%") || id.endsWith("%") || id.includes("%2f") ? id : encodeURIComponent(id);
}

function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shelf.origin);
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.end(bytes, "latin1"));
    socket.on("data", chunk => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}
