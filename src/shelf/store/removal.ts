import type { Db } from "./database";

interface ForeignKey {
  readonly from: string;
  readonly table: string;
  readonly to: string;
}

/** Columns that only say whose doing something was, where they may be empty: the row stays without its author. */
const AUTHOR_COLUMNS = new Set(["added_by", "owner_id"]);

/** Deletes a row and whatever belongs to it, in every table that refers to it. Call it in a transaction. */
export function removeRow(db: Db, table: string, id: number): void {
  for (const child of tablesOf(db)) {
    for (const { from } of referencesOf(db, child).filter(key => key.table === table)) {
      if (AUTHOR_COLUMNS.has(from) && isNullable(db, child, from))
        db.prepare(`UPDATE ${child} SET ${from} = NULL WHERE ${from} = ?`).run(id);
      else removeChildren(db, child, from, id);
    }
  }
  db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
}

function removeChildren(db: Db, table: string, column: string, parent: number): void {
  const isReferredTo = tablesOf(db).some(other => referencesOf(db, other).some(key => key.table === table));
  if (isReferredTo) {
    const ids = db.prepare<[number], number>(`SELECT id FROM ${table} WHERE ${column} = ?`).pluck().all(parent);
    for (const id of ids) removeRow(db, table, id);
  }
  db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(parent);
}

function isNullable(db: Db, table: string, column: string): boolean {
  const columns = db.pragma(`table_info(${table})`) as { name: string; notnull: number }[];
  return columns.some(({ name, notnull }) => name === column && notnull === 0);
}

function tablesOf(db: Db): string[] {
  return db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
}

function referencesOf(db: Db, table: string): ForeignKey[] {
  return db.pragma(`foreign_key_list(${table})`) as ForeignKey[];
}
