import type { Stamped } from "../annotations/wall-clock";
import type { Db } from "./database";

/** What a reader marked, without its times. */
export interface AnnotationText {
  /** Where it begins: KOReader's position, or `web:` and a UUID while only a browser knows it. */
  readonly anchor: string;
  readonly anchorEnd: string | null;
  readonly text: string | null;
  readonly note: string | null;
  readonly chapter: string | null;
  readonly color: string | null;
  /** The web reader's locator. */
  readonly cfi: string | null;
}

export interface NewAnnotation extends AnnotationText {
  readonly created: Stamped;
  readonly changed: Stamped;
}

export interface Annotation extends NewAnnotation {
  readonly id: number;
  readonly bookId: number;
  /** ISO-8601, UTC. */
  readonly updatedAt: string;
}

export interface Tombstone {
  readonly anchor: string;
  readonly deleted: Stamped;
}

/** Whose annotations of which book. */
export interface Notebook {
  readonly userId: number;
  readonly bookId: number;
}

interface Row extends AnnotationText {
  readonly id: number;
  readonly bookId: number;
  readonly created: string | null;
  readonly createdByServer: number;
  readonly changed: string | null;
  readonly changedByServer: number;
  readonly updatedAt: string;
}

const COLUMNS = `id, book_id AS bookId, anchor, anchor_end AS anchorEnd, text, note, chapter, color, cfi,
  created_stamp AS created, created_by_server AS createdByServer, changed_stamp AS changed,
  changed_by_server AS changedByServer, updated_at AS updatedAt`;

/** Annotations, and tombstones where some were deleted; a tombstone is never forgotten. */
export class Annotations {
  constructor(private readonly db: Db) {}

  of({ userId, bookId }: Notebook): Annotation[] {
    return this.rows("user_id = ? AND book_id = ? ORDER BY coalesce(created_stamp, ''), id", userId, bookId);
  }

  /** All annotations of all users, in the order of their making. */
  all(): Annotation[] {
    return this.rows("1 = 1 ORDER BY id");
  }

  find({ userId, bookId }: Notebook, anchor: string): Annotation | undefined {
    return this.rows("user_id = ? AND book_id = ? AND anchor = ?", userId, bookId, anchor)[0];
  }

  findById(userId: number, id: number): Annotation | undefined {
    return this.rows("user_id = ? AND id = ?", userId, id)[0];
  }

  /** Adds an annotation, or replaces the one at its anchor; its id stays. Returns the id. */
  put({ userId, bookId }: Notebook, annotation: NewAnnotation, at: string): number {
    const { created, changed, ...text } = annotation;
    const sql = `INSERT INTO annotations (user_id, book_id, anchor, anchor_end, text, note, chapter, color, cfi,
        created_stamp, created_by_server, changed_stamp, changed_by_server, updated_at)
      VALUES (@userId, @bookId, @anchor, @anchorEnd, @text, @note, @chapter, @color, @cfi,
        @created, @createdByServer, @changed, @changedByServer, @at)
      ON CONFLICT DO UPDATE SET anchor_end = @anchorEnd, text = @text, note = @note, chapter = @chapter, color = @color,
        cfi = @cfi, created_stamp = @created, created_by_server = @createdByServer, changed_stamp = @changed,
        changed_by_server = @changedByServer, updated_at = @at
      RETURNING id`;
    const stamps = { created: created.stamp, createdByServer: created.isByServer ? 1 : 0 };
    const changes = { changed: changed.stamp, changedByServer: changed.isByServer ? 1 : 0 };
    return this.db
      .prepare<[object], number>(sql)
      .pluck()
      .get({ userId, bookId, at, ...text, ...stamps, ...changes }) as number;
  }

  /** Returns false when there was none. */
  delete({ userId, bookId }: Notebook, anchor: string): boolean {
    const sql = "DELETE FROM annotations WHERE user_id = ? AND book_id = ? AND anchor = ?";
    return this.db.prepare(sql).run(userId, bookId, anchor).changes > 0;
  }

  tombstones({ userId, bookId }: Notebook): Tombstone[] {
    return this.stones("user_id = ? AND book_id = ? ORDER BY rowid", userId, bookId);
  }

  tombstone({ userId, bookId }: Notebook, anchor: string): Tombstone | undefined {
    return this.stones("user_id = ? AND book_id = ? AND anchor = ?", userId, bookId, anchor)[0];
  }

  bury({ userId, bookId }: Notebook, { anchor, deleted }: Tombstone): void {
    const sql = `INSERT INTO tombstones VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET deleted_stamp = excluded.deleted_stamp, deleted_by_server = excluded.deleted_by_server`;
    this.db.prepare(sql).run(userId, bookId, anchor, deleted.stamp, deleted.isByServer ? 1 : 0);
  }

  unbury({ userId, bookId }: Notebook, anchor: string): void {
    const sql = "DELETE FROM tombstones WHERE user_id = ? AND book_id = ? AND anchor = ?";
    this.db.prepare(sql).run(userId, bookId, anchor);
  }

  private rows(where: string, ...values: (string | number)[]): Annotation[] {
    const sql = `SELECT ${COLUMNS} FROM annotations WHERE ${where}`;
    const rows = this.db.prepare<typeof values, Row>(sql).all(...values);
    return rows.map(({ created, createdByServer, changed, changedByServer, ...rest }) => ({
      ...rest,
      created: { stamp: created, isByServer: createdByServer === 1 },
      changed: { stamp: changed, isByServer: changedByServer === 1 },
    }));
  }

  private stones(where: string, ...values: (string | number)[]): Tombstone[] {
    const sql = `SELECT anchor, deleted_stamp AS stamp, deleted_by_server AS byServer FROM tombstones WHERE ${where}`;
    const found = this.db
      .prepare<typeof values, { anchor: string; stamp: string | null; byServer: number }>(sql)
      .all(...values);
    return found.map(({ anchor, stamp, byServer }) => ({ anchor, deleted: { stamp, isByServer: byServer === 1 } }));
  }
}
