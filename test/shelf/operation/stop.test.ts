import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdirSync, statSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startShelf } from "../../../src/shelf/shelf";
import { openStore } from "../../../src/shelf/store/store";
import { startSeeded } from "../../support/node/contracts/seeded";
import { tempDir } from "../../support/node/temp-dir";

const path = "/api/tome-sync/download/9/9";

/** How a request ends: its status, or "cut off". */
const ending = (request: Promise<{ status: number }>) =>
  request.then(
    ({ status }) => status,
    () => "cut off",
  );

/** Until a server of this process has got the head of a request. */
function nextRequest(): Promise<void> {
  return new Promise(resolve => {
    const hear = () => {
      unsubscribe("http.server.request.start", hear);
      resolve();
    };
    subscribe("http.server.request.start", hear);
  });
}

/** A request that runs until its body is sent. */
function hesitate(origin: string, key: string): { status: Promise<number | "cut off">; goOn: () => void } {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const sent = request(`${origin}/api/tome-sync/position/9`, { method: "PUT", agent: false, headers });
  const status = new Promise<number | "cut off">(resolve => {
    sent.on("response", answer => resolve(answer.resume().statusCode ?? 0)).on("error", () => resolve("cut off"));
  });
  sent.flushHeaders();
  return { status, goOn: () => void sent.end('{"percentage":0.5}') };
}

it("finishes what runs, and takes nothing more", async () => {
  const { shelf, ask, dataDir } = await startSeeded();
  const arrived = nextRequest();
  const running = hesitate(shelf.origin, shelf.addKey("Clara").key);
  await arrived;
  const closed = shelf.close(600_000);
  await expect.poll(() => ending(ask("<plugin key>", "GET", "/api/tome-sync/series"))).toBe("cut off");
  running.goOn();
  expect(await running.status).toBe(200);
  await closed;
  // Closed in order: the write-ahead log is part of the database again.
  expect(() => statSync(join(dataDir, "shelf.sqlite3-wal"))).toThrow("ENOENT");
});

it("does not wait for ever", async () => {
  const { shelf, ask } = await startSeeded({ faults: { bakeDelayMs: 60_000 } });
  const arrived = nextRequest();
  const running = ending(ask("<plugin key>", "GET", path));
  await arrived;
  await shelf.close(50);
  expect(await running).toBe("cut off");
});

it("does not wait for a connection that is merely open", async () => {
  const { shelf } = await startSeeded();
  const socket = connect(Number(new URL(shelf.origin).port), "127.0.0.1");
  await new Promise(resolve => socket.once("connect", resolve));
  await shelf.close(600_000);
  socket.destroy();
});

it("keeps its database for its owner alone", async () => {
  const dataDir = join(tempDir(), "data");
  const shelf = await startShelf({ dataDir });
  const mode = (name: string) => statSync(join(dataDir, name)).mode & 0o777;
  expect(mode(".")).toBe(0o700);
  for (const name of ["shelf.sqlite3", "shelf.sqlite3-wal", "shelf.sqlite3-shm"]) expect(mode(name), name).toBe(0o600);
  await shelf.close();
});

it("refuses a database that a newer Shelf wrote, and leaves it alone", async () => {
  const dataDir = tempDir();
  mkdirSync(dataDir, { recursive: true });
  openStore(dataDir).close();
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(join(dataDir, "shelf.sqlite3"));
  db.pragma("user_version = 9999");
  db.close();
  const before = statSync(join(dataDir, "shelf.sqlite3")).mtimeMs;
  await expect(startShelf({ dataDir })).rejects.toThrow(
    /newer Shelf wrote this data.*update Ribbon, or restore a backup/s,
  );
  expect(statSync(join(dataDir, "shelf.sqlite3")).mtimeMs).toBe(before);
});
