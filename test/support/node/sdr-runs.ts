import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";

/** The runs that a device has kept: how many, and the newest one's account of itself, in JSON. */
export function keptRuns(dataDir: string): { readonly count: number; readonly last: string } {
  const file = path.join(dataDir, "settings/ribbon-sdr.sqlite3");
  if (!fs.existsSync(file)) return { count: 0, last: "{}" };
  const database = new Database(file, { readonly: true });
  try {
    const row = database.prepare("SELECT COALESCE(MAX(id), 0) AS count FROM run").get() as { count: number };
    const last = database.prepare("SELECT payload FROM run ORDER BY id DESC LIMIT 1").get() as
      { payload: string } | undefined;
    return { count: row.count, last: last?.payload ?? "{}" };
  } catch {
    return { count: 0, last: "{}" };
  } finally {
    database.close();
  }
}
