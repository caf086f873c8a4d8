// Highlights of many books through a WebDAV server: what a sync costs in requests, bytes, seconds, and of KOReader's loop.
import fs from "node:fs";
import path from "node:path";
import type { Hand } from "../support/node/hand";
import { keptRuns } from "../support/node/sdr-runs";
import { type DavPlace, PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";
import { withReader, withScratch } from "./device";
import type { Effort, Figure, Section } from "./section";
import { sidecarText } from "./sidecar-text";

const SIZES = [200, 1000, 5000];
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
}

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
  return { ...(JSON.parse(runs().last) as Account), hold, holdCpu, cpu };
}

function figures(
  size: number,
  name: string,
  { requests, bytesIn, bytesOut, seconds, hold, holdCpu, cpu }: Account & Cost,
): Figure[] {
  const goal = name === "noop" ? { goal: "1" } : name === "changed5" ? { goal: "≤ 3" } : {};
  const at = `sdr.${size}.${name}`;
  return [
    { name: `${at}.requests`, value: requests, ...goal },
    { name: `${at}.bytes`, value: bytesIn + bytesOut },
    { name: `${at}.seconds`, value: seconds },
    { name: `${at}.hold_ms`, value: hold, goal: "≤ 10" },
    { name: `${at}.hold_cpu_ms`, value: holdCpu, goal: "≤ 10" },
    { name: `${at}.loop_cpu_seconds`, value: cpu },
  ];
}

async function measureSize(scratch: string, place: DavPlace, size: number): Promise<Figure[]> {
  const [one, other] = [path.join(scratch, `one-${size}`), path.join(scratch, `other-${size}`)];
  const open = (dataDir: string, work: (hand: Hand) => Promise<Figure[]>) =>
    withReader({ dataDir, settings: { home_dir: path.join(dataDir, "books") } }, work);
  // Both join while the folder is empty: what is measured is the sync, not the reader's look at a preview.
  prepare(other, "Other", place, 0, "", size);
  await open(other, async hand => (await sync(hand, other), []));
  prepare(one, "One", place, size, "a note");
  const first = await open(one, async hand => {
    const upload = figures(size, "first_upload", await sync(hand, one));
    return [...upload, ...figures(size, "noop", await sync(hand, one))];
  });
  prepare(other, "Other", place, size, "");
  const download = await open(other, async hand => figures(size, "first_download", await sync(hand, other)));
  await open(one, async hand => (await sync(hand, one), []));
  for (let book = 1; book <= CHANGED; book += 1) writeBook(path.join(one, "books"), book, "changed on one");
  await open(one, async hand => (await sync(hand, one), []));
  for (let book = 1; book <= CHANGED; book += 1) {
    const file = path.join(other, "books", `${book + CHANGED}.sdr/metadata.epub.lua`);
    if (!fs.existsSync(file)) continue;
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("a note", "changed on the other"));
  }
  const changed = await open(other, async hand => figures(size, "changed5", await sync(hand, other)));
  return [...first, ...download, ...changed];
}

/** On a machine where Apache cannot run. */
function unmeasured(size: number, missing: readonly string[]): Figure[] {
  const value = `not measured: no server, ${missing.join("; ")}`;
  return ["first_upload", "noop", "first_download", "changed5"].flatMap(name =>
    ["requests", "bytes", "seconds", "hold_ms", "hold_cpu_ms", "loop_cpu_seconds"].map(what => ({
      name: `sdr.${size}.${name}.${what}`,
      value,
    })),
  );
}

export const sdr: Section = {
  name: "sdr",
  title: "Highlights of many books, through WebDAV",
  measure: ({ books }: Effort) =>
    withScratch(async scratch => {
      const [folder, small] = [path.join(scratch, "dav"), path.join(scratch, "small")];
      for (const each of [folder, small]) fs.mkdirSync(each);
      fs.chmodSync(scratch, 0o755);
      const servers = await startDavServers(folder, small);
      try {
        const place = servers.places.find(({ name }) => name === "apache basic");
        const sizes = books < 200 ? [books] : SIZES;
        if (place === undefined) return sizes.flatMap(size => unmeasured(size, servers.missing));
        const all: Figure[] = [];
        for (const size of sizes) all.push(...(await measureSize(scratch, place, size)));
        return all;
      } finally {
        await servers.close();
      }
    }),
};
