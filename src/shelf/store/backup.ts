import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import Database from "better-sqlite3";
import { databaseFile } from "./database-file";
import { migrations } from "./migrations";

/** All pages in one go: between goes a server that writes would make SQLite begin again, perhaps for ever. */
const ALL_PAGES = 0x7fffffff;

/**
 * Copies the database of a Shelf, which may be running, into one new file for its owner only. The copy is looked over
 * before it gets its name. Throws when there is no database, the file exists already, or the disk is full.
 */
export async function backUp(dataDir: string, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already; choose another name`);
  const source = openExisting(databaseFile(dataDir));
  const part = `${file}.${randomBytes(4).toString("hex")}.part`;
  try {
    closeSync(openSync(part, "wx", 0o600));
    await source.backup(part, { progress: () => ALL_PAGES });
    settle(part);
    renameSync(part, file);
  } finally {
    source.close();
    for (const left of [part, `${part}-wal`, `${part}-shm`]) rmSync(left, { force: true });
  }
}

/**
 * Puts a backup in the place of the database of a Shelf that is stopped. Returns where the former database went, if there
 * was one. Throws, and changes nothing, when the file is no sound backup, is of a newer Shelf, or the server runs.
 */
export function restore(dataDir: string, file: string, now: Date): string | undefined {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const target = databaseFile(dataDir);
  const part = `${target}.restore`;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  copyFileSync(file, part);
  try {
    chmodSync(part, 0o600);
    settle(part);
    const former = existsSync(target) ? setAside(target, now) : undefined;
    renameSync(part, target);
    return former;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Gives a database that nobody uses another name; returns it. */
function setAside(file: string, now: Date): string {
  takeAlone(file);
  const former = `${file}.before-${now.toISOString().slice(0, 19).replaceAll(":", "")}`;
  // A damaged database keeps its log, which must not be taken for that of the new one.
  for (const end of ["", "-wal", "-shm"]) if (existsSync(file + end)) renameSync(file + end, former + end);
  return former;
}

function openExisting(file: string): Database.Database {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`);
  return new Database(file, { readonly: true, timeout: 5000 });
}

/** Ends the write-ahead log, so that the database is one file; impossible while somebody else has it open. */
function takeAlone(file: string): void {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    if ((error as { code?: unknown }).code === "SQLITE_BUSY")
      throw new Error("the server is running; stop it first", { cause: error });
  } finally {
    db.close();
  }
}

/** Makes a copy one complete file on the disk. Throws when it is damaged or no Shelf of ours can read it. */
function settle(file: string): void {
  const db = new Database(file);
  try {
    db.pragma("journal_mode = DELETE");
    check(db);
  } catch (error) {
    const isForeign = (error as { code?: unknown }).code === "SQLITE_NOTADB";
    throw isForeign ? new Error(FOREIGN, { cause: error }) : error;
  } finally {
    db.close();
  }
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}

const FOREIGN = "this file is no backup of a Shelf";

function check(db: Database.Database): void {
  const [verdict] = db.pragma("quick_check(1)") as { quick_check: string }[];
  if (verdict?.quick_check !== "ok") throw new Error(`the copy is damaged: ${verdict?.quick_check ?? "no answer"}`);
  if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'book_files'").get() === undefined) throw new Error(FOREIGN);
  const version = db.pragma("user_version", { simple: true }) as number;
  if (version > migrations.length) throw new Error("a newer Shelf wrote this backup: update Ribbon first");
}
