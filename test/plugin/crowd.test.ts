// Very much waits: it arrives, once, in small portions; and when there is no room for more, nothing is lost and the reader knows.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { Outbox } from "../support/node/outbox";
import { ASH, closeAll, type Household, pluginTest as test, readBook } from "../support/node/plugin-test";

const MOST = 100_000;
/** Entries that one worker takes along. */
const BATCH = 50;

/** The device is switched off, something happens to its outbox, and it is switched on again. */
async function meanwhile(home: Household, hand: Hand, happens: (outbox: Outbox) => void): Promise<Hand> {
  await hand.exit();
  const outbox = new Outbox(hand.dataDir);
  happens(outbox);
  outbox.close();
  return home.device({ wifi: false });
}

const ids = (home: Household): number => new Set(home.sessions().map(({ sessionUuid }) => sessionUuid)).size;

test("120 sessions that were read offline arrive, each once", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  for (let day = 0; day < 120; day += 1) await readBook(hand, file, 2);
  await hand.regainWifi();
  await hand.advance(60);
  expect(home.turns()).toEqual(Array.from({ length: 120 }, () => 2));
  expect(ids(home)).toBe(120);
  expect(home.proxy.taken().filter(what => what === "POST session")).toHaveLength(120);
});

test(
  "20,000 sessions for two servers arrive, each once, fifty at a time and in little memory",
  { timeout: 900_000 },
  async ({ home }) => {
    const servers = ["Home", "Attic"].map(
      name => `{ id = "${name}", kind = "tome", name = "${name}", url = "${home.shelf.origin}", key = "${home.key}" }`,
    );
    const settings = path.join(home.folder, "Kobo/settings");
    fs.mkdirSync(settings, { recursive: true });
    fs.writeFileSync(path.join(settings, "ribbon.lua"), `return { connections = { ${servers.join(", ")} } }\n`);
    const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
    await readBook(hand, file, 1, 0);
    const next = await meanwhile(home, hand, outbox => {
      for (const name of ["Home", "Attic"]) outbox.addSessions(name, 10_000);
    });
    const before = { sessions: home.sessions().length, requests: home.shelf.requests() };
    home.proxy.taken();
    const heap = await next.heap();
    await next.regainWifi();
    const outbox = new Outbox(next.dataDir);
    const most = { inFlight: 0, heap: 0 };
    while (outbox.count() > 0 && most.inFlight <= BATCH) {
      await next.advance(0.5);
      most.inFlight = Math.max(most.inFlight, outbox.count("in flight"));
      most.heap = Math.max(most.heap, (await next.run('return collectgarbage("count")')) as number);
    }
    outbox.close();
    expect(most.inFlight).toBe(BATCH);
    // Garbage of a worker included, which a real one takes with it; twenty thousand sessions are 6 MiB as text alone.
    expect(most.heap - heap).toBeLessThan(5 * 1024);
    expect(home.sessions().length - before.sessions).toBe(20_000);
    expect(ids(home)).toBe(home.sessions().length);
    // Each is sent once; the rest asks which book it is, and what time it is, once for each portion.
    expect(home.shelf.requests() - before.requests).toBeLessThan(20_000 * 1.05);
  },
);

test("near the bound the reader is told once, and the status says so", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, { wifi: false });
  await readBook(hand, file, 1);
  const next = await meanwhile(home, hand, outbox => outbox.addSessions("main", MOST * 0.9));
  const read = async (): Promise<string[]> => {
    await next.openBook(file);
    await next.turn(3, 20);
    await next.closeBook();
    return next.screen();
  };
  const told = "Very much waits to be sent. Is your server still there? See Tools › Ribbon.";
  expect(await read()).toEqual([told]);
  await next.advance(60);
  expect(await read()).toEqual([]);
  await next.perform("ribbon_status");
  expect((await next.screen()).join("\n")).toContain("Nearly more waits than there is room for (100000 entries).");
});

test("without room a session is added to the last one of its book: no minute and no page is lost", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 1);
  const next = await meanwhile(home, hand, outbox => outbox.addSessions("main", MOST - 1));
  for (const turns of [10, 20, 30]) await readBook(next, file, turns);
  await next.exit();
  const outbox = new Outbox(next.dataDir);
  expect(outbox.count()).toBe(MOST);
  outbox.close();
  const last = await home.device({ wifi: false });
  await last.perform("ribbon_status");
  expect((await last.screen()).join("\n")).toContain("No minute and no page is lost.");
  await closeAll(last);
  await last.exit();
  const kept = new Outbox(hand.dataDir);
  expect(kept.sums()).toEqual({ pageTurns: 3 * (MOST - 1) + 60, entries: MOST - 1 });
  kept.close();
});
