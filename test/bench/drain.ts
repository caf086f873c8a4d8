import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { writeSampleBooks } from "../../scripts/sample-books.mjs";
import { type Shelf, startShelf } from "../../src/shelf/shelf";
import type { Hand } from "../support/node/hand";
import { BARE, withReader, withScratch } from "./device";
import type { Section } from "./section";

const CONNECTIONS = ["one", "two"];
const FIRST_START = Date.UTC(2025, 0, 1) / 1000;
/** Sittings of half an hour, one after another. */
const SECONDS_APART = 1800;
const MOST_MINUTES = 30;

interface Server {
  readonly id: string;
  readonly shelf: Shelf;
  readonly key: string;
}

async function startServer(scratch: string, booksDir: string, id: string): Promise<Server> {
  const shelf = await startShelf({ dataDir: path.join(scratch, id), booksDir });
  return { id, shelf, key: shelf.addKey("bench").key };
}

function enter(dataDir: string, servers: readonly Server[]): void {
  const connections = servers.map(
    ({ id, shelf, key }) => `{ id = "${id}", kind = "tome", name = "${id}", url = "${shelf.origin}", key = "${key}" }`,
  );
  fs.mkdirSync(path.join(dataDir, "settings"), { recursive: true });
  const text = `return { connections = { ${connections.join(", ")} }, device_name = "bench" }\n`;
  fs.writeFileSync(path.join(dataDir, "settings/ribbon.lua"), text);
}

function sessionPayload(index: number): string {
  const startedAt = FIRST_START + index * SECONDS_APART;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const session = {
    id,
    startedAt,
    endedAt: startedAt + 600,
    duration: 600,
    progressStart: 0.1,
    progressEnd: 0.2,
    pageTurns: 9,
  };
  return JSON.stringify({ kind: "session", session });
}

/** Puts as many sittings of a matched book into the outbox of every connection as if they had been read offline. */
function fill(dataDir: string, servers: readonly Server[], sessionsEach: number): void {
  const store = new Database(path.join(dataDir, "settings/ribbon.sqlite3"));
  store.prepare("INSERT INTO book (id, digest, file, title, authors) VALUES (1, 'd', 'f', 't', 'a')").run();
  const link = store.prepare(
    "INSERT INTO link (book, connection, remote_id, method, confirmed) VALUES (1, ?, ?, 'digest', 1)",
  );
  const add = store.prepare(
    "INSERT INTO outbox (connection, book, kind, payload, created_at) VALUES (?, 1, 'session', ?, 0)",
  );
  store.transaction(() => {
    for (const { id, shelf } of servers) {
      link.run(id, String(shelf.books()[0]?.id));
      for (let index = 0; index < sessionsEach; index += 1) add.run(id, sessionPayload(index));
    }
  })();
  store.close();
}

/** The most memory that the reader's own process had so far, in MiB. */
async function peakMib(hand: Hand): Promise<number> {
  const status = (await hand.run('return io.open("/proc/self/status"):read("*a")')) as string;
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Until every server had this many requests and the outbox is empty. Throws when that takes too long. */
async function waitUntilEmpty(hand: Hand, dataDir: string): Promise<void> {
  const store = new Database(path.join(dataDir, "settings/ribbon.sqlite3"), { readonly: true });
  const count = store.prepare("SELECT COUNT(*) FROM outbox").pluck();
  try {
    await hand.until(() => Promise.resolve(count.get() === 0), MOST_MINUTES * 60, 0.25);
  } finally {
    store.close();
  }
}

/** Brings the sittings to two servers, with real workers. Throws when one of them is missing or came twice. */
async function drainAll(scratch: string, sessions: number): Promise<{ seconds: number; peak: number }> {
  const booksDir = path.join(scratch, "books");
  const dataDir = path.join(scratch, "device");
  writeSampleBooks(booksDir);
  const servers = await Promise.all(CONNECTIONS.map(id => startServer(scratch, booksDir, id)));
  try {
    enter(dataDir, servers);
    // One start without a network makes the store.
    await withReader({ dataDir, wifi: false }, hand => hand.wait(0.3));
    fill(dataDir, servers, sessions / servers.length);
    const start = performance.now();
    const peak = await withReader({ dataDir }, async hand => {
      await waitUntilEmpty(hand, dataDir);
      return peakMib(hand);
    });
    const seconds = (performance.now() - start) / 1000;
    for (const { id, shelf } of servers) {
      const ids = shelf.sessions().length;
      if (ids !== sessions / servers.length)
        throw new Error(`${ids} sessions at ${id}, not ${sessions / servers.length}`);
    }
    return { seconds, peak };
  } finally {
    for (const { shelf } of servers) await shelf.close();
  }
}

/** How long it takes until what waited for weeks is at two servers, and what memory that needs. */
export const drain: Section = {
  name: "drain",
  title: "Sessions that waited, to two servers",
  measure: ({ waitingSessions }) =>
    withScratch(async scratch => {
      const bare = await withReader({ dataDir: path.join(scratch, "bare"), plugin: BARE }, peakMib);
      const { seconds, peak } = await drainAll(scratch, waitingSessions);
      return [
        { name: "drain.sessions", value: waitingSessions, goal: "all, once" },
        { name: "drain.seconds", value: seconds },
        { name: "drain.peak_mib", value: peak },
        { name: "drain.peak_mib_without_plugin", value: bare },
      ];
    }),
};
