/** Debian's SQLite through LuaJIT's ffi. */
import ffi = require("ffi");

ffi.cdef(`
  typedef struct sqlite3 sqlite3;
  typedef struct sqlite3_stmt sqlite3_stmt;
  typedef void (*sqlite3_destructor_type)(void *);
  const char *sqlite3_errmsg(sqlite3 *);
  int sqlite3_open_v2(const char *, sqlite3 **, int, const char *);
  int sqlite3_close_v2(sqlite3 *);
  int sqlite3_busy_timeout(sqlite3 *, int);
  int sqlite3_prepare_v2(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
  int sqlite3_step(sqlite3_stmt *);
  int sqlite3_reset(sqlite3_stmt *);
  int sqlite3_finalize(sqlite3_stmt *);
  int sqlite3_clear_bindings(sqlite3_stmt *);
  int sqlite3_column_count(sqlite3_stmt *);
  const char *sqlite3_column_name(sqlite3_stmt *, int);
  int sqlite3_column_type(sqlite3_stmt *, int);
  int64_t sqlite3_column_int64(sqlite3_stmt *, int);
  double sqlite3_column_double(sqlite3_stmt *, int);
  int sqlite3_column_bytes(sqlite3_stmt *, int);
  const unsigned char *sqlite3_column_text(sqlite3_stmt *, int);
  const void *sqlite3_column_blob(sqlite3_stmt *, int);
  int sqlite3_bind_int64(sqlite3_stmt *, int, int64_t);
  int sqlite3_bind_double(sqlite3_stmt *, int, double);
  int sqlite3_bind_null(sqlite3_stmt *, int);
  int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, sqlite3_destructor_type);
`);

/** A pointer to one of SQLite's objects. */
export type Handle = { readonly pointer: "sqlite" };

interface Library {
  sqlite3_errmsg(this: void, connection: Handle): unknown;
  sqlite3_open_v2(this: void, file: string, into: unknown, flags: number, vfs: undefined): number;
  sqlite3_close_v2(this: void, connection: Handle): number;
  sqlite3_busy_timeout(this: void, connection: Handle, milliseconds: number): number;
  sqlite3_prepare_v2(this: void, connection: Handle, sql: string, size: number, into: unknown, tail: undefined): number;
  sqlite3_step(this: void, statement: Handle): number;
  sqlite3_reset(this: void, statement: Handle): number;
  sqlite3_finalize(this: void, statement: Handle): number;
  sqlite3_clear_bindings(this: void, statement: Handle): number;
  sqlite3_column_count(this: void, statement: Handle): number;
  sqlite3_column_name(this: void, statement: Handle, column: number): unknown;
  sqlite3_column_type(this: void, statement: Handle, column: number): number;
  sqlite3_column_int64(this: void, statement: Handle, column: number): KOReader.Int64;
  sqlite3_column_double(this: void, statement: Handle, column: number): number;
  sqlite3_column_bytes(this: void, statement: Handle, column: number): number;
  sqlite3_column_text(this: void, statement: Handle, column: number): unknown;
  sqlite3_column_blob(this: void, statement: Handle, column: number): unknown;
  sqlite3_bind_int64(this: void, statement: Handle, index: number, value: KOReader.Int64): number;
  sqlite3_bind_double(this: void, statement: Handle, index: number, value: number): number;
  sqlite3_bind_null(this: void, statement: Handle, index: number): number;
  sqlite3_bind_text(this: void, statement: Handle, index: number, text: string, size: number, copy: unknown): number;
}

export const library = ffi.load("libsqlite3.so.0") as unknown as Library;

/** Tells SQLite to copy a text at once. */
export const TRANSIENT = ffi.cast("sqlite3_destructor_type", -1);

export const OK = 0;
export const ROW = 100;
export const DONE = 101;
export const [INTEGER, FLOAT, TEXT, BLOB] = [1, 2, 3, 4];

const NAMES: Record<number, string> = {
  1: "error",
  3: "perm",
  5: "busy",
  6: "locked",
  8: "readonly",
  10: "ioerr",
  11: "corrupt",
  13: "full",
  14: "cantopen",
  19: "constraint",
  20: "mismatch",
  21: "misuse",
  25: "range",
  26: "notadb",
};

export const raise = (name: string, message: string): never =>
  error(`ljsqlite3[${name}] ${message}\n${debug.traceback()}`);

/** Throws unless a call succeeded. */
export function check(connection: Handle, code: number): void {
  if (code !== OK) raise(NAMES[code] ?? tostring(code), ffi.string(library.sqlite3_errmsg(connection)));
}

/** Where a function puts the object that it makes. */
export const slot = (type: string): Record<number, Handle> =>
  ffi.new(`${type}*[1]`) as unknown as Record<number, Handle>;
