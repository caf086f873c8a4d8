// Highlights of many books through a WebDAV server: what a sync costs in requests, bytes, seconds, and of KOReader's loop.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import type { Hand } from "../support/node/hand";
import { withSync } from "../support/node/sdr-devices";
import { keptRuns } from "../support/node/sdr-runs";
import { type DavPlace, PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";
import { probe, withReader, withScratch } from "./device";
import type { Effort, Figure, Section } from "./section";
import { sidecarText } from "./sidecar-text";

const MARKS = 20;
const CHANGED = 5;

interface Account {
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly seconds: number;
}

/** A book's sidecar as KOReader leaves it. */
function writeBook(folder: string, book: number, note: string): void {
  const sdr = path.join(folder, `${book}.sdr`);
  fs.mkdirSync(sdr, { recursive: true });
  const file = path.join(folder, `${book}.epub`);
  if (!fs.existsSync(file)) fs.writeFileSync(file, `book ${book}`);
  fs.writeFileSync(
    path.join(sdr, "metadata.epub.lua"),
    sidecarText({ file, book, marks: note === "" ? 0 : MARKS, note }),
  );
}

function prepare(
  dataDir: string,
  name: string,
  { port, path: root }: DavPlace,
  size: number,
  note: string,
  folder = size,
): void {
  const [books, settings] = [path.join(dataDir, "books"), path.join(dataDir, "settings")];
  fs.mkdirSync(books, { recursive: true });
  fs.mkdirSync(settings, { recursive: true });
  for (let book = 1; book <= size; book += 1) writeBook(books, book, note);
  const login = `user = "${USER}", password = ${JSON.stringify(PASSWORD)}`;
  const target = `kind = "webdav", name = "dav", url = "http://127.0.0.1:${port}${root}", folder = "bench-${folder}", ${login}`;
  fs.writeFileSync(
    path.join(settings, "ribbon.lua"),
    `return { device_name = "${name}", open_page = "", sdr = { target = { ${target} }, options = { whenConnected = false, atClose = false } } }\n`,
  );
}

/** What a run cost KOReader's own process: the longest task, on the clock and of the processor's time, and all of the processor's time. */
interface Cost {
  readonly hold: number;
  readonly holdCpu: number;
  readonly cpu: number;
  /** The most memory of the reader's process so far, and of its largest worker, in KiB. */
  readonly own: number;
  readonly worker: number;
}

/** What is measured of each run. */
const MEASURED = [
  "requests",
  "bytes",
  "seconds",
  "hold_ms",
  "hold_cpu_ms",
  "loop_cpu_seconds",
  "peak_mib",
  "worker_peak_mib",
];
const CASES = ["first_upload", "noop", "first_download", "after_download", "changed5", "compaction", "retire"];
/** So many files of changes are merged. */
const ENOUGH = 16;

/** One run by a tap, to its end. */
async function sync(hand: Hand, dataDir: string): Promise<Account & Cost> {
  const runs = () => keptRuns(dataDir);
  const used = () => hand.run("return os.clock()") as Promise<number>;
  await hand.holds();
  const before = { count: runs().count, cpu: await used() };
  await hand.perform("ribbon_sync_now");
  await hand.until(() => Promise.resolve(runs().count > before.count), 3600, 0.25);
  const cpu = (await used()) - before.cpu;
  const holds = await hand.holds();
  const hold = Math.max(0, ...holds.map(({ ms }) => ms));
  const holdCpu = Math.max(0, ...holds.map(({ cpu: each }) => each));
  const peaks = (await probe(hand, "peaks")) as Pick<Cost, "own" | "worker">;
  return { ...(JSON.parse(runs().last) as Account), ...peaks, hold, holdCpu, cpu };
}

function figures(
  size: number,
  name: string,
  { requests, bytesIn, bytesOut, seconds, hold, holdCpu, cpu, own, worker }: Account & Cost,
): Figure[] {
  const goal =
    name === "noop" || name === "after_download" ? { goal: "1" } : name === "changed5" ? { goal: "≤ 3" } : {};
  const at = `sdr.${size}.${name}`;
  return [
    { name: `${at}.requests`, value: requests, ...goal },
    { name: `${at}.bytes`, value: bytesIn + bytesOut },
    { name: `${at}.seconds`, value: seconds },
    { name: `${at}.hold_ms`, value: hold, goal: "≤ 10" },
    { name: `${at}.hold_cpu_ms`, value: holdCpu, goal: "≤ 10" },
    { name: `${at}.loop_cpu_seconds`, value: cpu },
    { name: `${at}.peak_mib`, value: own / 1024 },
    { name: `${at}.worker_peak_mib`, value: worker / 1024 },
  ];
}

/** Figures, and a line for whoever waits. The machine's load says how much the clock is worth. */
async function measureRun(
  hand: Hand,
  dataDir: string,
  size: number,
  name: string,
  tell: Effort["tell"],
): Promise<Figure[]> {
  const run = await sync(hand, dataDir);
  const { requests, seconds, hold, holdCpu } = run;
  const holds = `held ${hold.toFixed(1)} ms, ${holdCpu.toFixed(1)} of the processor`;
  const load = (os.loadavg()[0] ?? 0).toFixed(1);
  tell(`  ${size} books, ${name}: ${requests} requests, ${seconds.toFixed(1)} s, ${holds}; load ${load}`);
  return figures(size, name, run);
}

/** What a device keeps, of which the folder has so many files of changes. */
function kept(dataDir: string): { readonly id: string; readonly deltas: number } {
  const database = new Database(path.join(dataDir, "settings/ribbon-sdr.sqlite3"), { readonly: true });
  const id = database.prepare("SELECT value FROM value WHERE key = 'me'").pluck().get() as string;
  const count = "SELECT COUNT(*) FROM own WHERE name GLOB '*-d-*' AND name IN (SELECT name FROM sent)";
  const deltas = database.prepare(count).pluck().get() as number;
  database.close();
  return { id, deltas };
}

/** Changes a book at a time until the next run merges what is in the folder of them. */
async function changeOften(hand: Hand, dataDir: string): Promise<void> {
  for (let book = 1; kept(dataDir).deltas < ENOUGH; book += 1) {
    writeBook(path.join(dataDir, "books"), 1 + (book % CHANGED), `changed ${book} times`);
    await sync(hand, dataDir);
  }
}

async function measureSize(scratch: string, place: DavPlace, size: number, tell: Effort["tell"]): Promise<Figure[]> {
  const [one, other] = [path.join(scratch, `one-${size}`), path.join(scratch, `other-${size}`)];
  const open = (dataDir: string, work: (hand: Hand) => Promise<Figure[]>) =>
    withReader({ dataDir, settings: { home_dir: path.join(dataDir, "books") } }, work);
  const measure = (dataDir: string, ...names: string[]) =>
    open(dataDir, async hand => {
      const all: Figure[] = [];
      for (const name of names) all.push(...(await measureRun(hand, dataDir, size, name, tell)));
      return all;
    });
  const justSync = (dataDir: string) => open(dataDir, async hand => (await sync(hand, dataDir), []));
  // Both join while the folder is empty: what is measured is the sync, not the reader's look at a preview.
  prepare(other, "Other", place, 0, "", size);
  await justSync(other);
  prepare(one, "One", place, size, "a note");
  const first = await measure(one, "first_upload", "noop");
  prepare(other, "Other", place, size, "");
  // What was written a moment ago is looked at once more: its time may not show a change.
  const download = await measure(other, "first_download", "after_download");
  await justSync(one);
  for (let book = 1; book <= CHANGED; book += 1) writeBook(path.join(one, "books"), book, "changed on one");
  await justSync(one);
  for (let book = 1; book <= CHANGED; book += 1) {
    const file = path.join(other, "books", `${book + CHANGED}.sdr/metadata.epub.lua`);
    if (!fs.existsSync(file)) continue;
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("a note", "changed on the other"));
  }
  const changed = await measure(other, "changed5");
  const compaction = await open(one, async hand => {
    await changeOften(hand, one);
    return measureRun(hand, one, size, "compaction", tell);
  });
  const retire = await open(other, async hand => {
    await sync(hand, other);
    await withSync(hand, `sdr:retire("${kept(one).id}")`);
    return measureRun(hand, other, size, "retire", tell);
  });
  return [...first, ...download, ...changed, ...compaction, ...retire];
}

/** On a machine where Apache cannot run. */
function unmeasured(size: number, missing: readonly string[]): Figure[] {
  const value = `not measured: no server, ${missing.join("; ")}`;
  return CASES.flatMap(name => MEASURED.map(what => ({ name: `sdr.${size}.${name}.${what}`, value })));
}

export const sdr: Section = {
  name: "sdr",
  title: "Highlights of many books, through WebDAV",
  measure: ({ sdrBooks, tell }: Effort) =>
    withScratch(async scratch => {
      const [folder, small] = [path.join(scratch, "dav"), path.join(scratch, "small")];
      for (const each of [folder, small]) fs.mkdirSync(each);
      fs.chmodSync(scratch, 0o755);
      const servers = await startDavServers(folder, small);
      try {
        const place = servers.places.find(({ name }) => name === "apache basic");
        if (place === undefined) return sdrBooks.flatMap(size => unmeasured(size, servers.missing));
        const all: Figure[] = [];
        for (const size of sdrBooks) all.push(...(await measureSize(scratch, place, size, tell)));
        return all;
      } finally {
        await servers.close();
      }
    }),
};
