// A series fetched inside KOReader, over a network that takes its time: cancelled, cut by a sleep, and read in the end.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { sampleEpub } from "../../scripts/sample-books.mjs";
import type { Figure } from "../bench/section";
import { FaultProxy } from "../support/node/fault-proxy";
import { type Exchange, Proxy } from "../support/node/proxy";
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

function take(file: string): void {
  for (const { phase, loop, ribbon, work } of readFigures(file).phases) {
    figures.push({ name: `koreader_loop_ms.library_${phase}`, value: loop });
    figures.push({ name: `koreader_ribbon_ms.library_${phase}`, value: ribbon, goal: "≤ 10" });
    figures.push({ name: `koreader_work_ms.library_${phase}`, value: work });
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

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map(file => path.join(folder, file));
}

export const downloads: readonly Scenario[] = [
  {
    promise: "a series is downloaded through cancel and sleep, opened and read, and its reading is on the server",
    script: "download.lua",
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
      return { environment: { RIBBON_FIGURES: `${folder}/figures`, RIBBON_HOME: `${folder}/home` }, close };
    },
    after: ({ shelf, folder }) => {
      take(`${folder}/figures`);
      checkRequests();
      const [first = ""] = VOLUMES;
      assert.deepEqual(
        shelf.sessions().map(({ title, pagesTurned }) => ({ title, pagesTurned })),
        [{ title: first, pagesTurned: PAGES_TURNED }],
      );
      assert.deepEqual(
        shelf.positions().map(({ title }) => title),
        [first],
      );
      const files = filesBelow(`${folder}/home`);
      assert.equal(files.filter(file => path.basename(file).startsWith("Vol. ") && file.endsWith(".epub")).length, 3);
      assert.deepEqual(
        files.filter(file => file.endsWith(".ribbon-part")),
        [],
      );
    },
  },
];
