// A series fetched inside KOReader, over a network that takes its time: cancelled, cut by a sleep, and read in the end.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { sampleEpub } from "../../scripts/sample-books.mjs";
import type { Figure } from "../bench/section";
import type { Shelf } from "../../src/shelf/shelf";
import { FaultProxy } from "../support/node/fault-proxy";
import { type Exchange, Proxy } from "../support/node/proxy";
import { type Order, ORDERS } from "./days";
import { readFigures } from "./figures";
import type { Scenario } from "./scenarios";

const VOLUMES = ["A Lamp for the Harbour", "Salt on the Window", "The Keeper’s Daughter"];
const MIB = 1024 * 1024;
/** So that a volume takes about three seconds. */
const BYTES_PER_SECOND = 2 * MIB;
const PAGES_TURNED = 11;

/** What the last scenario asked of the server, and how long it held KOReader. */
let exchanges: readonly Exchange[] = [];
const figures: Figure[] = [];
export const measuredDownloads = (): readonly Figure[] => figures;

/** Real EPUBs as large as illustrated ones are: what follows the end of a picture nobody draws. */
async function writeVolumes(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const background = { r: 40, g: 70, b: 90 };
  const picture = await sharp({ create: { width: 400, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();
  for (const [index, title] of VOLUMES.entries()) {
    const cover = new Uint8Array(Buffer.concat([picture, randomBytes(6 * MIB)]));
    const book = { title, author: "Mara Lindqvist", series: "Harbour Lights", volume: index + 1, chapters: 9, cover };
    fs.writeFileSync(path.join(folder, `${index + 1}.epub`), sampleEpub(book));
  }
}

function take(file: string, order: Order): void {
  for (const { phase, loop, ribbon, work } of readFigures(file).phases) {
    const place = `library_${phase}.${order}`;
    figures.push({ name: `koreader_loop_ms.${place}`, value: loop });
    figures.push({ name: `koreader_ribbon_ms.${place}`, value: ribbon, goal: "≤ 10" });
    figures.push({ name: `koreader_work_ms.${place}`, value: work });
  }
}

/** Everything that was read as it was sent; what was cut went on where it stopped. */
function checkRequests(): void {
  const asked = exchanges.map(({ what }) => what);
  assert.deepEqual(
    asked.filter(what => what.includes("resolve")),
    [],
    "a downloaded book is known on arrival",
  );
  const resumed = exchanges.filter(({ what, headers }) => what === "GET download" && headers.range !== undefined);
  assert.ok(resumed.length > 0, "what was cut goes on where it stopped");
  assert.deepEqual(new Set(resumed.map(({ status }) => status)), new Set([206]));
}

function checkReading(shelf: Shelf): void {
  const [title = ""] = VOLUMES;
  const sessions = shelf.sessions().map(session => ({ title: session.title, pagesTurned: session.pagesTurned }));
  assert.deepEqual(sessions, [{ title, pagesTurned: PAGES_TURNED }]);
  assert.deepEqual(
    shelf.positions().map(position => position.title),
    [title],
  );
}

/** Every volume has its name, and nothing half done is left. */
function checkFiles(folder: string): void {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map(file => path.basename(file));
  assert.equal(names.filter(name => name.startsWith("Vol. ") && name.endsWith(".epub")).length, VOLUMES.length);
  assert.deepEqual(
    names.filter(name => name.endsWith(".ribbon-part")),
    [],
  );
}

function download(order: Order): Scenario {
  return {
    promise: `a series is downloaded through a cancel and a ${order}'s sleep, opened and read, and its reading is on the server`,
    script: "download.lua",
    name: `download.${order}`,
    library: writeVolumes,
    before: async ({ shelf, folder, connect }) => {
      const proxy = await Proxy.start(() => shelf.origin);
      const network = await FaultProxy.start(Number(new URL(proxy.origin).port));
      network.set({ kind: "trickle", bytesPerSecond: BYTES_PER_SECOND });
      connect(network.url);
      exchanges = proxy.exchanges;
      const close = async () => {
        await network.close();
        await proxy.close();
      };
      const [figuresFile, home] = [`${folder}/figures`, `${folder}/home`];
      return { environment: { RIBBON_ORDER: order, RIBBON_FIGURES: figuresFile, RIBBON_HOME: home }, close };
    },
    after: ({ shelf, folder }) => {
      take(`${folder}/figures`, order);
      checkRequests();
      checkReading(shelf);
      checkFiles(`${folder}/home`);
    },
  };
}

export const downloads: readonly Scenario[] = ORDERS.map(order => download(order));
