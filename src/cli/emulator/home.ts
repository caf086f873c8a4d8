// The scratch home of a KOReader, in a folder of our own.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Tells a folder that this command made, and the process that uses it. */
const MARK = "ribbon-emulator.json";

/** Where a home is kept between runs unless told otherwise: below the user's cache folder (XDG). */
export function defaultHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const cache = env["XDG_CACHE_HOME"] ?? "";
  return path.join(cache === "" ? path.join(os.homedir(), ".cache") : cache, "ribbon", "emulator");
}

/** A home, ours alone until it is released. */
export interface Home {
  readonly folder: string;
  /** The device's books. */
  readonly books: string;
  readonly pluginDir: string;
  release(): void;
}

/**
 * Opens or makes a home. Throws a sentence when the folder holds something else (nothing in it is touched then), or when
 * another emulator uses it.
 * @param isFresh empties it before
 */
export function openHome(given: string, isFresh: boolean): Home {
  const folder = path.resolve(given);
  const mark = path.join(folder, MARK);
  requireOwn(folder, mark);
  if (isFresh) for (const name of namesIn(folder)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  const books = path.join(folder, "books");
  fs.mkdirSync(books, { recursive: true });
  fs.writeFileSync(mark, `${JSON.stringify({ pid: process.pid })}\n`);
  const release = () => fs.writeFileSync(mark, "{}\n");
  return { folder, books, pluginDir: path.join(folder, "plugins/ribbon.koplugin"), release };
}

const namesIn = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

function requireOwn(folder: string, mark: string): void {
  if (fs.existsSync(folder) && !fs.statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
  if (!fs.existsSync(mark)) {
    if (namesIn(folder).length === 0) return;
    throw new Error(`${folder} was not made by ribbon emulator: choose an empty folder, or one that does not exist`);
  }
  const { pid } = JSON.parse(fs.readFileSync(mark, "utf8")) as { pid?: number };
  if (pid !== undefined && pid !== process.pid && isRunning(pid))
    throw new Error(`another ribbon emulator (process ${pid}) uses ${folder}: end it, or choose another --home`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
