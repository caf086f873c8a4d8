import type { Statement } from "better-sqlite3";
import type { Db } from "./database";

interface Sum {
  readonly userId: number;
  readonly bookId: number;
}

/**
 * As in Tome 2.3, a session does not count when the device's own history, imported later, covers it; what a browser or a
 * person noted always counts. A sitting ends when half an hour passes without a page. No stretch is longer than a day.
 */
const SESSION_SECONDS = `min(86400, coalesce(s.duration_seconds, unixepoch(s.ended_at) - unixepoch(s.started_at), 0))`;
const IS_COVERED = `coalesce(s.device, '') NOT IN ('web', 'web-reader', 'manual') AND EXISTS (
  SELECT 1 FROM page_stats p WHERE p.user_id = s.user_id AND p.book_id = s.book_id AND p.start_time
  BETWEEN unixepoch(s.started_at) - 120 AND unixepoch(coalesce(s.ended_at, s.started_at)) + 120)`;

/** The years 0 to 9999, in seconds since 1970: of others SQLite knows no date, and only a broken clock tells of them. */
const IS_DATE = "start_time BETWEEN -62167219200 AND 253402300799";

/** Every stretch of reading of a book; `began` is in seconds since 1970. */
const STRETCHES = `
  SELECT s.device, s.started_at AS at, unixepoch(s.started_at) AS began, ${SESSION_SECONDS} AS seconds, 1 AS sittings
  FROM sessions s
  WHERE s.user_id = @userId AND s.book_id = @bookId AND ${SESSION_SECONDS} > 0 AND NOT (${IS_COVERED})
  UNION ALL
  SELECT nullif(device, ''), strftime('%Y-%m-%dT%H:%M:%S', start_time, 'unixepoch'), start_time, min(86400, duration),
    start_time - lag(start_time + duration, 1, 0) OVER (ORDER BY start_time, page) > 1800
  FROM page_stats WHERE user_id = @userId AND book_id = @bookId AND duration > 0 AND ${IS_DATE}`;

/** The sums of reading, which are made again for every book whose sessions or history changed. */
export class ReadingSums {
  private readonly stale: Statement<[object], Sum>;
  private readonly steps: readonly Statement<[Sum]>[];

  constructor(private readonly db: Db) {
    this.stale = db.prepare<[object], Sum>(
      `SELECT user_id AS userId, book_id AS bookId FROM reading_stale
       WHERE user_id = coalesce(@userId, user_id) AND book_id = coalesce(@bookId, book_id)`,
    );
    const ofBook = "WHERE user_id = @userId AND book_id = @bookId";
    this.steps = [
      `DELETE FROM reading_totals ${ofBook}`,
      `INSERT INTO reading_totals SELECT @userId, @bookId, device, sum(seconds), sum(sittings), max(at)
         FROM (${STRETCHES}) GROUP BY device`,
      `DELETE FROM reading_quarters ${ofBook}`,
      `INSERT INTO reading_quarters SELECT @userId, @bookId, began - ((began % 900) + 900) % 900 AS quarter, sum(seconds)
         FROM (${STRETCHES}) GROUP BY quarter`,
      `DELETE FROM reading_stale ${ofBook}`,
    ].map(sql => db.prepare<[Sum]>(sql));
  }

  /**
   * Brings up to date the sums of a book, of a user's books, or of all. In one transaction: books share the pages of the
   * index by time, and each would write them again.
   */
  refresh(of: Partial<Sum> = {}): void {
    const which = { userId: null, bookId: null, ...of };
    if (this.stale.get(which) === undefined) return;
    const work = () => {
      for (const sum of this.stale.all(which)) for (const step of this.steps) step.run(sum);
    };
    this.db.transaction(work).immediate();
  }
}
