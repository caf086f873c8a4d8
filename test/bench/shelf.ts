import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { Agent, request } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { mintKey, ownerOf } from "../../src/shelf/accounts/owner";
import { openDatabase } from "../../src/shelf/store/database";
import { openStore } from "../../src/shelf/store/store";
import { makeEpub } from "../support/node/epub";
import { makeTempDir } from "../support/node/temp-dir";
import type { Effort, Figure, Section } from "./section";
import { quantile } from "./stats";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** Requests that are under way at once: a household, not a benchmark's army. */
const AT_ONCE = 8;
/** The look through the folder at the start is over when the server hardly works for a second. */
const IDLE_SHARE = 0.05;
const LONGEST_WAIT_SECONDS = 120;
const LOOK_MS = 100;

/** The library server as it runs at home, in a process of its own: many small books, years of sessions. */
export const shelf: Section = {
  name: "shelf",
  title: "Shelf, the library server",
  async measure(effort) {
    const folder = makeTempDir();
    try {
      return await measureIn(folder, effort);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measureIn(folder: string, { shelfBooks, shelfSessions, shelfRequests }: Effort): Promise<Figure[]> {
  const [books, data] = [path.join(folder, "books"), path.join(folder, "data")];
  timed(`wrote ${shelfBooks} books`, () => writeBooks(books, shelfBooks));
  const began = performance.now();
  const first = await started(books, data);
  await untilThere(data, shelfBooks);
  const scanSeconds = (performance.now() - began) / 1000;
  await stopped(first.process);
  timed(`wrote ${shelfSessions} sessions`, () => writeSessions(data, shelfSessions));
  const key = keyOf(data);
  const server = await started(books, data);
  try {
    await untilIdle(server.process);
    const rest = rssOf(server.process);
    const ask = clientOf(server.origin, key);
    const digests = digestsIn(data);
    const nth = (index: number) => `filename=book-${index % shelfBooks}.epub`;
    const resolve = await load(shelfRequests, index =>
      ask("GET", `resolve?ko_md5=${digests[index % shelfBooks]}&${nth(index)}`),
    );
    const by_name = await load(shelfRequests, index => ask("GET", `resolve?${nth(index)}`));
    const miss = await load(Math.ceil(shelfRequests / 10), index =>
      ask("GET", `resolve?filename=nothing-${index}.epub`),
    );
    const read = await load(shelfRequests, index => ask("GET", `position/${1 + (index % shelfBooks)}`));
    const write = await load(shelfRequests, index => ask("PUT", `position/${1 + (index % shelfBooks)}`, PLACE));
    const loads = { resolve, by_name, miss, read, write };
    return [
      { name: "shelf.scan_seconds", value: scanSeconds },
      { name: "shelf.start_seconds", value: server.seconds },
      ...figures("rps", loads, ({ perSecond }) => perSecond),
      ...figures("p50_ms", loads, ({ millis }) => quantile(millis, 0.5)),
      ...figures("p99_ms", loads, ({ millis }) => quantile(millis, 0.99)),
      { name: "shelf.rss_mib", value: rest },
      { name: "shelf.rss_busy_mib", value: rssOf(server.process) },
    ];
  } finally {
    await stopped(server.process);
  }
}

const PLACE = JSON.stringify({
  progress: "/body/DocFragment[9]/body/p[3]/text().7",
  percentage: 0.25,
  device: "Clara",
});

interface Load {
  readonly perSecond: number;
  readonly millis: readonly number[];
}

function figures(name: string, loads: Readonly<Record<string, Load>>, of: (load: Load) => number): Figure[] {
  return Object.entries(loads).map(([route, load]) => ({ name: `shelf.${name}.${route}`, value: of(load) }));
}

/** Asks so many times, a few at once; the first tenth warms up and does not count. */
async function load(count: number, ask: (index: number) => Promise<void>): Promise<Load> {
  const warm = Math.ceil(count / 10);
  await inParallel(warm, ask);
  const millis: number[] = [];
  const began = performance.now();
  await inParallel(count, async index => {
    const start = performance.now();
    await ask(warm + index);
    millis.push(performance.now() - start);
  });
  return { perSecond: (count / (performance.now() - began)) * 1000, millis };
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function clientOf(origin: string, key: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const { hostname, port } = new URL(origin);
  return (method: string, route: string, body = ""): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${key}`, "Content-Length": Buffer.byteLength(body) };
      const sent = request({ agent, hostname, port, method, path: `/api/tome-sync/${route}`, headers }, answer => {
        answer.resume().on("end", resolve);
        // A book without a place is answered with 404, which costs the server the same.
        if (answer.statusCode !== 200 && answer.statusCode !== 404) reject(new Error(`${route}: ${answer.statusCode}`));
      });
      sent.on("error", reject).end(body);
    });
}

function writeBooks(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const file = path.join(folder, `Author ${index % 500}`, `book-${index}.epub`);
    if (index < 500) fs.mkdirSync(path.dirname(file), { recursive: true });
    const metadata = `<dc:title>Book ${index}</dc:title><dc:creator>Author ${index % 500}</dc:creator>`;
    fs.writeFileSync(file, makeEpub(metadata));
  }
}

/** Ten years of five sittings a day are 18,000; a million is a large family for a lifetime. */
function writeSessions(dataDir: string, count: number): void {
  const store = openStore(dataDir);
  const owner = ownerOf(store, "2026-01-01T00:00:00.000Z");
  store.close();
  const db = openDatabase(dataDir);
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count)
     INSERT INTO sessions (user_id, book_id, started_at, ended_at, duration_seconds, progress_start, progress_end,
       pages_turned, device, session_uuid)
     SELECT @owner, 1 + i % (SELECT max(id) FROM books),
       strftime('%Y-%m-%dT%H:%M:%S', 1763700000 - i * 311, 'unixepoch'),
       strftime('%Y-%m-%dT%H:%M:%S', 1763700000 - i * 311 + 300, 'unixepoch'),
       300, 0.1, 0.2, 9, CASE i % 3 WHEN 0 THEN 'Kindle' ELSE 'Kobo Clara' END, 'bench-' || i FROM n`,
  ).run({ owner, count });
  db.close();
}

function digestsIn(dataDir: string): string[] {
  const db = openDatabase(dataDir);
  const digests = db.prepare<[], string>("SELECT md5 FROM book_files ORDER BY book_id").pluck().all();
  db.close();
  return digests;
}

function keyOf(dataDir: string): string {
  const store = openStore(dataDir);
  const at = new Date().toISOString();
  const { key } = mintKey(store, ownerOf(store, at), "bench", at);
  store.close();
  return key;
}

/** Until every book of the folder is in the database. */
async function untilThere(dataDir: string, count: number): Promise<void> {
  const db = openDatabase(dataDir);
  const known = db.prepare<[], number>("SELECT count(*) FROM books").pluck();
  while ((known.get() ?? 0) < count) await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  db.close();
}

/** Starts `ribbon serve`; the time until it answers, in seconds. */
async function started(books: string, data: string) {
  const began = performance.now();
  const words = ["--import", "tsx", MAIN, "serve", "--books", books, "--data", data, "--port", "0", "--log", "error"];
  const process_ = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = "";
    process_.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[^\s]+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    process_.once("exit", code => reject(new Error(`ribbon serve ended with ${code}`)));
  });
  const seconds = (performance.now() - began) / 1000;
  return { process: process_, origin, seconds };
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise(resolve => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
}

async function untilIdle(server: ChildProcess): Promise<void> {
  for (let waited = 0; waited < LONGEST_WAIT_SECONDS; waited += 1) {
    const before = ticksOf(server);
    await new Promise(resolve => setTimeout(resolve, 1000));
    if (ticksOf(server) - before < 100 * IDLE_SHARE) return;
  }
}

/** Hundredths of a second that a process has worked. */
function ticksOf({ pid }: ChildProcess): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(stat[11]) + Number(stat[12]);
}

/** Mebibytes that a process has in memory. */
function rssOf({ pid }: ChildProcess): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function timed(what: string, work: () => void): void {
  const began = performance.now();
  work();
  console.log(`  shelf: ${what} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
