import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startShelf, type ShelfOptions } from "../../src/shelf/shelf";
import { send } from "../support/node/contracts/send";
import { startSeeded } from "../support/node/contracts/seeded";
import { tempDir } from "../support/node/temp-dir";
import { newShelf } from "../support/node/web-visitor";

const HASTE = { headMs: 400, requestMs: 800, silenceMs: 800 };

async function start(options: Partial<ShelfOptions> = {}) {
  const shelf = await startShelf({ dataDir: tempDir(), patience: HASTE, ...options });
  onTestFinished(() => shelf.close());
  return shelf;
}

function open(origin: string): Socket {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** What a connection receives until the server ends it. */
function ending(socket: Socket): Promise<string> {
  let received = "";
  socket.on("data", chunk => (received += chunk.toString()));
  return new Promise(resolve => socket.on("close", () => resolve(received)));
}

/** Sends a byte now and then, for as long as it is let. */
function drip(socket: Socket, bytes: string): void {
  let at = 0;
  const timer = setInterval(() => socket.writable && socket.write(bytes.charAt(at++ % bytes.length)), 50);
  socket.on("close", () => clearInterval(timer));
}

const isWell = async (origin: string) => (await send(origin, "GET", "/api/health")).status === 200;

it("ends a connection whose head never comes to an end", async () => {
  const { origin } = await start();
  const sockets = Array.from({ length: 100 }, () => open(origin));
  const endings = sockets.map(ending);
  for (const socket of sockets) drip(socket, "GET /api/health HTTP/1.1\r\nHost: x\r\nX-A: b\r\n");
  await expect.poll(() => isWell(origin)).toBe(true);
  for (const received of await Promise.all(endings)) expect(received).toMatch(/^(HTTP\/1.1 408|$)/);
});

it("ends a request whose body never comes to an end", async () => {
  const { origin } = await start();
  const socket = open(origin);
  const end = ending(socket);
  socket.write(
    "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
  );
  drip(socket, " ");
  await end;
  await expect.poll(() => isWell(origin)).toBe(true);
});

it("ends a connection on which nothing moves", async () => {
  const { ask } = await startSeeded({ patience: HASTE, faults: { trickle: { bytes: 1, everyMs: 5000 } } });
  const running = ask("<plugin key>", "GET", "/api/tome-sync/download/9/9").then(
    () => "whole",
    () => "cut off",
  );
  expect(await running).toBe("cut off");
});

it.each([
  ["one header of 100 KiB", `X-Long: ${"a".repeat(100_000)}\r\n`],
  ["ten thousand headers", Array.from({ length: 10_000 }, (_, index) => `X-${index}: a\r\n`).join("")],
  ["a header that is none", "no colon here\r\n"],
  ["two lengths", "Content-Length: 1\r\nContent-Length: 2\r\n"],
  ["a length and chunks", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"],
])("refuses %s", async (_, headers) => {
  const { origin } = await start();
  const socket = open(origin);
  const end = ending(socket);
  socket.write(`POST /api/auth/login HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
  expect(await end).toMatch(/^HTTP\/1.1 4(00|31|08)|^$/);
  await expect.poll(() => isWell(origin)).toBe(true);
});

it("takes many small headers for what they are", async () => {
  const { origin } = await newShelf();
  const headers = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`X-${index}`, "a"]));
  expect((await send(origin, "GET", "/api/health", headers)).status).toBe(200);
});

it("slows down who guesses passwords, from everywhere and for every name", async () => {
  // A slow machine would give the guesser the second that there is to wait; nor is this client a slow one.
  const at = new Date("2026-01-01T00:00:00Z");
  const shelf = await startShelf({ dataDir: tempDir(), now: () => at });
  onTestFinished(() => shelf.close());
  const { origin } = shelf;
  const guess = async (username: string) =>
    (await send(origin, "POST", "/api/auth/login", {}, JSON.stringify({ username, password: "wrong" }))).status;
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) statuses.push(await guess("reader"));
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses).toContain(429);
  expect(await guess("somebody else")).toBe(429);
});
