import type { Reason } from "../../core/failure";
import type { ConnectionId } from "../../core/outbox";
import { epochSeconds } from "../../core/units";
import type { JournalEntry, JournalStore } from "../../ports/store";
import { type Database, numberOf } from "./database";
import { store } from "./open";

const MOST_ENTRIES = 200;

class SqliteJournalStore implements JournalStore {
  constructor(private readonly database: () => Database) {}

  note({ at, connection, sent, reason }: JournalEntry): void {
    const database = this.database();
    database.transaction(() => {
      const sql = "INSERT INTO journal (at, connection, sent, reason) VALUES (?, ?, ?, ?)";
      database.run(sql, [at, connection, sent, reason ?? ""]);
      database.run("DELETE FROM journal WHERE id <= (SELECT MAX(id) FROM journal) - ?", [MOST_ENTRIES]);
    });
  }

  newest(limit: number): JournalEntry[] {
    const sql = "SELECT at, connection, sent, reason FROM journal ORDER BY id DESC LIMIT ?";
    return this.database()
      .query(sql, [limit])
      .map(([at, connection, sent, reason]) => ({
        at: epochSeconds(numberOf(at)),
        connection: tostring(connection) as ConnectionId,
        sent: numberOf(sent),
        ...(reason === "" ? {} : { reason: reason as Reason }),
      }));
  }
}

/** Of this device's store. */
export const journal: JournalStore = new SqliteJournalStore(store);
