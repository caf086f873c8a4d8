import { type Cell, type Database, numberOf } from "./database";

/** Entries of one connection and kind in one state. */
export interface WaitingGroup {
  readonly connection: string;
  readonly kind: string;
  readonly state: string;
  readonly count: number;
  /** When the oldest was made, in seconds since 1970. */
  readonly oldest: number;
}

/** Rounds of one connection that ended alike; an empty reason means well. */
export interface RoundGroup {
  readonly connection: string;
  readonly reason: string;
  readonly count: number;
  readonly sent: number;
  readonly last: number;
}

export interface Counted {
  readonly what: string;
  readonly count: number;
}

const text = (cell: Cell | undefined): string => tostring(cell ?? "");

/** What the store says of itself, in numbers. */
export class DiagnosisStore {
  constructor(private readonly database: Database) {}

  /** The shape of the file, and the version of the library. */
  versions(): { readonly shape: number; readonly sqlite: string } {
    const row = this.database.first("SELECT sqlite_version()");
    return { shape: numberOf(this.database.first("PRAGMA user_version")?.[0]), sqlite: text(row?.[0]) };
  }

  waiting(): WaitingGroup[] {
    const sql =
      "SELECT connection, kind, state, COUNT(*), MIN(created_at) FROM outbox GROUP BY connection, kind, state ORDER BY 1, 2, 3";
    return this.database.query(sql).map(([connection, kind, state, count, oldest]) => ({
      connection: text(connection),
      kind: text(kind),
      state: text(state),
      count: numberOf(count),
      oldest: numberOf(oldest),
    }));
  }

  rounds(): RoundGroup[] {
    const sql =
      "SELECT connection, reason, COUNT(*), SUM(sent), MAX(at) FROM journal GROUP BY connection, reason ORDER BY 5 DESC";
    return this.database.query(sql).map(([connection, reason, count, sent, last]) => ({
      connection: text(connection),
      reason: text(reason),
      count: numberOf(count),
      sent: numberOf(sent),
      last: numberOf(last),
    }));
  }

  /** Of outbox entries that were refused: why. */
  parkedReasons(): Counted[] {
    return this.counted("SELECT reason, COUNT(*) FROM outbox WHERE reason <> '' GROUP BY reason ORDER BY 2 DESC");
  }

  downloads(): Counted[] {
    return this.counted(
      "SELECT state || CASE reason WHEN '' THEN '' ELSE ' (' || reason || ')' END, COUNT(*) FROM download GROUP BY 1 ORDER BY 1",
    );
  }

  rows(table: "book" | "link" | "miss" | "receipt" | "open_session"): number {
    return numberOf(this.database.first(`SELECT COUNT(*) FROM ${table}`)?.[0]);
  }

  /** Titles, authors and files of the books that were seen last: what is not to be posted. */
  names(limit: number): string[] {
    const known = this.database.query("SELECT title, authors, file FROM book ORDER BY id DESC LIMIT ?", [limit]);
    const names = known.flatMap(row => row.map(cell => text(cell)));
    for (const [book, target] of this.database.query("SELECT book, target FROM download LIMIT ?", [limit])) {
      names.push(text(target), string.match(text(book), '"title":"([^"]*)"')[0] ?? "");
    }
    return names;
  }

  /** Titles of books of which something waits, the oldest first. */
  waitingTitles(limit: number): string[] {
    const sql =
      "SELECT title FROM book JOIN outbox ON outbox.book = book.id GROUP BY book.id ORDER BY MIN(outbox.id) LIMIT ?";
    return this.database.query(sql, [limit]).map(([title]) => text(title));
  }

  private counted(sql: string): Counted[] {
    return this.database.query(sql).map(([what, count]) => ({ what: text(what), count: numberOf(count) }));
  }
}
