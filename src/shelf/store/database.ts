import Database from "better-sqlite3";
import { makeDatabaseFile } from "./database-file";
import { migrations } from "./migrations";

export type Db = Database.Database;

/**
 * Opens `shelf.sqlite3` in a folder (made when absent, readable by its owner only) and brings it to the newest version.
 * Throws when the file was written by a newer Shelf.
 */
export function openDatabase(dataDir: string): Db {
  const db = new Database(makeDatabaseFile(dataDir), { timeout: 5000 });
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
    throw new Error(
      `a newer Shelf wrote this data (version ${version()}, this one knows ${steps.length}): ` +
        "update Ribbon, or restore a backup from before the update",
    );
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
