import { type EpochSeconds, epochSeconds } from "../../core/units";
import type { BookNote, HistoryEntry, SdrHistory, SdrQuestions, SdrValues, TrashItem } from "../../ports/sdr-store";
import { type Database, numberOf, type Row } from "./database";
import { firstColumn, textAt } from "./sdr-books";

const MOST_RUNS = 500;

const noteOf = (row: Row): BookNote => ({
  book: textAt(row, 0),
  at: epochSeconds(numberOf(row[1])),
  payload: textAt(row, 2),
});

export class SqliteSdrQuestions implements SdrQuestions {
  constructor(private readonly database: () => Database) {}

  hold(book: string, at: EpochSeconds, payload: string): void {
    this.database().run("INSERT OR REPLACE INTO held (book, at, payload) VALUES (?, ?, ?)", [book, at, payload]);
  }

  held(): BookNote[] {
    const rows = this.database().query("SELECT book, at, payload FROM held ORDER BY at, book");
    return rows.map(row => noteOf(row));
  }

  release(book: string): void {
    this.database().run("DELETE FROM held WHERE book = ?", [book]);
  }

  throwAway(book: string, at: EpochSeconds, payload: string): void {
    this.database().run("INSERT INTO trash (book, at, payload) VALUES (?, ?, ?)", [book, at, payload]);
  }

  trash(limit: number): TrashItem[] {
    const rows = this.database().query("SELECT book, at, payload, id FROM trash ORDER BY id DESC LIMIT ?", [limit]);
    return rows.map(row => ({ ...noteOf(row), id: numberOf(row[3]) }));
  }

  takeFromTrash(id: number): void {
    this.database().run("DELETE FROM trash WHERE id = ?", [id]);
  }

  emptyTrash(before: EpochSeconds): void {
    this.database().run("DELETE FROM trash WHERE at < ?", [before]);
  }
}

export class SqliteSdrHistory implements SdrHistory {
  constructor(private readonly database: () => Database) {}

  add(at: EpochSeconds, payload: string): void {
    this.database().run("INSERT INTO run (at, payload) VALUES (?, ?)", [at, payload]);
    this.database().run("DELETE FROM run WHERE id <= (SELECT MAX(id) FROM run) - ?", [MOST_RUNS]);
  }

  newest(limit: number): HistoryEntry[] {
    const rows = this.database().query("SELECT at, payload FROM run ORDER BY id DESC LIMIT ?", [limit]);
    return rows.map(row => ({ at: epochSeconds(numberOf(row[0])), payload: textAt(row, 1) }));
  }
}

/** After every key that begins so. */
const endOf = (prefix: string): string => `${prefix}\u007f`;

export class SqliteSdrValues implements SdrValues {
  constructor(private readonly database: () => Database) {}

  get(key: string): string | undefined {
    const row = this.database().first("SELECT value FROM value WHERE key = ?", [key]);
    return row === undefined ? undefined : textAt(row, 0);
  }

  set(key: string, value: string): void {
    this.database().run("INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", [key, value]);
  }

  remove(key: string): void {
    this.database().run("DELETE FROM value WHERE key = ?", [key]);
  }

  keysWith(prefix: string): string[] {
    const sql = "SELECT key FROM value WHERE key >= ? AND key < ? ORDER BY key";
    return firstColumn(this.database().query(sql, [prefix, endOf(prefix)]));
  }

  keysAfter(prefix: string, after: string, limit: number): string[] {
    const sql = "SELECT key FROM value WHERE key > ? AND key < ? ORDER BY key LIMIT ?";
    return firstColumn(this.database().query(sql, [after < prefix ? prefix : after, endOf(prefix), limit]));
  }

  rowsAfter(prefix: string, after: string, limit: number): { key: string; value: string }[] {
    const sql = "SELECT key, value FROM value WHERE key > ? AND key < ? ORDER BY key LIMIT ?";
    const rows = this.database().query(sql, [after < prefix ? prefix : after, endOf(prefix), limit]);
    return rows.map(row => ({ key: textAt(row, 0), value: textAt(row, 1) }));
  }

  countWith(prefix: string): number {
    const sql = "SELECT COUNT(*) FROM value WHERE key >= ? AND key < ?";
    return numberOf(this.database().first(sql, [prefix, endOf(prefix)])?.[0]);
  }

  noteDeletion(file: string, payload: string): void {
    this.database().run("INSERT INTO deletion (file, payload) VALUES (?, ?)", [file, payload]);
  }

  deletions(file: string): string[] {
    return firstColumn(this.database().query("SELECT payload FROM deletion WHERE file = ? ORDER BY id", [file]));
  }

  forgetDeletions(file: string): void {
    this.database().run("DELETE FROM deletion WHERE file = ?", [file]);
  }
}
