// What a scenario inside KOReader needs: a server with sample books, a device's data folder, and KOReader itself.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeSampleBooks } from "../../scripts/sample-books.mjs";
import { startShelf } from "../../src/shelf/shelf";
import type { Act, Props, Scenario, Stage } from "./scenarios";

export interface Place {
  readonly koreader: string;
  readonly driver: string;
  /** Where scenarios leave screenshots; with it KOReader has a window. */
  readonly shots?: string;
  /** Of the screen: "600x800", which is the driver's own. */
  readonly size?: string;
}

const PATIENCE_SECONDS = "300";

function writeSettings(folder: string, connections: string): void {
  const settings = path.join(folder, "home/settings");
  fs.mkdirSync(settings, { recursive: true });
  const text = `return { connections = { ${connections} }, device_name = "Emulator", open_page = "" }\n`;
  fs.writeFileSync(path.join(settings, "ribbon.lua"), text);
}

/** A Shelf over the sample books, and a reader's data folder; with one connection to it when it is set up. */
async function prepare(folder: string, { isSetUp = true, library, offers }: Scenario): Promise<Stage> {
  const books = path.join(folder, "home/books");
  writeSampleBooks(books);
  const booksDir = library === undefined ? books : path.join(folder, "library");
  await library?.(booksDir);
  const offered = offers === undefined ? {} : { pluginDir: offers(folder) };
  const shelf = await startShelf({ dataDir: path.join(folder, "shelf"), booksDir, ...offered });
  const { key } = shelf.addKey("KOReader");
  const connect = (url: string) => {
    writeSettings(folder, `{ id = "main", kind = "tome", name = "Home", url = "${url}", key = "${key}" }`);
  };
  if (isSetUp) connect(shelf.origin);
  else writeSettings(folder, "");
  return { shelf, key, folder, connect };
}

function showLog(log: string): void {
  const lines = fs.existsSync(log) ? fs.readFileSync(log, "utf8").split("\n") : [];
  const told = lines.filter(line => /DRIVER|Ribbon|ERROR/.test(line) || /^\s+\S+\.lua|^\s+\[C\]/.test(line));
  console.log(told.map(line => `    ${line}`).join("\n"));
}

/** Room for the window on a screen of its own. */
const windowOf = ({ size }: Place): Record<string, string> => (size === undefined ? {} : { EMU_XSIZE: size });

/** Runs a scenario's script inside KOReader; gives its exit status. */
async function drive(
  place: Place,
  folder: string,
  { script, isBare = false, isCopied = false }: Scenario,
  { home, environment }: Act,
): Promise<number> {
  const log = path.join(folder, "koreader.log");
  const args = [path.join(place.driver, "run.sh"), "--online", "--timeout", PATIENCE_SECONDS];
  if (place.shots !== undefined) args.push("--x11");
  if (place.size !== undefined) args.push("--size", place.size);
  if (!isBare && !isCopied) args.push("--plugin", "koplugin/ribbon.koplugin");
  args.push("--home", path.join(folder, home), "--driver", path.join("test/koreader", script), "--log", log);
  const shots = place.shots === undefined ? {} : { RIBBON_SHOTS: path.resolve(place.shots) };
  const child = spawn("bash", args, {
    env: { ...process.env, ...windowOf(place), KOREADER: path.resolve(place.koreader), ...shots, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number | null>(resolve => child.on("close", resolve));
  showLog(log);
  return code ?? 1;
}

async function driveAll(place: Place, folder: string, scenario: Scenario, props: Props | undefined): Promise<void> {
  const acts = props?.acts ?? [{ home: "home", environment: props?.environment ?? {} }];
  for (const [index, act] of acts.entries()) {
    const status = await drive(place, folder, scenario, act);
    const mayEnd = props?.mayEnd?.(index, status) ?? status === 0;
    if (!mayEnd) throw new Error(`the script ended with ${status}`);
    props?.between?.(index);
  }
}

/** Plays one scenario from an empty device on. Rejects when the script failed or the server lacks what it should have. */
export async function play(place: Place, scenario: Scenario): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-koreader-"));
  const stage = await prepare(folder, scenario);
  try {
    const props = await scenario.before?.(stage);
    try {
      await driveAll(place, folder, scenario, props);
      scenario.after(stage);
    } finally {
      await props?.close?.();
    }
  } finally {
    await stage.shelf.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
