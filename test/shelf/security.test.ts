import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeLog } from "../../src/shelf/operation/log";
import { startShelf, type Shelf } from "../../src/shelf/shelf";
import { openDatabase } from "../../src/shelf/store/database";
import { BODIES, BODILESS, QUERIES } from "../support/node/contracts/bodies";
import { fillPath, routeNames, type RouteName } from "../support/node/contracts/routes";
import { seedShelf } from "../support/node/contracts/seed";
import { startSeeded } from "../support/node/contracts/seeded";
import { send } from "../support/node/contracts/send";
import { makeTempDir } from "../support/node/temp-dir";

const ROUTES = routeNames();
const nameOf = ({ method, path }: RouteName) => `${method} ${path}`;

/** The routes that anybody may ask. */
const OPEN = new Set([
  "GET /api/health",
  "GET /api/plugin/version",
  "GET /api/auth/setup-needed",
  "POST /api/auth/login",
  "POST /api/auth/quick-connect/initiate",
  "POST /api/auth/quick-connect/poll",
  "GET /api/v1/healthcheck",
  "POST /api/v1/users/create",
]);
const CLOSED = ROUTES.filter(route => !OPEN.has(nameOf(route)));
const isPlugin = ({ path }: RouteName) => /^\/api\/(tome-sync\/|ribbon\/|plugin\/main-impl\.lua$)/.test(path);
const isKosync = ({ path }: RouteName) => path.startsWith("/api/v1/");

let shelf: Shelf;
let credentials: Map<string, string>;
const [dataDir, booksDir] = [makeTempDir(), makeTempDir()];

beforeAll(async () => {
  shelf = await startShelf({ dataDir, booksDir, log });
  credentials = await seedShelf(dataDir, booksDir);
  await ask({ method: "POST", path: "/api/auth/me/kosync" }, "/api/auth/me/kosync", '{"password":"pass"}');
});

afterAll(async () => {
  await shelf.close();
  for (const dir of [dataDir, booksDir]) rmSync(dir, { recursive: true, force: true });
});

// Shelf writes down what it did not expect; the failures that it has in common with Tome are none of that.
const unexpected: string[] = [];
const log = makeLog("error", { write: line => void unexpected.push(line) });
afterEach(() => expect(unexpected.splice(0)).toEqual([]));

/** Asks as somebody who may. */
function ask(route: RouteName, path = fillPath(route.path, "9"), body?: string) {
  return send(shelf.origin, route.method, path, headersFor(route), body);
}

function headersFor(route: RouteName): Record<string, string> {
  if (isKosync(route)) return { "x-auth-user": "reader", "x-auth-key": createHash("md5").update("pass").digest("hex") };
  const name = route.path.startsWith("/api/users/") ? "<jwt: librarian>" : "<jwt>";
  return { Authorization: `Bearer ${credentials.get(isPlugin(route) ? "<plugin key>" : name) ?? ""}` };
}

function bodyOf(route: RouteName): string | undefined {
  const body = BODIES[nameOf(route)];
  return body && JSON.stringify(body);
}

describe("a closed route", () => {
  it.each(CLOSED.map(route => [nameOf(route), route] as const))("%s refuses who has no key", async (_, route) => {
    const status = async (headers: Record<string, string>) =>
      (await send(shelf.origin, route.method, fillPath(route.path, "9"), headers, bodyOf(route))).status;
    expect(await status({})).toBe(isPlugin(route) ? 422 : 401);
    expect(await status({ "x-auth-user": "reader", "x-auth-key": "0".repeat(32) })).not.toBe(200);
    for (const forged of [
      "Bearer",
      "Bearer ",
      "Bearer tk_",
      `Bearer ${"0".repeat(43)}`,
      "Basic cmVhZGVyOng=",
      "Bearer null",
    ])
      expect(await status({ Authorization: forged }), forged).toBe(401);
    const wrongKind = credentials.get(isPlugin(route) ? "<jwt: librarian>" : "<plugin key: librarian>");
    // Readers and browsers both show covers.
    const isForBoth = route.path.endsWith("/cover");
    expect(await status({ Authorization: `Bearer ${wrongKind}` })).toBe(isForBoth ? 404 : 401);
    for (const token of ["<jwt: expired>", "<jwt: forged>"])
      expect(await status({ Authorization: `Bearer ${credentials.get(token)}` }), token).toBe(401);
  });

  it("takes no token that says it needs no signature", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${part({ alg: "none", typ: "JWT" })}.${part({ sub: "1", exp: 4e9 })}.`;
    const { status } = await send(shelf.origin, "GET", "/api/auth/me", { Authorization: `Bearer ${unsigned}` });
    expect(status).toBe(401);
  });

  it("refuses a key from the moment that it is revoked, and an account that was closed", async () => {
    const { ask } = await startSeeded();
    const plugin = ROUTES.filter(isPlugin);
    const statuses = async () =>
      Promise.all(
        plugin.map(
          async route => (await ask("<plugin key>", route.method, fillPath(route.path, "9"), bodyOf(route))).status,
        ),
      );
    await ask("<jwt>", "DELETE", "/api/plugin/api-keys/1");
    expect(new Set(await statuses())).toEqual(new Set([401]));
    await ask("<jwt: librarian>", "PUT", "/api/users/2", { is_active: false });
    expect((await ask("<plugin key: reader-second>", "GET", "/api/tome-sync/series")).status).toBe(401);
    expect((await ask("<jwt>", "GET", "/api/auth/me")).status).toBe(401);
  });
});

describe("what belongs to another user", () => {
  it("can neither be seen nor changed", async () => {
    const { ask } = await startSeeded();
    await ask("<plugin key>", "PUT", "/api/tome-sync/position/9", { percentage: 0.5 });
    await ask("<plugin key>", "PUT", "/api/tome-sync/rating/9", { rating: 2, review: "secret" });
    await ask("<jwt>", "POST", "/api/annotations", { book_id: 9, highlighted_text: "secret" });
    await ask("<jwt>", "POST", "/api/send-to-device/koreader", { book_ids: [9] });
    const [key, jwt] = ["<plugin key: librarian>", "<jwt: librarian>"];
    const status = async (who: string, method: string, path: string, body?: object) =>
      (await ask(who, method, path, body)).status;
    expect(await status(jwt, "PUT", "/api/annotations/1", { note: "mine" })).toBe(404);
    expect(await status(jwt, "DELETE", "/api/annotations/1")).toBe(404);
    expect(await status(jwt, "DELETE", "/api/plugin/api-keys/1")).toBe(404);
    expect(await status(key, "POST", "/api/tome-sync/inbox/1/delivered")).toBe(404);
    expect(await status(key, "GET", "/api/tome-sync/shelf-books?shelf_id=1")).toBe(404);
    expect(await status(key, "GET", "/api/tome-sync/position/9")).toBe(404);
    expect((await ask(key, "GET", "/api/tome-sync/annotations/9")).body.toString()).not.toContain("secret");
    expect((await ask(key, "GET", "/api/tome-sync/rating/9")).body.toString()).not.toContain("secret");
    expect((await ask("<jwt>", "GET", "/api/plugin/api-keys")).body.toString()).not.toContain("Desk");
  });

  it("stays hidden when it is a book", async () => {
    const { ask } = await startSeeded();
    const paths = ["download/16/16", "series/16", "search?q=ledger", "author-books?author=Ines%20Calloway", "series"];
    for (const path of paths)
      expect((await ask("<plugin key>", "GET", `/api/tome-sync/${path}`)).body.toString()).not.toContain("Ledger");
    expect((await ask("<plugin key>", "PUT", "/api/tome-sync/status/16", { status: "read" })).status).toBe(404);
    expect((await ask("<jwt>", "PUT", "/api/books/16/rating", { rating: 1 })).status).toBe(404);
    expect((await ask("<jwt>", "POST", "/api/annotations", { book_id: 16, highlighted_text: "x" })).status).toBe(404);
  });

  it("is not for a member to manage", async () => {
    const { ask } = await startSeeded();
    for (const token of ["<jwt>", "<jwt: guest>"])
      expect((await ask(token, "PUT", "/api/users/2", { role: "admin" })).status).toBe(403);
    expect((await ask("<personal token: readonly>", "POST", "/api/plugin/api-keys", {})).status).toBe(403);
  });
});

describe("a path that leads out of the library", () => {
  const secret = "that is none of a reader's business";

  it("cannot be asked for", async () => {
    for (const id of [
      "..%2f..%2fshelf.sqlite3",
      "%2e%2e/%2e%2e/shelf.sqlite3",
      "../../shelf.sqlite3",
      "9%00",
      "9/../10",
    ]) {
      const route: RouteName = { method: "GET", path: "/api/tome-sync/download/:book_id/:file_id" };
      const { status, headers } = await ask(route, `/api/tome-sync/download/9/${id}`);
      expect(headers["content-type"], id).not.toBe("application/octet-stream");
      expect(status, id).toBeLessThan(500);
    }
  });

  it("leads nowhere, even from the database", async () => {
    const { ask, dataDir } = await startSeeded();
    writeFileSync(join(dataDir, "secret.epub"), secret);
    const db = openDatabase(dataDir);
    const point = db.prepare("UPDATE book_files SET path = ? WHERE id = 9");
    for (const path of [
      `../${dataDir.split("/").at(-1)}/secret.epub`,
      join("../..", dataDir, "secret.epub"),
      "",
      ".",
      "..",
    ]) {
      point.run(path);
      const { status, body } = await ask("<plugin key>", "GET", "/api/tome-sync/download/9/9");
      expect(status, path).toBe(404);
      expect(body.toString()).not.toContain(secret);
    }
    db.close();
  });

  it.each([
    ...["bytes=-", "bytes=--1", "bytes=1-2-3", "bytes=0x0-0xf", "bytes=1e3-", "bytes=-1e3", "bytes= 0 - 9 "],
    ...[
      `bytes=${"9".repeat(4000)}-`,
      `bytes=${"0-0,".repeat(4000)}`,
      "bytes=NaN-Infinity",
      "bytes=0-0;file=/etc/passwd",
    ],
  ])("is no range: %.40s", async range => {
    const route: RouteName = { method: "GET", path: "/api/tome-sync/download/:book_id/:file_id" };
    const path = "/api/tome-sync/download/9/9";
    const { status, body } = await send(shelf.origin, "GET", path, { ...headersFor(route), Range: range });
    expect([200, 206, 400, 416]).toContain(status);
    expect(body.length).toBeLessThanOrEqual(5179);
  });
});

/** What Tome 2.3 answers 500 to, and Shelf with it: its database cannot hold these. */
const UNSTORABLE = ["18446744073709551616", '"\\ud83d"'];
const VALUES = [
  ...["null", "true", "0", "-1", "1.5", "1e999", "-1e999", "NaN", '""', '"x"', '"9"', '"\\u0000"', '"2026-05-01"'],
  ...["[]", "{}", "[[]]", "[null]", "[{}]", '["x"]', '{"a":{"b":[]}}', '{"__proto__":null}', "9007199254740993"],
  ...UNSTORABLE,
];

/** A body in which one field, at any depth, holds something else. */
function* variants(body: unknown, value: string): Generator<string> {
  yield value;
  if (Array.isArray(body)) {
    for (const inner of variants(body[0], value)) yield `[${inner}]`;
  } else if (typeof body === "object" && body !== null) {
    for (const [key, inner] of Object.entries(body)) {
      const rest = Object.entries(body)
        .filter(([name]) => name !== key)
        .map(([name, other]) => `${JSON.stringify(name)}:${JSON.stringify(other)}`);
      for (const variant of variants(inner, value)) yield `{${[...rest, `${JSON.stringify(key)}:${variant}`].join()}}`;
    }
  }
}

const withBody = ROUTES.filter(route => BODIES[nameOf(route)] !== undefined).map(
  route => [nameOf(route), route] as const,
);

describe("bad input", () => {
  it("is tried on every route that writes", () => {
    const writing = ROUTES.filter(({ method }) => method === "POST" || method === "PUT").map(nameOf);
    expect([...Object.keys(BODIES), ...BODILESS].sort()).toEqual(writing.sort());
  });

  it.each(withBody)("%s takes no value for another", async (name, route) => {
    // Passwords cost time on purpose; fewer values do there.
    const isSlow = /login|kosync|v1/.test(name);
    for (const value of isSlow ? VALUES.slice(0, 8) : VALUES) {
      for (const body of variants(BODIES[name], value)) {
        const { status } = await ask(route, undefined, body);
        expect(status, body).toBeLessThan(UNSTORABLE.includes(value) ? 501 : 500);
      }
    }
  });

  it.each(withBody)("%s survives a megabyte and ten thousand levels", async (name, route) => {
    const fields = Object.keys(BODIES[name] ?? {});
    const megabyte = JSON.stringify("y".repeat(1_048_576));
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    for (const value of [megabyte, deep, `{"a":${deep}}`, `[${"{},".repeat(300_000)}{}]`]) {
      const bodies = [
        value,
        `{${fields
          .map(field => `"${field}":${value}`)
          .slice(0, 3)
          .join()}}`,
      ];
      for (const body of bodies)
        expect((await ask(route, undefined, body)).status, body.slice(0, 40)).toBeLessThan(500);
    }
  });

  it.each(ROUTES.filter(({ path }) => path.includes(":")).map(route => [nameOf(route), route] as const))(
    "%s takes no id for another",
    async (_, route) => {
      const ids = [
        "0",
        "-1",
        "1.5",
        "abc",
        "1e3",
        "0x9",
        "%00",
        "%20",
        "..",
        "..%2f",
        "%ff",
        "é",
        "9".repeat(15),
        "'--",
      ];
      for (const id of ids)
        expect(
          (await ask(route, encodeURI(fillPath(route.path, id)).replaceAll("%25", "%"), bodyOf(route))).status,
          id,
        ).toBeLessThan(500);
    },
  );

  it.each(Object.entries(QUERIES))("%s takes no query for another", async (name, fields) => {
    const route = ROUTES.find(each => nameOf(each) === name);
    if (!route) throw new Error(`no route ${name}`);
    const values = [
      "",
      "%00",
      "%25",
      "%ff",
      "'",
      "..%2f..%2fetc%2fpasswd",
      "%F0%9F%93%96",
      "-1",
      "1e999",
      "a".repeat(9000),
      "a%20".repeat(2000),
    ];
    for (const value of values) {
      const query = fields.map(field => `${field}=${value}`).join("&");
      expect((await ask(route, `${fillPath(route.path, "9")}?${query}`)).status, value).toBeLessThan(500);
      expect((await ask(route, `${fillPath(route.path, "9")}?${query}&${query}`)).status, value).toBeLessThan(500);
    }
  });

  it("leaves the library as it was", async () => {
    expect((await ask({ method: "GET", path: "/api/tome-sync/series" })).status).toBe(200);
    expect(shelf.books()).toHaveLength(17);
  });
});
