import type { Db } from "./database";

export interface InboxItem {
  readonly id: number;
  readonly bookId: number;
  /** The file that was meant; null when the book had none. */
  readonly fileId: number | null;
}

/** Books that wait for a user's e-readers. One list for all of them: whichever takes a book first has it. */
export class Inbox {
  constructor(private readonly db: Db) {}

  /** What waits, oldest first. */
  waiting(userId: number): InboxItem[] {
    return this.db
      .prepare<[number], InboxItem>(
        `SELECT i.id, i.book_id AS bookId, i.file_id AS fileId FROM inbox_items i JOIN books b ON b.id = i.book_id
         WHERE i.user_id = ? AND i.delivered_at IS NULL AND b.status = 'active' ORDER BY i.id`,
      )
      .all(userId);
  }

  isWaiting(userId: number, bookId: number): boolean {
    const sql = "SELECT 1 FROM inbox_items WHERE user_id = ? AND book_id = ? AND delivered_at IS NULL";
    return this.db.prepare(sql).get(userId, bookId) !== undefined;
  }

  add(userId: number, { bookId, fileId }: Omit<InboxItem, "id">, at: string): number {
    const sql = "INSERT INTO inbox_items (user_id, book_id, file_id, created_at) VALUES (?, ?, ?, ?)";
    return Number(this.db.prepare(sql).run(userId, bookId, fileId, at).lastInsertRowid);
  }

  /** Returns false when the user has no such item; true, however often it is said, when he has. */
  markDelivered(userId: number, id: number, at: string): boolean {
    const sql = "UPDATE inbox_items SET delivered_at = coalesce(delivered_at, ?) WHERE id = ? AND user_id = ?";
    return this.db.prepare(sql).run(at, id, userId).changes > 0;
  }

  /** Takes a book back that no reader has fetched yet; returns false when there is none. */
  takeBack(userId: number, bookId: number): boolean {
    const sql = "DELETE FROM inbox_items WHERE user_id = ? AND book_id = ? AND delivered_at IS NULL";
    return this.db.prepare(sql).run(userId, bookId).changes > 0;
  }
}
