/** KOReader's binding of SQLite. Every error throws; integers come back as int64. */
declare namespace KOReader {
  /** A 64-bit integer of LuaJIT's: make a number of it with `tonumber`. */
  type Int64 = { readonly ctype: "int64_t" };

  type SqlCell = Int64 | number | string | undefined;

  /** Numbers are bound as REAL: the column's affinity makes them integers again. */
  type SqlValue = number | string | Int64 | undefined;

  interface Sqlite {
    open(this: void, file: string, mode?: "ro" | "rw" | "rwc"): SqliteConnection;
  }

  interface SqliteConnection {
    /** Cuts at every `;`, also inside literals; returns the last statement's columns and the number of rows. */
    exec(commands: string): LuaMultiReturn<[SqlCell[][] | undefined, number | undefined]>;
    /** The cells of one row; throws when there are more. */
    rowexec(command: string): LuaMultiReturn<SqlCell[]>;
    prepare(command: string): SqliteStatement;
    set_busy_timeout(milliseconds: number): void;
    close(): void;
  }

  interface SqliteStatement {
    reset(): SqliteStatement;
    bind(...values: SqlValue[]): SqliteStatement;
    /** One value, counted from 1. */
    bind1(index: number, value: SqlValue): SqliteStatement;
    clearbind(): SqliteStatement;
    /** The next row; nothing after the last. A row given is filled instead of a new one. */
    step(row?: SqlCell[]): SqlCell[] | undefined;
    close(): void;
  }
}

declare module "lua-ljsqlite3/init" {
  const module: KOReader.Sqlite;
  export = module;
}
