import type { Database } from "./database";

/** Whether a book is on its way, or an inbox is to be told of one: only then is the rest of it loaded. */
export function hasDownloads(database: Database): boolean {
  const sql = "SELECT 1 FROM download WHERE state IN ('waiting', 'running') UNION ALL SELECT 1 FROM receipt LIMIT 1";
  return database.first(sql) !== undefined;
}
