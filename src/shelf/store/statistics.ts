import type { Statement } from "better-sqlite3";
import type { Db } from "./database";

/** A page that was open for a while. */
export interface PageStat {
  readonly bookId: number;
  readonly page: number;
  /** Seconds since 1970. */
  readonly startTime: number;
  /** Seconds. */
  readonly duration: number;
  readonly totalPages: number;
}

export interface Renamed {
  readonly rows: number;
  readonly isWatermarkMoved: boolean;
}

/** Reading history as KOReader counts it. A row is known by user, book, page and time, whatever device names it. */
export class Statistics {
  private readonly insert: Statement<[number, PageStat, string]>;

  constructor(private readonly db: Db) {
    // A device brings tens of thousands of rows.
    this.insert = db.prepare(`INSERT OR IGNORE INTO page_stats
      (user_id, book_id, page, start_time, duration, total_pages, device)
      VALUES (?, @bookId, @page, @startTime, @duration, @totalPages, ?)`);
  }

  /** Returns false when the row is known: what is stored is never changed. */
  add(userId: number, device: string, row: PageStat): boolean {
    return this.insert.run(userId, row, device).changes > 0;
  }

  of(userId: number, bookId: number): PageStat[] {
    return this.db
      .prepare<[number, number], PageStat>(
        `SELECT book_id AS bookId, page, start_time AS startTime, duration, total_pages AS totalPages
         FROM page_stats WHERE user_id = ? AND book_id = ? ORDER BY start_time, page`,
      )
      .all(userId, bookId);
  }

  /** Up to when a device has brought its history, in seconds since 1970; 0 = it never did. */
  watermark(userId: number, device: string): number {
    const sql = "SELECT last_start_time FROM stats_watermarks WHERE user_id = ? AND device = ?";
    return this.db.prepare<[number, string], number>(sql).pluck().get(userId, device) ?? 0;
  }

  /** Watermarks only rise. */
  raiseWatermark(userId: number, device: string, startTime: number): void {
    const sql = `INSERT INTO stats_watermarks VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET last_start_time = max(last_start_time, excluded.last_start_time)`;
    this.db.prepare(sql).run(userId, device, startTime);
  }

  /** Gives a device's rows and watermark another name. */
  renameDevice(userId: number, from: string, to: string): Renamed {
    const sql = "UPDATE page_stats SET device = ? WHERE user_id = ? AND device = ?";
    const rows = this.db.prepare(sql).run(to, userId, from).changes;
    const known = this.db.prepare("SELECT 1 FROM stats_watermarks WHERE user_id = ? AND device = ?").get(userId, from);
    if (known === undefined) return { rows, isWatermarkMoved: false };
    this.raiseWatermark(userId, to, this.watermark(userId, from));
    this.db.prepare("DELETE FROM stats_watermarks WHERE user_id = ? AND device = ?").run(userId, from);
    return { rows, isWatermarkMoved: true };
  }
}
