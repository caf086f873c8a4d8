/** A prepared statement, as `lua-ljsqlite3` has it. */
import ffi = require("ffi");
import {
  BLOB,
  check,
  DONE,
  FLOAT,
  type Handle,
  INTEGER,
  library,
  OK,
  raise,
  ROW,
  TEXT,
  TRANSIENT,
} from "./sqlite-library";

function cell(statement: Handle, column: number): KOReader.SqlCell {
  const kind = library.sqlite3_column_type(statement, column);
  if (kind === INTEGER) return library.sqlite3_column_int64(statement, column);
  if (kind === FLOAT) return library.sqlite3_column_double(statement, column);
  if (kind !== TEXT && kind !== BLOB) return undefined;
  const size = library.sqlite3_column_bytes(statement, column);
  // KOReader gives a tagged pointer for a blob, which nobody uses: text is what survives.
  return ffi.string(library.sqlite3_column_text(statement, column), size);
}

function bindOne(statement: Handle, index: number, value: KOReader.SqlValue): number {
  if (typeof value === "number") return library.sqlite3_bind_double(statement, index, value);
  if (typeof value === "string") {
    return library.sqlite3_bind_text(statement, index, value, string.len(value), TRANSIENT);
  }
  if (value === undefined) return library.sqlite3_bind_null(statement, index);
  if (ffi.istype("int64_t", value)) return library.sqlite3_bind_int64(statement, index, value);
  return raise("constraint", "unexpected Lua type");
}

export class Statement implements KOReader.SqliteStatement {
  private code = OK;
  private closed = false;

  constructor(
    private readonly connection: Handle,
    private readonly handle: Handle,
  ) {}

  isClosed(): boolean {
    return this.closed;
  }

  reset(): this {
    this.mustBeOpen();
    library.sqlite3_reset(this.handle);
    this.code = OK;
    return this;
  }

  bind(...values: KOReader.SqlValue[]): this {
    // Counts the arguments, not the values: any of them may be nothing.
    const count = select("#", ...values) as number;
    for (const index of $range(1, count)) this.bind1(index, values[index - 1]);
    return this;
  }

  bind1(index: number, value: KOReader.SqlValue): this {
    this.mustBeOpen();
    check(this.connection, bindOne(this.handle, index, value));
    return this;
  }

  clearbind(): this {
    check(this.connection, library.sqlite3_clear_bindings(this.handle));
    return this;
  }

  step(row: KOReader.SqlCell[] = []): KOReader.SqlCell[] | undefined {
    this.mustBeOpen();
    if (this.code === DONE) return undefined;
    this.code = library.sqlite3_step(this.handle);
    if (this.code === DONE) return undefined;
    if (this.code !== ROW) check(this.connection, this.code);
    for (const column of $range(0, this.columns() - 1)) row[column] = cell(this.handle, column);
    return row;
  }

  columns(): number {
    return library.sqlite3_column_count(this.handle);
  }

  names(): string[] {
    const names: string[] = [];
    for (const column of $range(0, this.columns() - 1)) {
      names.push(ffi.string(library.sqlite3_column_name(this.handle, column)));
    }
    return names;
  }

  close(): void {
    this.mustBeOpen();
    library.sqlite3_finalize(this.handle);
    this.closed = true;
  }

  private mustBeOpen(): void {
    if (this.closed) raise("misuse", "object is closed");
  }
}
