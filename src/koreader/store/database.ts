import SQ3 = require("lua-ljsqlite3/init");
import { isDamage } from "./damage";

/** A value of a row: what SQLite keeps, with its 64-bit integers made plain numbers. */
export type Cell = number | string;
export type Row = readonly Cell[];

const BUSY_MILLISECONDS = 2000;

/** A number of a row; 0 for what is not there. The compiler's own `Number` brings a parser of texts along. */
export function numberOf(cell: Cell | undefined): number {
  return tonumber(cell) ?? 0;
}

function plain(cell: KOReader.SqlCell): Cell {
  return typeof cell === "string" ? cell : (tonumber(cell) ?? 0);
}

/** One SQLite file. Every mistake in SQL or on the disk is an error that the caller's guard logs. */
export class Database {
  /** True once SQLite found the file damaged: whoever opened it opens another. */
  isDamaged = false;
  private readonly connection: KOReader.SqliteConnection;

  /** Opens the file, or makes it. `wal` is false where the device's file system cannot share memory. */
  constructor(
    file: string,
    private readonly wal: boolean,
  ) {
    this.connection = SQ3.open(file);
    this.connection.set_busy_timeout(BUSY_MILLISECONDS);
    this.connection.exec(`PRAGMA journal_mode = ${wal ? "WAL" : "TRUNCATE"}`);
    this.connection.exec(`PRAGMA synchronous = ${wal ? "NORMAL" : "FULL"}`);
  }

  /** Several statements, without parameters. The binding cuts at every `;`, also inside literals. */
  script(sql: string): void {
    this.connection.exec(sql);
  }

  run(sql: string, values: readonly Cell[] = []): void {
    this.each(sql, () => {}, values);
  }

  query(sql: string, values: readonly Cell[] = []): Row[] {
    const rows: Row[] = [];
    this.each(sql, row => rows.push(row), values);
    return rows;
  }

  first(sql: string, values: readonly Cell[] = []): Row | undefined {
    return this.query(sql, values)[0];
  }

  /** Hands out row after row, so that what was read before an error counts. */
  each(sql: string, take: (row: Row) => void, values: readonly Cell[] = []): void {
    this.watched(() => {
      const statement = this.connection.prepare(sql);
      values.forEach((value, index) => statement.bind1(index + 1, value));
      let row = statement.step();
      while (row !== undefined) {
        take(row.map(cell => plain(cell)));
        row = statement.step();
      }
      statement.close();
    });
  }

  /** All of it or nothing. */
  transaction(work: () => void): void {
    this.watched(() => {
      this.connection.exec("BEGIN IMMEDIATE");
      const [worked, problem] = pcall(work);
      this.connection.exec(worked ? "COMMIT" : "ROLLBACK");
      if (!worked) error(problem, 0);
    });
  }

  /** All of it or nothing, and on the disk when it returns: it survives an empty battery. */
  durableTransaction(work: () => void): void {
    if (!this.wal) return this.transaction(work);
    this.connection.exec("PRAGMA synchronous = FULL");
    const [worked, problem] = pcall(() => {
      this.transaction(work);
    });
    this.connection.exec("PRAGMA synchronous = NORMAL");
    if (!worked) error(problem, 0);
  }

  close(): void {
    this.connection.close();
  }

  private watched(work: () => void): void {
    const [worked, problem] = pcall(work);
    if (worked) return;
    this.isDamaged ||= isDamage(problem);
    error(problem, 0);
  }
}
