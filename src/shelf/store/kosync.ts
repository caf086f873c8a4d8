import type { Db } from "./database";

export interface KosyncUser {
  readonly id: number;
  readonly username: string;
  /** Of the key that clients send, which is the password's MD5; as `hashPassword` writes it. */
  readonly keyHash: string;
  /** The account of this library that it belongs to, if any. */
  readonly userId: number | null;
}

/** A place in a document. */
export interface Push {
  /** The partial MD5 of the file, or whatever the client names it by. */
  readonly document: string;
  readonly progress: string;
  /** 0 to 1. */
  readonly percentage: number;
  readonly device: string;
  readonly deviceId: string | null;
  /** The book of this library that it is, if any. */
  readonly bookId: number | null;
  /** ISO-8601, UTC. */
  readonly pushedAt: string;
}

const PUSH = `p.document, p.progress, p.percentage, p.device, p.device_id AS deviceId, p.book_id AS bookId,
  p.pushed_at AS pushedAt`;

/** What KOSync clients push; of each document only the last place. */
export class Kosync {
  constructor(private readonly db: Db) {}

  user(username: string): KosyncUser | undefined {
    const sql = "SELECT id, username, key_hash AS keyHash, user_id AS userId FROM kosync_users WHERE username = ?";
    return this.db.prepare<[string], KosyncUser>(sql).get(username);
  }

  addUser(username: string, keyHash: string): void {
    this.db.prepare("INSERT INTO kosync_users (username, key_hash) VALUES (?, ?)").run(username, keyHash);
  }

  /** Gives an account its KOSync name and key. What a stranger pushed under that name before is dropped. */
  link(userId: number, username: string, keyHash: string): void {
    const stranger = "SELECT id FROM kosync_users WHERE username = ? AND user_id IS NULL";
    this.db.prepare(`DELETE FROM kosync_progress WHERE kosync_user_id IN (${stranger})`).run(username);
    const sql = `INSERT INTO kosync_users (username, key_hash, user_id) VALUES (?, ?, ?)
      ON CONFLICT (username) DO UPDATE SET key_hash = excluded.key_hash, user_id = excluded.user_id`;
    this.db.prepare(sql).run(username, keyHash, userId);
  }

  put(kosyncUserId: number, push: Push): void {
    this.db
      .prepare(
        `INSERT OR REPLACE INTO kosync_progress
           (kosync_user_id, document, progress, percentage, device, device_id, book_id, pushed_at)
         VALUES (@kosyncUserId, @document, @progress, @percentage, @device, @deviceId, @bookId, @pushedAt)`,
      )
      .run({ kosyncUserId, ...push });
  }

  find(kosyncUserId: number, document: string): Push | undefined {
    const sql = `SELECT ${PUSH} FROM kosync_progress p WHERE kosync_user_id = ? AND document = ?`;
    return this.db.prepare<[number, string], Push>(sql).get(kosyncUserId, document);
  }

  /** The newest place that an account's KOSync clients pushed of a book. */
  newestOf(userId: number, bookId: number): Push | undefined {
    return this.db
      .prepare<[number, number], Push>(
        `SELECT ${PUSH} FROM kosync_progress p JOIN kosync_users u ON u.id = p.kosync_user_id
         WHERE u.user_id = ? AND p.book_id = ? ORDER BY p.pushed_at DESC LIMIT 1`,
      )
      .get(userId, bookId);
  }
}
