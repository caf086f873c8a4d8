import type { Db } from "./database";

/** Where a reader is in a book. */
export interface Position {
  /** An xpointer, a page number as text, or an EPUB CFI: opaque to the server. */
  readonly progress: string | null;
  /** 0 to 1. */
  readonly percentage: number;
  readonly device: string | null;
  /** ISO-8601, UTC, by the server's clock. */
  readonly updatedAt: string;
}

/** A place where the reader once was. */
export interface PastPosition extends Position {
  readonly id: number;
}

export interface PositionRow {
  readonly bookId: number;
  readonly title: string;
  readonly progress: string | null;
  readonly percentage: number;
  readonly device: string | null;
  readonly updatedAt: string;
}

const HISTORY_LENGTH = 40;
const MOST_DEVICES = 20;
/** What a place names that no device brought. */
const NO_DEVICES: readonly string[] = ["", "restore"];
const HISTORY_STEP = 0.002;

/** The newest position per user and book, the newest on each device, and the trail of earlier ones. */
export class Positions {
  constructor(private readonly db: Db) {}

  find(userId: number, bookId: number): Position | undefined {
    return this.db
      .prepare<[number, number], Position>(
        `SELECT progress, percentage, device, updated_at AS updatedAt FROM positions WHERE user_id = ? AND book_id = ?`,
      )
      .get(userId, bookId);
  }

  /** Replaces the position, every field of it; the trail grows when the reader moved by 0.2 % or to another place. */
  put(userId: number, bookId: number, next: Position): void {
    const before = this.find(userId, bookId);
    this.db
      .prepare("INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?, ?, ?)")
      .run(userId, bookId, next.progress, next.percentage, next.device, next.updatedAt);
    if (!NO_DEVICES.includes(next.device ?? "")) this.rememberDevice(userId, bookId, next);
    if (!before || before.progress !== next.progress || moved(before, next)) this.remember(userId, bookId, next);
  }

  delete(userId: number, bookId: number): void {
    this.db.prepare("DELETE FROM positions WHERE user_id = ? AND book_id = ?").run(userId, bookId);
  }

  /** The trail, newest first, at most 40 entries. */
  history(userId: number, bookId: number): PastPosition[] {
    return this.db
      .prepare<[number, number], PastPosition>(
        `SELECT id, progress, percentage, device, created_at AS updatedAt FROM position_history
         WHERE user_id = ? AND book_id = ? ORDER BY id DESC`,
      )
      .all(userId, bookId);
  }

  /** The newest place on each device, newest first; only of the 20 devices that were heard of last. */
  onDevices(userId: number, bookId: number): Position[] {
    return this.db
      .prepare<[number, number], Position>(
        `SELECT progress, percentage, device, updated_at AS updatedAt FROM device_positions
         WHERE user_id = ? AND book_id = ? ORDER BY updated_at DESC, device`,
      )
      .all(userId, bookId);
  }

  /** All positions of all users, by book. */
  all(): PositionRow[] {
    return this.db
      .prepare<[], PositionRow>(
        `SELECT p.book_id AS bookId, b.title, p.progress, p.percentage, p.device, p.updated_at AS updatedAt
         FROM positions p JOIN books b ON b.id = p.book_id ORDER BY p.book_id, p.user_id`,
      )
      .all();
  }

  private rememberDevice(userId: number, bookId: number, at: Position): void {
    this.db
      .prepare("INSERT OR REPLACE INTO device_positions VALUES (?, ?, ?, ?, ?, ?)")
      .run(userId, bookId, at.device, at.progress, at.percentage, at.updatedAt);
    this.db
      .prepare(
        `DELETE FROM device_positions WHERE user_id = ? AND book_id = ? AND device NOT IN (
           SELECT device FROM device_positions WHERE user_id = ? AND book_id = ?
           ORDER BY updated_at DESC LIMIT ${MOST_DEVICES})`,
      )
      .run(userId, bookId, userId, bookId);
  }

  private remember(userId: number, bookId: number, at: Position): void {
    this.db
      .prepare(
        `INSERT INTO position_history (user_id, book_id, progress, percentage, device, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(userId, bookId, at.progress, at.percentage, at.device, at.updatedAt);
    this.db
      .prepare(
        `DELETE FROM position_history WHERE user_id = ? AND book_id = ? AND id NOT IN (
           SELECT id FROM position_history WHERE user_id = ? AND book_id = ? ORDER BY id DESC LIMIT ${HISTORY_LENGTH})`,
      )
      .run(userId, bookId, userId, bookId);
  }
}

function moved(before: Position, next: Position): boolean {
  return Math.abs(next.percentage - before.percentage) >= HISTORY_STEP;
}
