// The outbox of a device that is off, as SQLite keeps it.
import path from "node:path";
import Sqlite from "better-sqlite3";

const MORNING = Date.UTC(2026, 0, 1, 7) / 1000;
const HOUR = 3600;

export class Outbox {
  private readonly store: Sqlite.Database;

  constructor(dataDir: string) {
    this.store = new Sqlite(path.join(dataDir, "settings/ribbon.sqlite3"));
  }

  /** So many sessions of five minutes and three pages, an hour apart, of the first book that was ever opened. */
  addSessions(connection: string, count: number): void {
    const add = this.store.prepare(
      "INSERT INTO outbox (connection, book, kind, payload, created_at) VALUES (?, 1, 'session', ?, ?)",
    );
    this.store.transaction(() => {
      for (let number = 0; number < count; number += 1) {
        const startedAt = MORNING + number * HOUR;
        const session = { ...SESSION, id: `${connection}-${number}`, startedAt, endedAt: startedAt + 300 };
        add.run(connection, JSON.stringify({ kind: "session", session }), startedAt);
      }
    })();
  }

  /** In this state, or all. */
  count(state = "%"): number {
    return (
      this.store.prepare<[string], number>("SELECT COUNT(*) FROM outbox WHERE state LIKE ?").pluck().get(state) ?? 0
    );
  }

  /** All sessions together. */
  sums(): { entries: number; pageTurns: number } {
    const sql = `SELECT COUNT(*) AS entries, SUM(json_extract(payload, '$.session.pageTurns')) AS pageTurns
      FROM outbox WHERE kind = 'session'`;
    return this.store.prepare<[], { entries: number; pageTurns: number }>(sql).get() ?? { entries: 0, pageTurns: 0 };
  }

  close(): void {
    this.store.close();
  }
}

const SESSION = { duration: 300, progressStart: 0.25, progressEnd: 0.26, pageTurns: 3 };
