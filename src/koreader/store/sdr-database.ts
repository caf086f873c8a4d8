import DataStorage = require("datastorage");
import Device = require("device");
import logger = require("logger");
import { isDamage } from "./damage";
import { Database, numberOf } from "./database";
import { setAside } from "./salvage";

/** How the file came to its shape; `user_version` counts the steps taken. A step that was released is never changed. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE book (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE sidecar (
    file TEXT PRIMARY KEY,
    book TEXT NOT NULL,
    stamp TEXT NOT NULL,
    shadow TEXT NOT NULL
  );
  CREATE INDEX sidecar_by_book ON sidecar (book);
  CREATE TABLE own (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, content TEXT NOT NULL);
  CREATE TABLE sent (target TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (target, name)) WITHOUT ROWID;
  CREATE TABLE seen (target TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (target, name)) WITHOUT ROWID;
  CREATE TABLE spool (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (target, name)
  );
  CREATE TABLE held (book TEXT PRIMARY KEY, at INTEGER NOT NULL, payload TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE trash (id INTEGER PRIMARY KEY AUTOINCREMENT, book TEXT NOT NULL, at INTEGER NOT NULL, payload TEXT NOT NULL);
  CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, payload TEXT NOT NULL);
  CREATE TABLE deletion (id INTEGER PRIMARY KEY, file TEXT NOT NULL, payload TEXT NOT NULL);
  CREATE TABLE value (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
  `,
];

/**
 * Of 4 KB: with so many SQLite copies its log into the file, within a commit, and waits for the disk. That is KOReader's loop, so a run
 * has it done earlier, between two commits (`copySdrLog`), and never as much as SQLite's own 1,000.
 */
const PAGES_OF_LOG = 400;

const path = (): string => `${DataStorage.getSettingsDir()}/ribbon-sdr.sqlite3`;

function open(): Database {
  const database = new Database(path(), Device.canUseWAL());
  database.script(`PRAGMA wal_autocheckpoint = ${PAGES_OF_LOG}`);
  const shape = numberOf(database.first("PRAGMA user_version")?.[0]);
  STEPS.forEach((step, index) => {
    if (index < shape) return;
    database.transaction(() => {
      database.script(step);
      database.script(`PRAGMA user_version = ${index + 1}`);
    });
  });
  return database;
}

let opened: Database | undefined;

/**
 * The file, opened when it is first needed. One that is damaged is set aside: all of it can be made again from the sidecars
 * and the cloud folder, and a device without a memory deletes nothing.
 */
export function sdrDatabase(): Database {
  if (opened?.isDamaged === true) {
    closeSdrDatabase();
    logger.warn("Ribbon: the store of .sdr sync was damaged; kept as", setAside(path()));
  }
  opened ??= openOrReplace();
  return opened;
}

export function closeSdrDatabase(): void {
  const database = opened;
  opened = undefined;
  if (database !== undefined) {
    pcall(() => {
      database.close();
    });
  }
}

/** Copies the log into the file. What cannot be copied stays in it, as after a commit. */
export function copySdrLog(): void {
  const database = sdrDatabase();
  pcall(() => {
    database.script("PRAGMA wal_checkpoint(PASSIVE)");
  });
}

function openOrReplace(): Database {
  const [worked, result] = pcall(open);
  if (worked) return result;
  if (!isDamage(result)) error(result, 0);
  logger.warn("Ribbon: the store of .sdr sync was damaged; kept as", setAside(path()));
  return open();
}
