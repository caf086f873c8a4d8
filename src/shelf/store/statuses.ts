import type { Db } from "./database";
import type { Standing } from "../reading-status";

/** What a user thinks of a book. */
export interface Rating {
  /** 1 to 5 in halves. */
  readonly rating: number | null;
  readonly review: string | null;
}

export interface BookStatus extends Standing, Rating {
  /** ISO-8601, UTC. */
  readonly updatedAt: string;
}

export interface StatusRow extends Rating, Pick<Standing, "status" | "progressPct"> {
  readonly bookId: number;
  readonly title: string;
}

/** Reading status and rating, one row per user and book. */
export class Statuses {
  constructor(private readonly db: Db) {}

  find(userId: number, bookId: number): BookStatus | undefined {
    return this.db
      .prepare<[number, number], BookStatus>(
        `SELECT status, progress_pct AS progressPct, cfi, finished_at AS finishedAt, rating, review,
           updated_at AS updatedAt FROM book_statuses WHERE user_id = ? AND book_id = ?`,
      )
      .get(userId, bookId);
  }

  /** All statuses of all users, by book. */
  all(): StatusRow[] {
    return this.db
      .prepare<[], StatusRow>(
        `SELECT s.book_id AS bookId, b.title, s.status, s.progress_pct AS progressPct, s.rating, s.review
         FROM book_statuses s JOIN books b ON b.id = s.book_id ORDER BY s.book_id, s.user_id`,
      )
      .all();
  }

  /** Writes the standing and leaves the rating alone. */
  put(userId: number, bookId: number, standing: Standing, at: string): void {
    this.db
      .prepare(
        `INSERT INTO book_statuses (user_id, book_id, status, progress_pct, cfi, finished_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET status = excluded.status, progress_pct = excluded.progress_pct, cfi = excluded.cfi,
           finished_at = excluded.finished_at, updated_at = excluded.updated_at`,
      )
      .run(userId, bookId, standing.status, standing.progressPct, standing.cfi, standing.finishedAt, at);
  }

  /** Writes the rating and leaves the standing alone. */
  rate(userId: number, bookId: number, { rating, review }: Rating, at: string): void {
    this.db
      .prepare(
        `INSERT INTO book_statuses (user_id, book_id, status, rating, review, rated_at, updated_at)
         VALUES (@userId, @bookId, 'unread', @rating, @review, @at, @at)
         ON CONFLICT DO UPDATE SET rating = @rating, review = @review, rated_at = @at, updated_at = @at`,
      )
      .run({ userId, bookId, rating, review, at });
  }
}
