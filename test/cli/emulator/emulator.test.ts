// `ribbon emulator` with a KOReader that only behaves as one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startShelf } from "../../../src/shelf/shelf";
import { Emulator, FakeWorkshop } from "../../support/node/emulators";
import { fakeKOReader } from "../../support/node/fake-koreader";
import { freePort } from "../../support/node/ports";
import { tempDir } from "../../support/node/temp-dir";

// Servers and processes start, on machines that do much else.
vi.setConfig({ testTimeout: 900_000 });

const starts = (emulator: Emulator): number => emulator.read("starts").split("\n").length - 1;

/** What the plugin was given to connect with. */
function bakedIn({ said }: Emulator) {
  const text = /baked (\{.*\})/.exec(said)?.[1] ?? "{}";
  return JSON.parse(text) as { url: string; key: string };
}

function askAsDevice(emulator: Emulator): Promise<Response> {
  const { url, key } = bakedIn(emulator);
  return fetch(`${url}/api/tome-sync/series`, { headers: { Authorization: `Bearer ${key}` } });
}

/** From the next start on the server of a home is at a port that nobody takes between two starts. Gives the port. */
async function settleDown(home: string): Promise<number> {
  const file = path.join(home, "connection.json");
  const port = await freePort();
  fs.writeFileSync(file, JSON.stringify({ ...(JSON.parse(fs.readFileSync(file, "utf8")) as object), port }));
  return port;
}

/** Waits until it said something; ends it with the test. */
async function until(emulator: Emulator, words: string): Promise<void> {
  onTestFinished(() => emulator.stop().catch(() => undefined));
  await vi.waitFor(() => expect(emulator.said).toContain(words), { timeout: 60_000, interval: 50 });
}

describe("a start", () => {
  it("installs the plugin with a connection that the server lets in", async () => {
    const screen = { width: 758, height: 1024, dpi: 212, isHeadless: true };
    const emulator = new Emulator(["wait"], { hasServer: true, screen });
    await until(emulator, "plugin first");
    expect(emulator.said).toContain("screen 758x1024 dpi 212 video dummy desktop no");
    expect((await askAsDevice(emulator)).status).toBe(200);
    expect(fs.readdirSync(path.join(emulator.home, "books"))).toHaveLength(3);
    expect(emulator.read("settings.reader.lua")).toContain(`["home_dir"] = "${emulator.home}/books"`);
    expect(emulator.read("settings.reader.lua")).toContain("quickstart_shown_version");
    await emulator.stop();
    expect(emulator.said).toContain("Ribbon: closed");
  });

  it("keeps the home: connection, settings that a reader changed, places on the server", async () => {
    const before = new Emulator([0], { hasServer: true });
    await before.ended;
    await settleDown(before.home);
    const first = new Emulator([0], { hasServer: true, home: before.home });
    await first.ended;
    const settings = path.join(first.home, "settings.reader.lua");
    fs.writeFileSync(settings, fs.readFileSync(settings, "utf8").replace("return {", 'return {\n    ["x"] = 1,'));
    const second = new Emulator([0], { hasServer: true, home: first.home, language: "de" });
    await second.ended;
    expect(bakedIn(second)).toEqual(bakedIn(first));
    expect(second.read("settings.reader.lua")).toContain('["x"] = 1,');
    expect(second.read("settings.reader.lua").match(/\["home_dir"\]/g)).toHaveLength(1);
    expect(second.read("settings.reader.lua")).toContain('["language"] = "de",');
    const third = new Emulator([0], { hasServer: true, home: first.home, isFresh: true });
    await third.ended;
    expect(bakedIn(third).key).not.toBe(bakedIn(first).key);
    expect(third.read("settings.reader.lua")).not.toContain('["x"]');
  });

  it("takes another address when its own is taken, and the device learns it", async () => {
    const first = new Emulator([0], { hasServer: true });
    await first.ended;
    const { key } = bakedIn(first);
    const port = await settleDown(first.home);
    const other = await startShelf({ dataDir: tempDir(), port });
    onTestFinished(() => other.close());
    const second = new Emulator([0], { hasServer: true, home: first.home });
    await second.ended;
    expect(bakedIn(second).url).not.toContain(`:${port}`);
    expect(bakedIn(second)).toMatchObject({ key });
  });

  it("works without a server", async () => {
    const emulator = new Emulator([0]);
    await emulator.ended;
    expect(emulator.said).toContain("baked none");
    expect(emulator.said).not.toContain("Shelf is at");
  });

  it("touches no folder that it did not make", async () => {
    const home = tempDir();
    fs.writeFileSync(path.join(home, "thesis.txt"), "years");
    await expect(new Emulator([0], { home, isFresh: true }).ended).rejects.toThrow("was not made by ribbon emulator");
    expect(fs.readdirSync(home)).toEqual(["thesis.txt"]);
  });

  it("says so when the plugin does not build", async () => {
    const workshop = new FakeWorkshop(null);
    await expect(new Emulator([0], {}, workshop).ended).rejects.toThrow("could not be built");
  });
});

describe("an end", () => {
  it("of KOReader's with 85 is a start, with 0 the command's", async () => {
    const emulator = new Emulator([85, 85, 0]);
    await emulator.ended;
    expect(starts(emulator)).toBe(3);
  });

  it("by a crash is told", async () => {
    await expect(new Emulator([139]).ended).rejects.toThrow("KOReader ended with 139");
  });

  it("leaves the server up when asked to", async () => {
    const emulator = new Emulator([0], { hasServer: true, isKept: true });
    await until(emulator, "Shelf stays at");
    expect((await askAsDevice(emulator)).status).toBe(200);
    await emulator.stop();
    await expect(askAsDevice(emulator)).rejects.toThrow("fetch failed");
  });
});

describe("a change of the sources", () => {
  it("is built and seen after a restart, on the same home and server", async () => {
    const emulator = new Emulator(["wait"], { hasServer: true, isWatching: true });
    await until(emulator, "plugin first");
    emulator.workshop.change("second");
    await until(emulator, "plugin second");
    expect(starts(emulator)).toBe(2);
    const baked = emulator.lines.filter(line => line.includes("baked"));
    expect(new Set(baked).size).toBe(1);
    await emulator.stop();
    expect(emulator.workshop.isClosed).toBe(true);
  });

  it("that does not build leaves what runs", async () => {
    const emulator = new Emulator(["wait"], { isWatching: true });
    await until(emulator, "plugin first");
    emulator.workshop.change(null);
    expect(emulator.said).toContain("That does not build");
    emulator.workshop.change("mended");
    await until(emulator, "plugin mended");
    expect(starts(emulator)).toBe(2);
  });

  it("mends a crash, and a first build that failed", async () => {
    const emulator = new Emulator([1, "wait"], { isWatching: true }, new FakeWorkshop(null));
    expect(fs.existsSync(path.join(emulator.home, "starts"))).toBe(false);
    await until(emulator, "That does not build");
    emulator.workshop.change("crashing");
    await until(emulator, "starts again after the next change");
    emulator.workshop.change("mended");
    await until(emulator, "plugin mended");
  });
});

it("the log shows what is ours, what went wrong, and the rest on request", async () => {
  const quiet = new Emulator([0]);
  const loud = new Emulator([0], { isVerbose: true });
  await Promise.all([quiet.ended, loud.ended]);
  expect(quiet.said).toMatch(/^ribbon\s+▏11\/21\/26-10:46:00 INFO {2}Ribbon: start 1 arguments reader\.lua/m);
  expect(quiet.said).toMatch(/^koreader {2}\.\/luajit: nobody caught this/m);
  expect(quiet.said).not.toContain("something of its own");
  expect(loud.said).toContain("something of its own");
  expect(quiet.read("crash.log")).toContain("something of its own");
});

describe("Ctrl-C", () => {
  it("ends a KOReader that will not be closed, its worker, and the command", async () => {
    const home = path.join(tempDir(), "home");
    const fixture = "test/support/node/emulator-command.ts";
    const words = ["--import", "tsx", fixture, fakeKOReader(["stubborn"]), home];
    const command = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void command.kill("SIGKILL"));
    await vi.waitFor(() => expect(fs.existsSync(path.join(home, "worker"))).toBe(true), { timeout: 60_000 });
    command.kill("SIGINT");
    expect(await once(command, "exit")).toEqual([0, null]);
    expect(runningIn(home)).toEqual([]);
  });
});

/** The processes whose KO_HOME is a folder. */
function runningIn(home: string): string[] {
  const isIn = (pid: string) => {
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, "utf8").includes(`KO_HOME=${home}`);
    } catch {
      return false;
    }
  };
  return fs.readdirSync("/proc").filter(name => /^\d+$/.test(name) && isIn(name));
}
