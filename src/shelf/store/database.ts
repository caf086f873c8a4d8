import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { migrations } from "./migrations";

export type Db = Database.Database;

/**
 * Opens `shelf.sqlite3` in a folder (made when absent, readable by its owner only) and brings it to the newest version.
 * Throws when the file was written by a newer Shelf.
 */
export function openDatabase(dataDir: string): Db {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(join(dataDir, "shelf.sqlite3"), { timeout: 5000 });
  // WAL: `ribbon key add` must be able to write beside a running server.
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("foreign_keys = ON");
  migrate(db, migrations);
  return db;
}

/** Applies the steps that a database has not seen yet, each in a transaction of its own. */
export function migrate(db: Db, steps: readonly string[]): void {
  const version = () => db.pragma("user_version", { simple: true }) as number;
  if (version() > steps.length) {
    throw new Error(`The database has version ${version()}, this Shelf knows ${steps.length}: use a newer one.`);
  }
  const step = db.transaction(() => {
    const next = steps[version()];
    if (next === undefined) return false;
    db.exec(next);
    db.pragma(`user_version = ${version() + 1}`);
    return true;
  });
  // Immediate: of two processes that open a new file at once, one must wait and then find nothing to do.
  while (step.immediate());
}
