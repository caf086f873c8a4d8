import type { Statement } from "better-sqlite3";
import type { Status } from "../reading-status";
import type { Db } from "./database";

/** How a user read a book. */
export interface ReadBook {
  readonly bookId: number;
  readonly title: string;
  readonly author: string | null;
  readonly seconds: number;
  readonly sittings: number;
  /** ISO-8601, UTC, without a zone. */
  readonly lastAt: string;
  /** 0 to 1; null = no place is known. */
  readonly percentage: number | null;
  readonly status: Status | null;
}

export interface ReadingDevice {
  /** null: it did not say. */
  readonly device: string | null;
  readonly books: number;
  readonly seconds: number;
  readonly sittings: number;
  readonly lastAt: string;
}

/**
 * As in Tome 2.3, a session does not count when the device's own history, imported later, covers it; what a browser or a
 * person noted always counts. A sitting ends when half an hour passes without a page. No stretch is longer than a day.
 */
const SESSION_SECONDS = `min(86400, coalesce(s.duration_seconds, unixepoch(s.ended_at) - unixepoch(s.started_at), 0))`;
const IS_COVERED = `coalesce(s.device, '') NOT IN ('web', 'web-reader', 'manual') AND EXISTS (
  SELECT 1 FROM page_stats p WHERE p.user_id = s.user_id AND p.book_id = s.book_id AND p.start_time
  BETWEEN unixepoch(s.started_at) - 120 AND unixepoch(coalesce(s.ended_at, s.started_at)) + 120)`;
const SESSIONS = `FROM sessions s WHERE s.user_id = @userId AND ${SESSION_SECONDS} > 0 AND NOT (${IS_COVERED})`;

/** @param where a condition on `book_id`, asked early: SQLite does not carry it past a window */
const stretches = (where = "1") => `
  SELECT s.book_id, s.device, s.started_at AS at, ${SESSION_SECONDS} AS seconds, 1 AS sittings ${SESSIONS} AND ${where}
  UNION ALL
  SELECT book_id, nullif(device, ''), strftime('%Y-%m-%dT%H:%M:%S', start_time, 'unixepoch'), duration,
    start_time - lag(start_time + duration, 1, 0) OVER (PARTITION BY book_id ORDER BY start_time) > 1800
  FROM page_stats WHERE user_id = @userId AND duration > 0 AND ${where}`;

/** What was read when, from sessions and from the devices' own histories together. */
export class Reading {
  private readonly between: Statement<[Record<string, number | string>], number>;

  constructor(private readonly db: Db) {
    // Asked for every day and month of a chart.
    this.between = db
      .prepare<[Record<string, number | string>], number>(
        `SELECT (SELECT coalesce(sum(${SESSION_SECONDS}), 0) ${SESSIONS} AND s.started_at >= @from AND s.started_at < @to)
           + (SELECT coalesce(sum(duration), 0) FROM page_stats
              WHERE user_id = @userId AND duration > 0 AND start_time >= @fromEpoch AND start_time < @toEpoch)`,
      )
      .pluck();
  }

  /** Seconds of reading that began between two moments (milliseconds since 1970; the second is not part of it). */
  secondsBetween(userId: number, from: number, to: number): number {
    const stamp = (at: number) => new Date(at).toISOString().slice(0, 19);
    const bounds = { from: stamp(from), to: stamp(to), fromEpoch: from / 1000, toEpoch: to / 1000 };
    return this.between.get({ userId, ...bounds }) ?? 0;
  }

  /** The books that were read last, newest first. */
  books(userId: number, most: number): ReadBook[] {
    return this.db
      .prepare<[object], ReadBook>(`${this.perBook("1")} ORDER BY r.lastAt DESC, b.id LIMIT @most`)
      .all({ userId, most });
  }

  /** How one book was read; undefined when it never was. */
  book(userId: number, bookId: number): ReadBook | undefined {
    return this.db.prepare<[object], ReadBook>(this.perBook("book_id = @bookId")).get({ userId, bookId });
  }

  /** Who reads most comes first. */
  devices(userId: number): ReadingDevice[] {
    return this.db
      .prepare<[object], ReadingDevice>(
        `SELECT device, count(DISTINCT book_id) AS books, sum(seconds) AS seconds, sum(sittings) AS sittings,
           max(at) AS lastAt FROM (${stretches()}) GROUP BY device ORDER BY seconds DESC, device`,
      )
      .all({ userId });
  }

  private perBook(where: string): string {
    return `SELECT b.id AS bookId, b.title, b.author, r.seconds, r.sittings, r.lastAt, p.percentage, t.status
      FROM (SELECT book_id, sum(seconds) AS seconds, sum(sittings) AS sittings, max(at) AS lastAt
            FROM (${stretches(where)}) GROUP BY book_id) r
      JOIN books b ON b.id = r.book_id
      LEFT JOIN positions p ON p.user_id = @userId AND p.book_id = b.id
      LEFT JOIN book_statuses t ON t.user_id = @userId AND t.book_id = b.id`;
  }
}
