// A whole day inside KOReader, in two devices' order of events, on good and bad networks: what arrives, and how long KOReader's
// loop is held.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Shelf } from "../../src/shelf/shelf";
import type { Figure } from "../bench/section";
import { readFigures } from "./figures";
import { type NetworkName, NETWORKS } from "./networks";
import type { Scenario } from "./scenarios";

/** A Kobo's network goes off before it is told to sleep; a Kindle's stays. */
export const ORDERS = ["kobo", "kindle"] as const;
export type Order = (typeof ORDERS)[number];

/** The sittings of the script: until the sleep, after it, and with the second book. */
const PAGES_TURNED = [60, 12, 10];

const NO_PLUGIN = "no_plugin";

/** What all days so far measured, in milliseconds, by what is measured. */
const figures = {
  hold: [] as Figure[],
  lastCall: [] as Figure[],
  load: [] as Figure[],
  loop: [] as Figure[],
  ribbon: [] as Figure[],
  work: [] as Figure[],
};

/** `koreader_hold_ms.<order>.<network>` and where it comes from; empty when no day was played. */
export const measured = (): readonly Figure[] => Object.values(figures).flat();

function takeBare(file: string, order: Order): void {
  for (const { phase, loop } of readFigures(file).phases)
    figures.loop.push({ name: `koreader_loop_ms.${order}_${phase}.${NO_PLUGIN}`, value: loop });
}

function take(file: string, order: Order, network: NetworkName): void {
  const { kib, ms, phases } = readFigures(file);
  for (const { phase, loop, ribbon, work } of phases) {
    const place = `${order}_${phase}.${network}`;
    figures.loop.push({ name: `koreader_loop_ms.${place}`, value: loop });
    figures.ribbon.push({ name: `koreader_ribbon_ms.${place}`, value: ribbon });
    figures.work.push({ name: `koreader_work_ms.${place}`, value: work });
  }
  const place = `${order}.${network}`;
  const longest = (of: "ribbon" | "lastCall") => Math.max(...phases.map(phase => phase[of]));
  figures.hold.push({ name: `koreader_hold_ms.${place}`, value: longest("ribbon"), goal: "≤ 10" });
  figures.lastCall.push({ name: `koreader_last_call_ms.${place}`, value: longest("lastCall"), goal: "≤ 2000" });
  figures.load.push({ name: `koreader_load_kib.${place}`, value: kib, goal: "≤ 191" });
  figures.load.push({ name: `koreader_load_ms.${place}`, value: ms, goal: "≤ 2.0" });
}

/** Where the script says that the network may come back, and asks whether everything arrived. */
async function startControl(shelf: Shelf, heal: () => Promise<void>) {
  const hasArrived = () => shelf.sessions().length >= PAGES_TURNED.length;
  const server = http.createServer((request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    if (request.url === "/heal") void heal().then(() => answer(200));
    else answer(hasArrived() ? 200 : 404);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function day(order: Order, name: NetworkName): Scenario {
  return {
    promise: `a ${order}'s day on a ${name} network arrives once, and holds nobody`,
    script: "day.lua",
    name: `day.${order}.${name}`,
    before: async ({ shelf, folder, connect }) => {
      const network = await NETWORKS[name](Number(new URL(shelf.origin).port));
      connect(network.url);
      const control = await startControl(shelf, network.heal);
      return {
        environment: { RIBBON_ORDER: order, RIBBON_FIGURES: `${folder}/figures`, RIBBON_CONTROL: control.url },
        close: async () => {
          control.close();
          await network.close();
        },
      };
    },
    after: ({ shelf, folder }) => {
      take(`${folder}/figures`, order, name);
      assert.deepEqual(
        shelf.sessions().map(({ pagesTurned }) => pagesTurned),
        PAGES_TURNED,
      );
    },
  };
}

/** The same without Ribbon: what KOReader itself holds its loop for. */
function bareDay(order: Order): Scenario {
  return {
    promise: `KOReader without Ribbon, a ${order}'s day`,
    script: "day.lua",
    name: `day.${order}.${NO_PLUGIN}`,
    isBare: true,
    before: ({ folder }) =>
      Promise.resolve({ environment: { RIBBON_ORDER: order, RIBBON_FIGURES: `${folder}/figures` } }),
    after: ({ folder }) => takeBare(`${folder}/figures`, order),
  };
}

const names = Object.keys(NETWORKS) as NetworkName[];
export const days: readonly Scenario[] = ORDERS.flatMap(order => [
  bareDay(order),
  ...names.map(name => day(order, name)),
]);
