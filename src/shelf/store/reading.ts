import type { Statement } from "better-sqlite3";
import type { Status } from "../reading-status";
import type { Db } from "./database";
import { ReadingSums } from "./reading-sums";

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

/** What was read when, from sessions and from the devices' own histories together. */
export class Reading {
  private readonly sums: ReadingSums;
  private readonly between: Statement<[number, number, number], number>;

  constructor(private readonly db: Db) {
    this.sums = new ReadingSums(db);
    // Asked for every day and month of a chart.
    this.between = db
      .prepare<[number, number, number], number>(
        "SELECT coalesce(sum(seconds), 0) FROM reading_quarters WHERE user_id = ? AND began >= ? AND began < ?",
      )
      .pluck();
  }

  /** Adds up what changed since anybody asked, of everybody. For a server that starts: after an update that is all. */
  addUp(): void {
    this.sums.refresh();
  }

  /**
   * Seconds of reading that began between two moments (milliseconds since 1970; the second is not part of it). Both lie
   * on a quarter of an hour, as midnight does in every time zone.
   */
  secondsBetween(userId: number, from: number, to: number): number {
    this.sums.refresh({ userId });
    return this.between.get(userId, from / 1000, to / 1000) ?? 0;
  }

  /** The books that were read last, newest first. */
  books(userId: number, most: number): ReadBook[] {
    this.sums.refresh({ userId });
    return this.db.prepare<[object], ReadBook>(perBook("1", "LIMIT @most")).all({ userId, most });
  }

  /** How one book was read; undefined when it never was. */
  book(userId: number, bookId: number): ReadBook | undefined {
    this.sums.refresh({ userId, bookId });
    return this.db.prepare<[object], ReadBook>(perBook("book_id = @bookId")).get({ userId, bookId });
  }

  /** Who reads most comes first. */
  devices(userId: number): ReadingDevice[] {
    this.sums.refresh({ userId });
    return this.db
      .prepare<[number], ReadingDevice>(
        `SELECT device, count(*) AS books, sum(seconds) AS seconds, sum(sittings) AS sittings, max(last_at) AS lastAt
         FROM reading_totals WHERE user_id = ? GROUP BY device ORDER BY seconds DESC, device`,
      )
      .all(userId);
  }
}

const perBook = (where: string, limit = "") => `
  SELECT b.id AS bookId, b.title, b.author, r.seconds, r.sittings, r.lastAt, p.percentage, t.status
  FROM (SELECT book_id, sum(seconds) AS seconds, sum(sittings) AS sittings, max(last_at) AS lastAt
        FROM reading_totals WHERE user_id = @userId AND ${where}
        GROUP BY book_id ORDER BY lastAt DESC, book_id ${limit}) r
  JOIN books b ON b.id = r.book_id
  LEFT JOIN positions p ON p.user_id = @userId AND p.book_id = b.id
  LEFT JOIN book_statuses t ON t.user_id = @userId AND t.book_id = b.id
  ORDER BY r.lastAt DESC, b.id`;
