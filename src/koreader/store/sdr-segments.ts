import type { EpochSeconds } from "../../core/units";
import type { SdrSegments, SdrSpool, SpooledSegment } from "../../ports/sdr-store";
import type { Database } from "./database";
import { firstColumn, textAt } from "./sdr-books";

export class SqliteSdrSegments implements SdrSegments {
  constructor(private readonly database: () => Database) {}

  add(name: string, content: string, at: EpochSeconds): void {
    this.database().run("INSERT INTO own (name, at, content) VALUES (?, ?, ?)", [name, at, content]);
  }

  content(name: string): string | undefined {
    const row = this.database().first("SELECT content FROM own WHERE name = ?", [name]);
    return row === undefined ? undefined : textAt(row, 0);
  }

  names(): string[] {
    return firstColumn(this.database().query("SELECT name FROM own ORDER BY id"));
  }

  drop(name: string): void {
    this.database().run("DELETE FROM own WHERE name = ?", [name]);
    this.database().run("DELETE FROM sent WHERE name = ?", [name]);
  }

  unsent(target: string): string[] {
    const sql = "SELECT name FROM own WHERE name NOT IN (SELECT name FROM sent WHERE target = ?) ORDER BY id";
    return firstColumn(this.database().query(sql, [target]));
  }

  markSent(target: string, name: string): void {
    this.database().run("INSERT OR IGNORE INTO sent (target, name) VALUES (?, ?)", [target, name]);
  }

  forgetSent(target: string): void {
    this.database().run("DELETE FROM sent WHERE target = ?", [target]);
  }
}

export class SqliteSdrSpool implements SdrSpool {
  constructor(private readonly database: () => Database) {}

  isSeen(target: string, name: string): boolean {
    const sql = "SELECT 1 FROM seen WHERE target = ? AND name = ?";
    return this.database().first(sql, [target, name]) !== undefined;
  }

  seen(target: string): string[] {
    return firstColumn(this.database().query("SELECT name FROM seen WHERE target = ? ORDER BY name", [target]));
  }

  markSeen(target: string, name: string): void {
    this.database().run("INSERT OR IGNORE INTO seen (target, name) VALUES (?, ?)", [target, name]);
  }

  forget(target: string, name: string): void {
    this.database().run("DELETE FROM seen WHERE target = ? AND name = ?", [target, name]);
  }

  forgetSeen(target: string): void {
    this.database().run("DELETE FROM seen WHERE target = ?", [target]);
  }

  put(target: string, name: string, content: string): void {
    const sql = "INSERT OR IGNORE INTO spool (target, name, content) VALUES (?, ?, ?)";
    this.database().run(sql, [target, name, content]);
  }

  next(): SpooledSegment | undefined {
    const row = this.database().first("SELECT target, name, content FROM spool ORDER BY id LIMIT 1");
    if (row === undefined) return undefined;
    return { target: textAt(row, 0), name: textAt(row, 1), content: textAt(row, 2) };
  }

  drop(target: string, name: string): void {
    this.database().run("DELETE FROM spool WHERE target = ? AND name = ?", [target, name]);
  }
}
