import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../support/node/fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LoginTokens } from "../../src/shelf/accounts/login-token";
import { mintKey } from "../../src/shelf/accounts/owner";
import { signIn } from "../../src/shelf/accounts/sign-in";
import { makeLog } from "../../src/shelf/operation/log";
import type { KnownRoute } from "../../src/shelf/server";
import { startShelf, type Shelf } from "../../src/shelf/shelf";
import { openDatabase, type Db } from "../../src/shelf/store/database";
import { openStore, type Store } from "../../src/shelf/store/store";
import type { Role } from "../../src/shelf/store/users";
import { tokenFor } from "../../src/shelf/web/csrf";
import { BODIES } from "../support/node/contracts/bodies";
import { send } from "../support/node/contracts/send";
import { makeEpub } from "../support/node/epub";
import { makeTempDir } from "../support/node/temp-dir";

// Every route that the server knows is asked here. A new one needs no line, unless it is meant for everybody.

/** What anybody may ask, without a key and without an account. */
const OPEN = [
  /^GET \/api\/(health|plugin\/version|auth\/setup-needed|v1\/healthcheck)$/,
  /^POST \/api\/auth\/(login|quick-connect\/(initiate|poll))$/,
  /^POST \/api\/v1\/users\/create$/,
  /^GET \/assets\//,
  /^(GET|POST) \/(set-up|sign-in)$/,
  /^GET \/\*$/,
];
/** What a title, a note, a name of a device may hold. */
const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
const SECRET = "Ada's secret";
const AT = "2026-11-21T10:00:00.000Z";

const nameOf = ({ method, path }: KnownRoute) => `${method} ${path}`;
const isPage = ({ path }: KnownRoute) => !path.startsWith("/api/");
const isOpen = (route: KnownRoute) => OPEN.some(pattern => pattern.test(nameOf(route)));

const [dataDir, booksDir] = [makeTempDir(), makeTempDir()];
const unexpected: string[] = [];
const log = makeLog("error", { write: line => void unexpected.push(line) });
let [shelf, store, db] = [] as unknown as [Shelf, Store, Db];
let [ada, ben] = [] as unknown as [Person, Person];
let routes: KnownRoute[] = [];

interface Person {
  readonly id: number;
  readonly key: string;
  readonly jwt: string;
  readonly cookie: string;
}

async function person(username: string, role: Role): Promise<Person> {
  const account = { username, email: null, passwordHash: null, role, mustChangePassword: false };
  const id = store.users.add({ ...account, createdAt: AT });
  const tokens = new LoginTokens(store.credentials, () => new Date());
  const cookie = signIn(store, id, `${username}'s browser`, new Date());
  return { id, key: mintKey(store, id, `${username}'s key`, AT).key, jwt: await tokens.issue(id), cookie };
}

/** Sends a request as a person would, page or API; as a stranger without one. */
function ask(route: KnownRoute, who?: Person, more: { path?: string; body?: string; headers?: object } = {}) {
  const path = more.path ?? fill(route.path, "1");
  const token = /^\/api\/(tome-sync\/|ribbon\/|plugin\/main-impl\.lua$)/.test(path) ? who?.key : who?.jwt;
  const forPage = { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" };
  const asPerson = isPage(route) ? { Cookie: `shelf=${who?.cookie}` } : { Authorization: `Bearer ${token}` };
  const headers = { ...(isPage(route) ? forPage : {}), ...(who ? asPerson : {}), ...more.headers };
  return send(shelf.origin, route.method, path, headers as Record<string, string>, more.body);
}

const fill = (path: string, value: string) => path.replace(/:\w+|\*/g, () => value);

/** A body that the route takes; a form carries the token of whoever sends it. */
function bodyOf(route: KnownRoute, who?: Person, fields: object = {}): string | undefined {
  if (route.method === "GET") return undefined;
  if (!isPage(route)) return JSON.stringify({ ...BODIES[nameOf(route)], ...fields });
  return new URLSearchParams({ _csrf: who ? tokenFor(who.cookie) : "", ...fields } as Record<
    string,
    string
  >).toString();
}

beforeAll(async () => {
  const metadata = EVIL.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  writeFileSync(
    join(booksDir, "a.epub"),
    makeEpub(`<dc:title>${metadata}</dc:title><dc:creator>${metadata}</dc:creator>`),
  );
  shelf = await startShelf({ dataDir, booksDir, log });
  [store, db] = [openStore(dataDir), openDatabase(dataDir)];
  await person("Root", "admin");
  [ada, ben] = [await person("Ada", "member"), await person("Ben", "member")];
  leaveTraces(ada.id, SECRET);
  leaveTraces(ben.id, EVIL);
  routes = shelf.routes().filter(({ method }) => method !== "OPTIONS" && method !== "HEAD");
});

afterAll(async () => {
  db.close();
  store.close();
  await shelf.close();
  for (const dir of [dataDir, booksDir]) rmSync(dir, { recursive: true, force: true });
});

afterEach(() => expect(unexpected.splice(0)).toEqual([]));

/** One row of everything that belongs to a user, with a text in it. */
function leaveTraces(userId: number, text: string): void {
  const [bookId, none] = [1, { progressStart: null, progressEnd: null, pagesTurned: null }];
  store.positions.put(userId, bookId, { progress: text, percentage: 0.1, device: text, updatedAt: AT });
  store.positions.put(userId, bookId, { progress: text, percentage: 0.5, device: text, updatedAt: AT });
  store.statuses.rate(userId, bookId, { rating: 4, review: text }, AT);
  const session = { userId, bookId, startedAt: "2026-11-21T09:00:00", endedAt: null, durationSeconds: 600, ...none };
  store.sessions.add({ ...session, device: text, sessionUuid: `${userId}` });
  store.shelves.add({ ownerId: userId, name: text, params: {} });
  db.prepare("INSERT INTO inbox_items (user_id, book_id, created_at) VALUES (?, 1, ?)").run(userId, AT);
  db.prepare(
    `INSERT INTO annotations (user_id, book_id, anchor, text, note, created_by_server, changed_by_server, updated_at)
     VALUES (?, 1, '/p[1]', ?, ?, 0, 0, ?)`,
  ).run(userId, text, text, AT);
}

/** Everything that belongs to a user, in whatever table. */
function belongingsOf(userId: number): unknown {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const owned = tables.flatMap(table => {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const column = columns.find(name => name === "user_id" || name === "owner_id");
    return column === undefined ? [] : [[table, db.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`).all(userId)]];
  });
  const account = db.prepare("SELECT * FROM users WHERE id = ?").get(userId);
  return { ...(Object.fromEntries(owned) as object), account };
}

const closed = () => routes.filter(route => !isOpen(route));

/** What no answer may say, whatever was asked. */
const expectNoLeak = (body: Buffer, what: string) =>
  expect(body.toString(), what).not.toMatch(/\n\s+at |node_modules|SQLITE_|\/src\/shelf|sqlite3/);

describe("every route", () => {
  it("is known, those of the pages too", () => {
    expect(routes.map(nameOf)).toEqual(
      expect.arrayContaining(["GET /reading", "GET /api/tome-sync/series", "POST /account/password"]),
    );
    expect(new Set(routes.map(nameOf)).size).toBe(routes.length);
    expect(closed().length).toBeGreaterThan(50);
  });

  it("refuses who has no key and no account", async () => {
    for (const route of closed()) {
      const { status, headers, body } = await ask(route, undefined, {
        ...(route.method === "GET" ? {} : { body: bodyOf(route) ?? "" }),
      });
      if (isPage(route) && route.method === "GET")
        expect([status, headers.location?.split("?")[0]], nameOf(route)).toEqual([
          303,
          expect.stringMatching(/^\/(sign-in|set-up)$/),
        ]);
      else expect([401, 403, 422], `${nameOf(route)}: ${body}`).toContain(status);
      expect(body.toString(), nameOf(route)).not.toContain(SECRET);
      expectNoLeak(body, nameOf(route));
    }
  });

  it("refuses a revoked key, an ended session and a closed account", async () => {
    const leaving = await person("Leaving", "admin");
    db.prepare("DELETE FROM plugin_keys WHERE user_id = ?").run(leaving.id);
    store.webSessions.endAll(leaving.id);
    db.prepare("UPDATE users SET is_active = 0 WHERE id = ?").run(leaving.id);
    for (const route of closed()) {
      const { status } = await ask(route, leaving, { body: bodyOf(route, leaving) ?? "" });
      expect(isPage(route) ? [303, 403] : [401, 422], nameOf(route)).toContain(status);
    }
  });

  it("neither shows nor changes what is another's, whoever guesses its ids", async () => {
    const before = belongingsOf(ada.id);
    expect(JSON.stringify(before)).toContain(SECRET);
    for (const route of closed())
      for (const id of ["1", "2", "3", String(ada.id), "a.epub", "sessions.json"]) {
        if (!/[:*]/.test(route.path) && id !== "1") continue;
        const { body, status } = await ask(route, ben, { path: fill(route.path, id), body: bodyOf(route, ben) ?? "" });
        expect(body.toString(), `${nameOf(route)} of ${id}`).not.toContain(SECRET);
        expect(status, `${nameOf(route)} of ${id}`).toBeLessThan(500);
      }
    expect(belongingsOf(ada.id)).toEqual(before);
  });

  it("writes a title as text, whatever it says", async () => {
    const again = await person("Again", "admin");
    leaveTraces(again.id, EVIL);
    for (const route of routes.filter(each => isPage(each) && each.method === "GET")) {
      const { body, headers } = await ask(route, again);
      if (headers["content-type"]?.startsWith("text/html") !== true) continue;
      expect(body.toString(), nameOf(route)).not.toMatch(/<script|<img src=x|<[^>]* onerror=/);
      expect(headers["content-security-policy"], nameOf(route)).toContain("default-src 'none'");
    }
  });

  it("takes no form without its token, nor from elsewhere", async () => {
    const before = belongingsOf(ada.id);
    for (const route of routes.filter(each => isPage(each) && each.method === "POST")) {
      const body = bodyOf(route, ada) ?? "";
      expect((await ask(route, ada, { body: "a=b" })).status, nameOf(route)).toBe(403);
      for (const headers of [{ Origin: "https://evil.test" }, { "Sec-Fetch-Site": "cross-site" }])
        expect((await ask(route, ada, { body, headers })).status, nameOf(route)).toBe(403);
    }
    expect(belongingsOf(ada.id)).toEqual(before);
  });

  it("survives whatever is sent to it", { timeout: 900_000 }, async () => {
    const word = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("", "0", "-1", "1e99", "null", EVIL, "../..", "%00"),
    );
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), word, fc.maxSafeInteger());
    for (const route of routes) {
      // Passwords cost time on purpose.
      const isSlow = /password|login|sign-in|set-up|users|kosync|v1\//.test(route.path);
      const names = Object.keys(BODIES[nameOf(route)] ?? { a: 0, zone: 0, next: 0, code: 0 });
      const fields = fc.record(Object.fromEntries(names.map(name => [name, anything])), { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(fields, word, word, async (sent, id, query) => {
          const form = Object.fromEntries(
            Object.entries(sent).map(([name, value]) => [
              name,
              typeof value === "string" ? value : JSON.stringify(value),
            ]),
          );
          const path = `${fill(route.path, encodeURIComponent(id))}?${new URLSearchParams({ q: query, ...form })}`;
          const body = bodyOf(route, ben, isPage(route) ? form : sent) ?? "";
          const answer = await ask(route, ben, { path, body });
          expect(answer.status, `${nameOf(route)} ${body}`).toBeLessThan(500);
          expectNoLeak(answer.body, nameOf(route));
        }),
        { numRuns: isSlow ? 3 : 12 },
      );
    }
  });

  it("still answers after all of this", async () => {
    expect((await ask({ method: "GET", path: "/api/tome-sync/series" }, ada)).status).toBe(200);
    expect((await ask({ method: "GET", path: "/reading" }, ada)).status).toBe(200);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});
