import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { isInstalled } from "../../scripts/debian.mjs";
import { startShelf } from "../../src/shelf/shelf";
import type { Hand } from "../support/node/hand";
import { BARE, probe, withReader, withScratch } from "./device";
import type { Effort, Figure, Section } from "./section";

const MIB = 1024 * 1024;
const LOOK_SECONDS = 0.1;
const run = promisify(execFile);

/** Where the file is, and where it goes. */
interface Place {
  readonly origin: string;
  readonly key: string;
  readonly folder: string;
}

/** One download by a worker of the reader. */
interface Fetched {
  readonly seconds: number;
  readonly peakMib: number;
  readonly growsMib: number;
  /** The longest that one task of the reader's loop took meanwhile. */
  readonly holdMs: number;
}

/** One large file over loopback from Shelf, against curl from the same server; both until it is on the disk. */
export const download: Section = {
  name: "download",
  title: "A large book, against curl",
  measure: effort => withScratch(folder => measureIn(folder, effort)),
};

async function measureIn(folder: string, effort: Effort): Promise<Figure[]> {
  const booksDir = path.join(folder, "books");
  writeLargeFile(booksDir, effort.downloadMib);
  const shelf = await startShelf({ dataDir: path.join(folder, "shelf"), booksDir });
  try {
    return await compare({ origin: shelf.origin, key: shelf.addKey("bench").key, folder }, effort);
  } finally {
    await shelf.close();
  }
}

/** In turns, because the machine is not the same from one minute to the next; the best of each counts. */
async function compare(place: Place, { downloadRounds, downloadMib }: Effort): Promise<Figure[]> {
  const [own, curl]: [Fetched[], number[]] = [[], []];
  const hasCurl = isInstalled("curl");
  for (let round = 0; round < downloadRounds; round += 1) {
    if (hasCurl) curl.push(await byCurl(place));
    own.push(await byWorker(place));
  }
  const best = Math.min(...own.map(({ seconds }) => seconds));
  const ratio = hasCurl ? Math.min(...curl) / best : "not measured: there is no curl";
  return [
    { name: "download.ratio_to_curl", value: ratio, goal: "≥ 0.9" },
    { name: "download.mib_per_second", value: downloadMib / best },
    { name: "download.worker_peak_mib", value: Math.max(...own.map(({ peakMib }) => peakMib)) },
    { name: "download.worker_grows_mib", value: Math.max(...own.map(({ growsMib }) => growsMib)) },
    { name: "download.hold_ms", value: Math.min(...own.map(({ holdMs }) => holdMs)), goal: "≤ 10" },
  ];
}

/** No two pieces of it are alike. */
function writeLargeFile(folder: string, mebibytes: number): void {
  fs.mkdirSync(folder);
  const file = fs.openSync(path.join(folder, "Large.pdf"), "w");
  const piece = Buffer.alloc(MIB, "a page of a book ");
  for (let index = 0; index < mebibytes; index += 1) {
    piece.writeUInt32LE(index);
    fs.writeSync(file, piece);
  }
  fs.closeSync(file);
}

async function byCurl({ origin, key, folder }: Place): Promise<number> {
  const target = path.join(folder, "by-curl");
  const began = performance.now();
  const url = `${origin}/api/tome-sync/download/1/1`;
  await run("curl", ["-sf", "-H", `Authorization: Bearer ${key}`, "-o", target, url]);
  await run("sync", ["-d", target]);
  const seconds = (performance.now() - began) / 1000;
  fs.rmSync(target);
  return seconds;
}

function byWorker({ origin, key, folder }: Place): Promise<Fetched> {
  const dataDir = path.join(folder, "device");
  const target = path.join(folder, "by-worker");
  return withReader({ dataDir, plugin: BARE }, async hand => {
    await probe(hand, "download", origin, key, target, path.resolve("build/lua"));
    await hand.holds();
    const told = await untilEnded(hand);
    const holds = await hand.holds();
    if (told.fetched === undefined) throw new Error(`the download failed: ${JSON.stringify(told)}`);
    const sent = fs.readFileSync(path.join(folder, "books/Large.pdf"));
    if (!fs.readFileSync(target).equals(sent)) throw new Error("another file arrived");
    fs.rmSync(target);
    const { peak, rest } = told.memory;
    const holdMs = Math.max(0, ...holds.map(({ ms }) => ms));
    return { seconds: told.fetched.seconds, peakMib: peak / 1024, growsMib: (peak - rest) / 1024, holdMs };
  });
}

interface Told {
  readonly ended?: unknown;
  readonly fetched?: { readonly seconds: number };
  readonly memory: { readonly peak: number; readonly rest: number };
}

async function untilEnded(hand: Hand): Promise<Told> {
  for (;;) {
    const told = (await hand.run("return bench_download")) as Told;
    if (told.ended !== undefined) return told;
    await hand.wait(LOOK_SECONDS);
  }
}
