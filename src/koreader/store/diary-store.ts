import type { BookId } from "../../core/outbox";
import type { Tally } from "../../core/session";
import { type EpochSeconds, seconds } from "../../core/units";
import type { DiaryStore } from "../../ports/store";
import { type Database, numberOf } from "./database";

export class SqliteDiaryStore implements DiaryStore {
  constructor(private readonly database: () => Database) {}

  since(book: BookId, from: EpochSeconds): Tally {
    const sql = "SELECT TOTAL(duration), TOTAL(page_turns) FROM day_part WHERE book = ? AND started_at >= ?";
    const row = this.database().first(sql, [book, from]);
    return { duration: seconds(numberOf(row?.[0])), pageTurns: numberOf(row?.[1]) };
  }
}
