// The process is killed between any two of its file operations, from the first byte of an update to the confirmed trial: the next
// start runs a working version, the old one or the new one, and what was read arrives. And in that order things reach the disk.
import fs from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { ASH, closeAll, settle } from "../support/node/plugin-test";
import { brokenTest as test, type Hand, install, OWN, running, type UpdateHome } from "../support/node/update-test";
import { sampleBook } from "../support/node/sample-book";
import { fewFiles } from "../support/node/versions";

const DEATH = "test/fixtures/plugins/aaa-death.koplugin";
/** The worker's own folder counts for nobody before it is renamed: of what is done in it a few operations will do. */
const SAMPLES = 6;

const inDevice = (at: UpdateHome, file: string): string => path.join(at.home.folder, "Kobo", file);

function operations(at: UpdateHome): string[] {
  const file = inDevice(at, "operations.txt");
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  fs.rmSync(file, { force: true });
  return lines;
}

const start = (at: UpdateHome): Promise<Hand> => at.start({ plugin: [DEATH] });

/** Reads without a network, so that something waits; then the update is installed. */
async function readAndInstall(at: UpdateHome): Promise<Hand> {
  const hand = await start(at);
  await install(hand, "0.2.0");
  await hand.tap("Restart later");
  return hand;
}

async function tryOut(at: UpdateHome): Promise<void> {
  const hand = await start(at);
  await hand.advance(60);
  await hand.exit();
}

/** Dies at one of the operations; false when it came to its end before. */
async function dies(at: UpdateHome, number: number, life: () => Promise<unknown>): Promise<boolean> {
  fs.writeFileSync(inDevice(at, "dies-at.txt"), String(number));
  const died = await life().then(
    () => false,
    (error: unknown) => /gone/.test(String(error)) || Promise.reject(error as Error),
  );
  fs.rmSync(inDevice(at, "dies-at.txt"));
  return died;
}

/** The device as it was before the update, with a session that waits. */
async function anew(at: UpdateHome): Promise<void> {
  fs.rmSync(inDevice(at, "."), { recursive: true, force: true });
  at.installByHand(OWN);
  const hand = await start(at);
  await hand.loseWifi();
  await hand.openBook(hand.addBook(sampleBook(ASH)));
  await hand.turn(12, 20);
  await hand.closeBook();
  await settle(hand);
  await hand.exit();
  at.takesSessions = false;
  operations(at);
}

/** What the next start finds: a version that works, stays, and sends what was read. */
async function checkAfterDeath(at: UpdateHome, when: string): Promise<string> {
  const before = at.home.turns().length;
  at.takesSessions = true;
  const hand = await start(at);
  await hand.advance(60);
  await closeAll(hand);
  const version = await running(hand);
  expect([OWN, "0.2.0"], when).toContain(version);
  await settle(hand);
  expect(at.home.turns().length, when).toBe(before + 1);
  await hand.exit();
  const next = await start(at);
  expect(await running(next), when).toBe(version);
  await next.exit();
  return version;
}

const isOfWorker = (line: string): boolean => line.includes("incoming/");

/** The numbers of the operations at which to die: each, but of the worker's only some. */
function deaths(lines: readonly string[]): number[] {
  const worker = lines.flatMap((line, index) => (isOfWorker(line) ? [index + 1] : []));
  const step = Math.max(1, Math.floor(worker.length / SAMPLES));
  const others = lines.flatMap((line, index) => (isOfWorker(line) ? [] : [index + 1]));
  return [...worker.filter((_, index) => index % step === 0), ...others];
}

describe("a process that is killed", () => {
  test("while an update is installed leaves the old version or the new one", async ({ at }) => {
    at.offer(at.make("0.2.0", fewFiles));
    await anew(at);
    await (await readAndInstall(at)).exit();
    const lines = operations(at);
    expect(lines.length).toBeGreaterThan(100);
    const found = new Set<string>();
    for (const number of deaths(lines)) {
      await anew(at);
      expect(await dies(at, number, () => readAndInstall(at)), lines[number - 1]).toBe(true);
      found.add(await checkAfterDeath(at, `${number}: ${lines[number - 1]}`));
    }
    expect(found).toEqual(new Set([OWN, "0.2.0"]));
  }, 600_000);

  test("while an update is tried out leaves the old version or the new one", async ({ at }) => {
    at.offer(at.make("0.2.0", fewFiles));
    await anew(at);
    await (await readAndInstall(at)).exit();
    operations(at);
    await tryOut(at);
    const lines = operations(at);
    expect(lines.filter(line => line.startsWith("rename active.new"))).toHaveLength(2);
    const found = new Set<string>();
    for (const number of deaths(lines)) {
      await anew(at);
      await (await readAndInstall(at)).exit();
      operations(at);
      expect(await dies(at, number, () => tryOut(at)), lines[number - 1]).toBe(true);
      found.add(await checkAfterDeath(at, `${number}: ${lines[number - 1]}`));
    }
    expect(found).toEqual(new Set([OWN, "0.2.0"]));
  }, 600_000);
});

describe("what a power cut may not undo", () => {
  test("is on the disk before active.txt names it", async ({ at }) => {
    const update = at.make("0.2.0", fewFiles);
    at.offer(update);
    const hand = await readAndInstall(at);
    await hand.exit();
    const lines = operations(at);
    const named = lines.indexOf("rename active.new active.txt");
    const before = lines.slice(0, named);
    const { files } = JSON.parse(update.release) as { files: { name: string }[] };
    for (const { name } of [...files, { name: "release.json" }]) {
      const written = before.lastIndexOf(`write incoming/${name}`.replace("incoming", "updates/incoming"));
      const synced = before.indexOf(`sync updates/incoming/${name}`);
      expect(synced, name).toBeGreaterThan(written);
    }
    const order = [
      "sync-folder updates/incoming/",
      "rename updates/incoming updates/0.2.0",
      "sync-folder updates/",
      "write active.new",
      "sync active.new",
      "rename active.new active.txt",
    ].map(line => lines.indexOf(line));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(lines.slice(named)).toContain("sync-folder ");
  });
});
