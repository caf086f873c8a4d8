import type { Db } from "./database";

export interface WebSession {
  /** The digest of what the browser's cookie holds. */
  readonly hash: string;
  readonly userId: number;
  /** What the browser called itself, cut to a bound. */
  readonly browser: string;
  /** ISO-8601, UTC. */
  readonly createdAt: string;
  readonly seenAt: string;
}

const COLUMNS = "hash, user_id AS userId, browser, created_at AS createdAt, seen_at AS seenAt";

/** The browsers that are signed in. */
export class WebSessions {
  constructor(private readonly db: Db) {}

  add({ hash, userId, browser, createdAt, seenAt }: WebSession): void {
    this.db
      .prepare("INSERT INTO web_sessions (hash, user_id, browser, created_at, seen_at) VALUES (?, ?, ?, ?, ?)")
      .run(hash, userId, browser, createdAt, seenAt);
  }

  find(hash: string): WebSession | undefined {
    return this.db.prepare<[string], WebSession>(`SELECT ${COLUMNS} FROM web_sessions WHERE hash = ?`).get(hash);
  }

  /** Newest use first. */
  of(userId: number): WebSession[] {
    const sql = `SELECT ${COLUMNS} FROM web_sessions WHERE user_id = ? ORDER BY seen_at DESC, hash`;
    return this.db.prepare<[number], WebSession>(sql).all(userId);
  }

  touch(hash: string, at: string): void {
    this.db.prepare("UPDATE web_sessions SET seen_at = ? WHERE hash = ?").run(at, hash);
  }

  end(hash: string): void {
    this.db.prepare("DELETE FROM web_sessions WHERE hash = ?").run(hash);
  }

  /** Signs a user out everywhere; returns how many browsers that were. */
  endAll(userId: number): number {
    return this.db.prepare("DELETE FROM web_sessions WHERE user_id = ?").run(userId).changes;
  }

  /** Forgets who was not seen since one time, or signed in before another. */
  purge(seenBefore: string, createdBefore: string): void {
    this.db.prepare("DELETE FROM web_sessions WHERE seen_at < ? OR created_at < ?").run(seenBefore, createdBefore);
  }

  /** Leaves a sentence for the next page that the browser sees. */
  leaveFlash(hash: string, sentence: string): void {
    this.db.prepare("UPDATE web_sessions SET flash = ? WHERE hash = ?").run(sentence, hash);
  }

  /** The sentence that was left, once. */
  takeFlash(hash: string): string | undefined {
    const flash = this.db.prepare<[string], string | null>("SELECT flash FROM web_sessions WHERE hash = ?").pluck();
    const sentence = flash.get(hash) ?? undefined;
    if (sentence !== undefined) this.db.prepare("UPDATE web_sessions SET flash = NULL WHERE hash = ?").run(hash);
    return sentence;
  }
}
