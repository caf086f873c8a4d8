import type { Db } from "./database";

export interface NewSession {
  readonly userId: number;
  readonly bookId: number;
  /** ISO-8601 without a zone, as Tome 2.3 stores it: the sender's UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationSeconds: number | null;
  /** 0 to 1, as sent: nothing is clamped. */
  readonly progressStart: number | null;
  readonly progressEnd: number | null;
  readonly pagesTurned: number | null;
  readonly device: string | null;
  readonly sessionUuid: string | null;
}

export interface SessionRow extends Omit<NewSession, "userId"> {
  readonly id: number;
  readonly title: string;
}

/** The reading sessions. */
export class Sessions {
  constructor(private readonly db: Db) {}

  /** Ids of sessions are unique among all users. */
  findByUuid(uuid: string): number | undefined {
    return this.db.prepare<[string], number>("SELECT id FROM sessions WHERE session_uuid = ?").pluck().get(uuid);
  }

  add(session: NewSession): number {
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO sessions (user_id, book_id, started_at, ended_at, duration_seconds, progress_start, progress_end,
           pages_turned, device, session_uuid)
         VALUES (@userId, @bookId, @startedAt, @endedAt, @durationSeconds, @progressStart, @progressEnd, @pagesTurned,
           @device, @sessionUuid)`,
      )
      .run(session);
    return Number(lastInsertRowid);
  }

  /** All sessions of all users, in the order of arrival. Times are ISO-8601 UTC with `Z`. */
  all(): SessionRow[] {
    return this.db
      .prepare<[], SessionRow>(
        `SELECT s.id, s.book_id AS bookId, b.title, s.started_at || 'Z' AS startedAt, s.ended_at || 'Z' AS endedAt,
           s.duration_seconds AS durationSeconds, s.progress_start AS progressStart, s.progress_end AS progressEnd,
           s.pages_turned AS pagesTurned, s.device, s.session_uuid AS sessionUuid
         FROM sessions s JOIN books b ON b.id = s.book_id ORDER BY s.id`,
      )
      .all();
  }

  /** A reader's newest sessions with a book, the newest first, in form as `all` gives them. */
  ofBook(userId: number, bookId: number, limit: number): Omit<SessionRow, "title" | "bookId">[] {
    return this.db
      .prepare<[number, number, number], Omit<SessionRow, "title" | "bookId">>(
        `SELECT id, started_at || 'Z' AS startedAt, ended_at || 'Z' AS endedAt, duration_seconds AS durationSeconds,
           progress_start AS progressStart, progress_end AS progressEnd, pages_turned AS pagesTurned, device,
           session_uuid AS sessionUuid
         FROM sessions WHERE user_id = ? AND book_id = ? ORDER BY started_at DESC, id DESC LIMIT ?`,
      )
      .all(userId, bookId, limit);
  }
}
