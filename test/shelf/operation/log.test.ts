import { expect, it } from "vitest";
import { makeLog, type LogLevel } from "../../../src/shelf/operation/log";
import { startSeeded } from "../../support/node/contracts/seeded";

/** A log that is kept as text. */
function listen(level: LogLevel) {
  const lines: string[] = [];
  return { log: makeLog(level, { write: line => void lines.push(line) }), text: () => lines.join("") };
}

/** A day's requests, with everything in them that is nobody's business. */
async function ask(level: LogLevel) {
  const { log, text } = listen(level);
  const { ask, shelf } = await startSeeded({ log });
  const { key } = shelf.addKey("Clara");
  const token = await shelf.loginToken();
  await ask(key, "GET", "/api/tome-sync/resolve?filename=Secret%20Title.epub");
  await ask(key, "GET", "/api/tome-sync/author-books?author=Secret%20Author");
  await ask(key, "PUT", "/api/tome-sync/position/9", { percentage: 0.5, progress: "Secret Place", device: "Clara" });
  await ask({ Authorization: `Basic ${key}` }, "GET", "/Secret/Title.epub");
  await ask(token, "POST", "/api/annotations", { book_id: 9, highlighted_text: "Secret words" });
  await ask({}, "POST", "/api/auth/login?password=Secret", { username: "reader", password: "Secret word" });
  await ask({}, "GET", "/%E0%A4%A/Secret");
  return { key, token, text: text() };
}

it("tells who asked for what, by the pattern of the route", async () => {
  const { text } = await ask("info");
  const lines = text.trim().split("\n").map(line => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
  const answers = lines.filter(({ msg }) => msg === "answered");
  expect(answers.map(({ method, route, status }) => [method, route, status])).toEqual([
    ["GET", "/api/tome-sync/resolve", 404],
    ["GET", "/api/tome-sync/author-books", 200],
    ["PUT", "/api/tome-sync/position/:book_id", 200],
    ["GET", "/*", 200],
    ["POST", "/api/annotations", 201],
    ["POST", "/api/auth/login", 401],
    ["GET", "unknown", 200],
  ]);
  for (const { level, time, from, ms } of answers)
    expect([level, typeof time, from, typeof ms]).toEqual(["info", "string", "127.0.0.1", "number"]);
});

it("holds no key, no password and no title unless it is told to", async () => {
  const { text, key, token } = await ask("info");
  for (const secret of [key, key.slice(3), token, "Secret", "Clara", "filename", "password"])
    expect(text).not.toContain(secret);
});

it("names books at debug, but never a key", async () => {
  const { text, key, token } = await ask("debug");
  expect(text).toContain("resolve?filename=Secret%20Title.epub");
  for (const secret of [key, key.slice(3), token, "Secret%20word", "Secret word", "Secret words"])
    expect(text).not.toContain(secret);
});

it("leaves out of an error what it quotes", () => {
  const { log, text } = listen("info");
  const path = "/home/me/Books/It's a Secret.epub";
  const error = Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: "ENOENT", path });
  log.error({ err: error }, "not expected");
  log.error({ err: "Secret" }, "not expected");
  expect(text()).not.toMatch(/Secret|Books/);
  expect(text()).toContain("ENOENT: no such file, open '…'");
  expect(text()).toContain("log.test.ts");
});

it("says nothing of a sound request below info", async () => {
  expect((await ask("error")).text).toBe("");
});
