/** KOReader's `lua-ljsqlite3/init`, over the real SQLite. */
import { check, type Handle, library, OK, raise, slot } from "./sqlite-library";
import { Statement } from "./sqlite-statement";

const MODES = { ro: 1, rw: 2, rwc: 6 };

const byName = (columns: KOReader.SqlCell[][]): Record<string | number, unknown> =>
  columns as unknown as Record<string | number, unknown>;

class Connection implements KOReader.SqliteConnection {
  private closed = false;
  private statements: Statement[] = [];

  constructor(private readonly handle: Handle) {}

  prepare(command: string): Statement {
    this.mustBeOpen();
    const into = slot("sqlite3_stmt");
    check(this.handle, library.sqlite3_prepare_v2(this.handle, command, string.len(command), into, undefined));
    const statement = new Statement(this.handle, into[0] as Handle);
    this.statements = this.statements.filter(known => !known.isClosed());
    this.statements.push(statement);
    return statement;
  }

  exec(commands: string): LuaMultiReturn<[KOReader.SqlCell[][] | undefined, number | undefined]> {
    this.mustBeOpen();
    let columns: KOReader.SqlCell[][] | undefined;
    let rows: number | undefined;
    for (const [command] of string.gmatch(commands, "[^;]+")) {
      if (string.find(command as string, "%S")[0] !== undefined) [columns, rows] = this.run(command as string);
    }
    return $multi(columns, rows);
  }

  /** The columns, by number and by name; the names stand at Lua's 0. */
  private run(command: string): LuaMultiReturn<[KOReader.SqlCell[][] | undefined, number]> {
    const statement = this.prepare(command);
    const columns: KOReader.SqlCell[][] = [];
    for (const _ of $range(1, statement.columns())) columns.push([]);
    let rows = 0;
    let row = statement.step();
    while (row !== undefined) {
      for (const index of $range(0, columns.length - 1)) (columns[index] as KOReader.SqlCell[])[rows] = row[index];
      rows += 1;
      row = statement.step();
    }
    const names = statement.names();
    for (const index of $range(0, names.length - 1)) byName(columns)[names[index] as string] = columns[index];
    byName(columns)[0] = names;
    statement.close();
    return $multi(rows === 0 ? undefined : columns, rows);
  }

  rowexec(command: string): LuaMultiReturn<KOReader.SqlCell[]> {
    this.mustBeOpen();
    const statement = this.prepare(command);
    const row = statement.step();
    const width = statement.columns();
    if (row !== undefined && statement.step() !== undefined) raise("misuse", "multiple records returned, 1 expected");
    statement.close();
    if (row === undefined) return $multi(undefined);
    return table.unpack(row, 1, width);
  }

  set_busy_timeout(milliseconds: number): void {
    check(this.handle, library.sqlite3_busy_timeout(this.handle, milliseconds));
  }

  close(): void {
    this.mustBeOpen();
    for (const statement of this.statements) if (!statement.isClosed()) statement.close();
    check(this.handle, library.sqlite3_close_v2(this.handle));
    this.closed = true;
  }

  private mustBeOpen(): void {
    if (this.closed) raise("misuse", "object is closed");
  }
}

export const sqlite: KOReader.Sqlite = {
  open(file, mode = "rwc") {
    const into = slot("sqlite3");
    const code = library.sqlite3_open_v2(file, into, MODES[mode], undefined);
    const handle = into[0] as Handle;
    if (code !== OK) check(handle, code);
    return new Connection(handle);
  },
};
