// `ribbon emulator --watch` with the genuine KOReader, from a copy of the sources that one can change.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openHome } from "../../src/cli/emulator/home";
import { startShelf } from "../../src/shelf/shelf";
import type { Place } from "./stage";

const SCRIPT = "emulator.lua";
const PATIENCE_MS = 240_000;

/** A text of the menu, and what the scenario makes of it. */
const TEXT = { file: "src/ui/menu.ts", old: '"Sync now"', changed: "Sync this very minute" };

/** What git knows of and what is new, without what it ignores; the modules are shared. */
function copySources(to: string): void {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of list.split("\0").filter(name => name !== "" && fs.existsSync(name)))
    fs.cpSync(file, path.join(to, file));
  fs.symlinkSync(fs.realpathSync("node_modules"), path.join(to, "node_modules"));
}

function changeText(sources: string): void {
  const file = path.join(sources, TEXT.file);
  const before = fs.readFileSync(file, "utf8");
  assert.ok(before.includes(TEXT.old), `${TEXT.file} has no ${TEXT.old}`);
  fs.writeFileSync(file, before.replaceAll(TEXT.old, JSON.stringify(TEXT.changed)));
}

/** The driver is a patch of KOReader's, which it reads from its home. */
function prepareHome(folder: string, driver: string): void {
  openHome(folder, false).release();
  fs.mkdirSync(path.join(folder, "patches"));
  fs.symlinkSync(path.resolve(driver, "emudrv.lua"), path.join(folder, "patches/2-emudrv.lua"));
}

function startCommand(place: Place, sources: string, home: string): ChildProcess {
  const words = ["emulator", "--headless", "--watch", "--koreader", path.resolve(place.koreader), "--home", home];
  const size = place.size === undefined ? [] : ["--size", place.size];
  return spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...words, ...size], {
    cwd: sources,
    env: {
      ...process.env,
      EMU_DRIVER: path.resolve("test/koreader", SCRIPT),
      RIBBON_NEW_TEXT: TEXT.changed,
      ...(place.shots === undefined ? {} : { RIBBON_SHOTS: path.resolve(place.shots) }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Waits for a file that the script writes. Rejects when KOReader ended before. */
async function fileOf(home: string, name: string, said: readonly string[]): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!fs.existsSync(path.join(home, name))) {
    const isOver = said.some(text => text.includes("KOReader ended with")) || Date.now() > end;
    if (isOver)
      throw new Error(`${name} did not come:\n${fs.readFileSync(path.join(home, "crash.log"), "utf8").slice(-3000)}`);
    await sleep(200);
  }
}

async function checkServer(home: string): Promise<void> {
  const shelf = await startShelf({ dataDir: path.join(home, "shelf") });
  const sessions = shelf.sessions().map(({ title, pagesTurned }) => ({ title, pagesTurned }));
  await shelf.close();
  assert.deepEqual(sessions, [{ title: "A Lamp for the Harbour", pagesTurned: 12 }]);
}

async function playAll(place: Place, folder: string): Promise<void> {
  const [sources, home] = [path.join(folder, "sources"), path.join(folder, "home")];
  copySources(sources);
  prepareHome(home, place.driver);
  const command = startCommand(place, sources, home);
  const said: string[] = [];
  command.stdout?.on("data", (chunk: Buffer) => void said.push(chunk.toString()));
  try {
    await fileOf(home, "read", said);
    changeText(sources);
    await fileOf(home, "restarted", said);
  } finally {
    command.kill("SIGINT");
    await once(command, "exit");
    console.log(said.join("").replaceAll(/^/gm, "    "));
  }
  assert.equal(command.exitCode, 0);
  assert.deepEqual(runningIn(home), [], "nothing is left of it");
  await checkServer(home);
}

/** The processes that were started with this home. */
function runningIn(home: string): string[] {
  const isIn = (pid: string): boolean => {
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, "utf8").includes(`KO_HOME=${home}`);
    } catch {
      return false;
    }
  };
  return fs.readdirSync("/proc").filter(name => /^\d+$/.test(name) && isIn(name));
}

export const emulator = {
  promise: "ribbon emulator connects Ribbon, brings a session to Shelf, and shows a changed source after a restart",
  script: SCRIPT,
  name: "emulator",
  play: async (place: Place): Promise<void> => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-emulator-"));
    try {
      await playAll(place, folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
