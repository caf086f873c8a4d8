import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";

/** Where a Shelf keeps everything: one file in its data folder. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "shelf.sqlite3");
}

/** Makes the folder and the file when absent, both for their owner only: what somebody reads is nobody's business. */
export function makeDatabaseFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  // SQLite gives its -wal and -shm files the permissions of this one.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  return file;
}
