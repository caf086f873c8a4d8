import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { settle } from "../support/node/household";
import { Proxy } from "../support/node/proxy";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import type { Hand } from "../support/node/hand";
import {
  marksIn,
  read,
  syncHighlights,
  textsIn,
  type TwoDevices,
  twoDevices,
  withSync,
} from "../support/node/sdr-devices";
import { type DavPlace, type DavServers, PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";

let servers: DavServers;
let root: string;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "highlights-dav-"));
  const small = path.join(root, "small");
  fs.mkdirSync(small);
  servers = await startDavServers(root, small);
}, 900_000);

afterAll(async () => {
  await servers.close();
  fs.rmSync(root, { recursive: true, force: true });
});

const NAMES = ["apache basic", "lighttpd", "nginx", "rclone"];
let folders = 0;

function placeCalled(name: string): DavPlace | undefined {
  return servers.places.find(each => each.name === name || each.name.startsWith(name));
}

/** Two devices that sync through a folder of their own on a real server, seen from between them. */
async function through(home: Household, name: string, sdr = ""): Promise<(TwoDevices & { proxy: Proxy }) | undefined> {
  const place = placeCalled(name);
  if (place === undefined) return undefined;
  const proxy = await Proxy.start(() => `http://127.0.0.1:${place.port}`);
  folders += 1;
  const login = `user = "${USER}", password = ${JSON.stringify(PASSWORD)}`;
  const url = `${proxy.origin}${place.path}`;
  const target = `kind = "webdav", name = "${name}", url = "${url}", folder = "Ribbon/${folders}", ${login}`;
  return { ...(await twoDevices(home, target, {}, { sdr })), proxy };
}

/** Methods only: the names of files are long. */
const asked = (proxy: Proxy): string[] => proxy.taken().map(what => what.split(" ")[0] ?? "");

test.for(NAMES)("highlights pass through %s, with as few requests as can be", async (name, { home, skip }) => {
  const devices = await through(home, name);
  if (devices === undefined) return skip(`${name} cannot be had here: ${servers.missing.join("; ")}`);
  const { kobo, kindle, onKobo, onKindle, proxy } = devices;
  await read(kobo, onKobo, () => kobo.highlight("the ash tree", "a note"));
  await read(kindle, onKindle);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  expect(await marksIn(kindle, onKindle)).toEqual(await marksIn(kobo, onKobo));
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  asked(proxy);
  await syncHighlights(kobo);
  expect(asked(proxy), "nothing changed").toEqual(["PROPFIND"]);
  await read(kobo, onKobo, () => kobo.editNote("the ash tree", "another"));
  expect(asked(proxy), "one book changed here").toEqual(["PROPFIND", "PUT"]);
  await kindle.openBook(onKindle);
  await kindle.advance(30);
  await kindle.turn(3, 20);
  await kindle.highlight("on the Kindle");
  await kindle.closeBook();
  await kindle.advance(30);
  expect(asked(proxy), "one changed on each side").toEqual(["PROPFIND", "PUT", "GET"]);
  await proxy.close();
});

test("whatever request goes wrong, in whatever way, the next clean sync has it all", async ({ home, skip }) => {
  const devices = await through(home, "apache basic");
  if (devices === undefined) return skip(`apache cannot be had here: ${servers.missing.join("; ")}`);
  const { kobo, kindle, onKobo, onKindle, proxy } = devices;
  const faults = [
    { kind: "reset" },
    { kind: "lost answer" },
    { kind: "cut", bytes: 0 },
    { kind: "cut", bytes: 40 },
    { kind: "page", status: 200 },
    { kind: "page", status: 502 },
    { kind: "status", status: 423 },
    { kind: "status", status: 429 },
    { kind: "status", status: 500 },
  ] as const;
  const texts: string[] = [];
  for (const [index, fault] of faults.entries()) {
    for (const method of ["PROPFIND", "PUT", "GET"]) {
      const text = `marked when ${method} met ${fault.kind} ${index}`;
      texts.push(text);
      let isDone = false;
      proxy.fail(exchange => {
        if (isDone || exchange.method !== method) return undefined;
        isDone = true;
        return fault;
      });
      await read(kobo, onKobo, async () => {
        await kobo.turn(1, 20);
        await kobo.highlight(text);
      });
      await syncHighlights(kindle);
      await proxy.heal();
    }
  }
  for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
  await read(kindle, onKindle);
  expect((await textsIn(kindle, onKindle)).sort()).toEqual(texts.sort());
  await proxy.close();
});

test("a password that is refused stops it at once, and a tap tries again", async ({ home, skip }) => {
  const devices = await through(home, "apache basic");
  if (devices === undefined) return skip(`apache cannot be had here: ${servers.missing.join("; ")}`);
  const { kobo, kindle, onKobo, onKindle, proxy } = devices;
  proxy.fail({ kind: "answer", status: 401, headers: { "www-authenticate": 'Basic realm="x"' }, body: "" });
  await read(kobo, onKobo, () => kobo.highlight("kept meanwhile"));
  asked(proxy);
  await read(kobo, onKobo);
  await kobo.advance(7200);
  expect(asked(proxy), "nothing is asked by itself").toEqual([]);
  await proxy.heal();
  await syncHighlights(kobo);
  await read(kindle, onKindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["kept meanwhile"]);
  await proxy.close();
});

/** A Kobo with a book open and a highlight just made, whose Wi-Fi goes off as it falls asleep. */
async function sleepOver(home: Household, then: (proxy: Proxy, kobo: Hand) => Promise<unknown>) {
  const devices = await through(home, "", "options = { atSleep = true, whenConnected = false }");
  if (devices === undefined) return undefined;
  const { kobo, kindle, onKobo, onKindle, proxy } = devices;
  await read(kobo, onKobo);
  await read(kindle, onKindle);
  await kobo.openBook(onKobo);
  await kobo.advance(30);
  await kobo.highlight("the ash tree");
  asked(proxy);
  await then(proxy, kobo);
  await kobo.closeLid();
  expect(await kobo.violations(), "nobody is kept awake for longer").toEqual([]);
  return devices;
}

/** Awake again, with a network, and what is on its way of itself has come to its end. */
async function wake({ kobo, proxy }: { kobo: Hand; proxy: Proxy }): Promise<void> {
  await proxy.heal();
  await kobo.openLid(60);
  await kobo.turnWifiOn();
  await settle(kobo);
  expect(await withSync(kobo, "return sdr:status().state.kind")).not.toBe("running");
}

test("a Kobo sends its highlights in the moment before it switches its network off to sleep", async ({
  home,
  skip,
}) => {
  const devices = await sleepOver(home, async () => {});
  if (devices === undefined) return skip(`no server can be had here: ${servers.missing.join("; ")}`);
  const { kindle, onKindle, proxy } = devices;
  expect(asked(proxy).slice(0, 2)).toEqual(["PROPFIND", "PUT"]);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  await proxy.close();
});

test("a folder that refuses keeps nobody awake, and the highlights go with the next sync", async ({ home, skip }) => {
  const devices = await sleepOver(home, proxy => proxy.refuse());
  if (devices === undefined) return skip(`no server can be had here: ${servers.missing.join("; ")}`);
  const { kobo, kindle, onKindle, proxy } = devices;
  await wake(devices);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  await proxy.close();
});

test.for<[string, (kobo: Hand) => Promise<unknown>]>([
  ["a worker takes longer than there is time", kobo => kobo.secondsPerJob(5)],
  [
    "a mistake happens while the loop waits",
    kobo =>
      withSync(
        kobo,
        `local line = the_require("src.app.start").ribbon().runtime.sdr.desk.tools.line
        line.waitForAll = function()
          line.waitForAll = nil
          error("a mistake")
        end`,
      ),
  ],
])("when %s, the sync goes on once the device is awake", async ([, happens], { home, skip }) => {
  const devices = await sleepOver(home, (_, kobo) => happens(kobo));
  if (devices === undefined) return skip(`no server can be had here: ${servers.missing.join("; ")}`);
  const { kobo, kindle, onKindle, proxy } = devices;
  await wake(devices);
  await kobo.secondsPerJob(0.2);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  await proxy.close();
});

/** A tap, in real time, until the run is over. */
async function realSync(hand: Hand): Promise<void> {
  await hand.perform("ribbon_sync_now");
  const isOver = async () => (await withSync(hand, "return sdr:status().state.kind")) !== "running";
  await hand.until(isOver, 120, 0.1);
}

test("a folder that never answers keeps nobody awake", { timeout: 300_000 }, async ({ home, skip }) => {
  const devices = await through(home, "", "options = { atSleep = true, whenConnected = false }");
  if (devices === undefined) return skip(`no server can be had here: ${servers.missing.join("; ")}`);
  const { kobo: before, kindle, onKobo, onKindle, proxy } = devices;
  await read(before, onKobo);
  await read(kindle, onKindle);
  await before.exit();
  const kobo = await home.device({ name: "Kobo", isSetUp: false, clock: "real" });
  await realSync(kobo);
  await kobo.openBook(onKobo);
  await kobo.wait(1);
  await kobo.highlight("the ash tree");
  await kobo.violations();
  asked(proxy);
  proxy.fail({ kind: "silence" });
  await kobo.closeLid();
  expect(await kobo.violations(), "nobody is kept awake for longer").toEqual([]);
  await kobo.openLid();
  await proxy.heal();
  await kobo.exit();
  const again = await home.device({ name: "Kobo", isSetUp: false });
  await syncHighlights(again);
  await syncHighlights(kindle);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
  await proxy.close();
});
