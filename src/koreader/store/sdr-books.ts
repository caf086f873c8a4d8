import type { KnownSidecar, SdrBooks, SdrSidecars } from "../../ports/sdr-store";
import { type Database, numberOf, type Row } from "./database";

/** A text of a row. */
export const textAt = (row: Row | undefined, index: number): string => tostring(row?.[index] ?? "");

/** The first column of every row. */
export const firstColumn = (rows: readonly Row[]): string[] => rows.map(row => textAt(row, 0));

export class SqliteSdrBooks implements SdrBooks {
  constructor(private readonly database: () => Database) {}

  state(book: string): string | undefined {
    const row = this.database().first("SELECT state FROM book WHERE id = ?", [book]);
    return row === undefined ? undefined : textAt(row, 0);
  }

  saveState(book: string, state: string): void {
    this.database().run("INSERT OR REPLACE INTO book (id, state) VALUES (?, ?)", [book, state]);
  }

  forget(book: string): void {
    this.database().run("DELETE FROM book WHERE id = ?", [book]);
  }

  after(book: string, limit: number): string[] {
    return firstColumn(this.database().query("SELECT id FROM book WHERE id > ? ORDER BY id LIMIT ?", [book, limit]));
  }

  count(): number {
    return numberOf(this.database().first("SELECT COUNT(*) FROM book")?.[0]);
  }
}

const COLUMNS = "file, book, stamp, shadow";

const sidecarOf = (row: Row): KnownSidecar => ({
  file: textAt(row, 0),
  book: textAt(row, 1),
  stamp: textAt(row, 2),
  shadow: textAt(row, 3),
});

export class SqliteSdrSidecars implements SdrSidecars {
  constructor(private readonly database: () => Database) {}

  find(file: string): KnownSidecar | undefined {
    const row = this.database().first(`SELECT ${COLUMNS} FROM sidecar WHERE file = ?`, [file]);
    return row === undefined ? undefined : sidecarOf(row);
  }

  of(book: string): KnownSidecar[] {
    const sql = `SELECT ${COLUMNS} FROM sidecar WHERE book = ? ORDER BY file`;
    return this.database()
      .query(sql, [book])
      .map(row => sidecarOf(row));
  }

  save({ file, book, stamp, shadow }: KnownSidecar): void {
    const sql = `INSERT OR REPLACE INTO sidecar (${COLUMNS}) VALUES (?, ?, ?, ?)`;
    this.database().run(sql, [file, book, stamp, shadow]);
  }

  forget(file: string): void {
    this.database().run("DELETE FROM sidecar WHERE file = ?", [file]);
  }

  after(file: string, limit: number): Pick<KnownSidecar, "file" | "stamp">[] {
    const sql = "SELECT file, stamp FROM sidecar WHERE file > ? ORDER BY file LIMIT ?";
    const rows = this.database().query(sql, [file, limit]);
    return rows.map(row => ({ file: textAt(row, 0), stamp: textAt(row, 1) }));
  }
}
