// The connection to a real WebDAV server ends at any request of a run, and at any byte: the next run has it all, without asking for much.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Fault, FaultProxy } from "../support/node/fault-proxy";
import type { Hand } from "../support/node/hand";
import { pluginTest as test } from "../support/node/plugin-test";
import { bookOn, read, sdrDevice, syncHighlights, textsIn, withSync } from "../support/node/sdr-devices";
import { makeTempDir } from "../support/node/temp-dir";
import { type DavServers, PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";

/** Places at which a run is cut, each way. */
const SAMPLES = process.env["RIBBON_EVERY_OPERATION"] === undefined ? 10 : 100;
/** Listing, files, and once again where something of ours turned out to be there or not. */
const MOST_REQUESTS = 8;

const folder = makeTempDir();
let servers: DavServers;

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, "small"));
  servers = await startDavServers(folder, path.join(folder, "small"));
}, 900_000);

afterAll(() => servers.close());

const targetAt = (origin: string, below: string): string =>
  `kind = "webdav", name = "x", url = "${origin}${below}", folder = "cuts", user = "${USER}", password = ${JSON.stringify(PASSWORD)}`;

/** Each request before it is heard and before its answer is, and bytes evenly. */
function faultsOf(requests: number, bytes: Readonly<Record<"cut" | "cutRequest", number>>): Fault[] {
  const numbers = Array.from({ length: requests }, (_, index) => index + 1);
  const samples = Array.from({ length: SAMPLES }, (_, index) => index);
  return [
    ...numbers.flatMap(request =>
      (["asked", "answered"] as const).map(when => ({ kind: "cutAt" as const, request, when })),
    ),
    ...(["cut", "cutRequest"] as const).flatMap(kind =>
      samples.map(sample => ({ kind, afterBytes: Math.floor((bytes[kind] * sample) / SAMPLES) })),
    ),
  ];
}

const again = (fault: Fault): Fault[] => {
  const next = fault.kind === "cutAt" ? { ...fault, request: 1 } : fault;
  return [next, next];
};

async function mark(hand: Hand, file: string, text: string): Promise<void> {
  await read(hand, file, async () => {
    await hand.turn(1, 20);
    await hand.highlight(text);
  });
}

test("wherever in a run its connection ends, nothing is lost", { timeout: 600_000 }, async ({ home, skip }) => {
  const [place] = servers.places;
  if (place === undefined) return skip(`no WebDAV server: ${servers.missing.join("; ")}`);
  const proxy = await FaultProxy.start(place.port);
  const kobo = await sdrDevice(home, "Kobo", targetAt(proxy.url, place.path));
  const kindle = await sdrDevice(home, "Kindle", targetAt(`http://127.0.0.1:${place.port}`, place.path));
  for (const hand of [kobo, kindle]) await syncHighlights(hand);
  const [onKobo, onKindle] = [bookOn(kobo), bookOn(kindle)];
  const texts: string[] = [];
  /** The Kindle has something for the Kobo, which has something for the Kindle. */
  const both = async (what: string): Promise<void> => {
    texts.push(`Kindle: ${what}`, `Kobo: ${what}`);
    await mark(kindle, onKindle, `Kindle: ${what}`);
    await mark(kobo, onKobo, `Kobo: ${what}`);
  };
  await both("nothing was cut");
  proxy.hangUp();
  proxy.reset();
  await both("nothing is cut, and it is measured");
  const { bytesUp, bytesDown } = proxy.traffic;
  expect(Math.min(bytesUp, bytesDown)).toBeGreaterThan(1000);
  const requests = (await withSync(kobo, "return sdr:history(1)[1].requests")) as number;
  expect(requests, "a listing, and a file each way").toBeGreaterThan(2);
  let failed = 0;
  const faults = faultsOf(requests, { cut: bytesDown, cutRequest: bytesUp });
  for (const fault of faults) {
    proxy.set({ kind: "pass" });
    // The request is made once more over another connection: that one is cut at the same place.
    proxy.next(fault, ...again(fault));
    const what = JSON.stringify(fault);
    await both(what);
    const listed = fs.readdirSync(path.join(place.folder, "cuts")).length;
    proxy.set({ kind: "pass" });
    proxy.reset();
    await syncHighlights(kobo);
    expect(proxy.traffic.connections, what).toBeLessThan(MOST_REQUESTS);
    if (fs.readdirSync(path.join(place.folder, "cuts")).length > listed) failed += 1;
    await syncHighlights(kindle);
    expect((await textsIn(kindle, onKindle)).sort(), what).toEqual(texts.toSorted());
    expect((await textsIn(kobo, onKobo)).sort(), what).toEqual(texts.toSorted());
  }
  console.log(`cuts: ${requests} requests, ${faults.length} cuts, ${failed} runs that could not put`);
  // It was the next run that had to put what this one could not.
  expect(failed).toBeGreaterThan(faults.length / 2);
  await proxy.close();
});
