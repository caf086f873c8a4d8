// A large library that was synced, without syncing each of its books: rows of one, over and over with other names.
import path from "node:path";
import Database from "better-sqlite3";

const NUMBER = "00000";
/** Of the book whose rows are taken: whoever writes its sidecar uses these. */
export const ONE_OF_MANY = {
  digest: `c0ffee${NUMBER}`.padStart(32, "a"),
  title: `Volume ${NUMBER}`,
  uuid: `3f2b8a10-1111-4222-8333-9f5e7c6${NUMBER}`,
} as const;

const TABLES = {
  book: ["id", "state"],
  sidecar: ["file", "book", "stamp", "shadow"],
  value: ["key", "value"],
} as const;

/** Every row that names the one book, as often as wanted, each time for another book. */
export function multiply(dataDir: string, file: string, count: number): void {
  const database = new Database(path.join(dataDir, "settings/ribbon-sdr.sqlite3"));
  const other = (text: string, number: string): string => {
    let out = text.replaceAll(file, file.replace(/(\.[a-z]+)$/u, `-${number}$1`));
    for (const name of Object.values(ONE_OF_MANY)) out = out.replaceAll(name, name.replace(NUMBER, number));
    return out;
  };
  database.transaction(() => {
    for (const [table, columns] of Object.entries(TABLES)) {
      const rows = database
        .prepare(`SELECT ${columns.join(", ")} FROM ${table}`)
        .raw()
        .all() as string[][];
      const insert = database.prepare(
        `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
      );
      const own = rows.filter(row => other(row[0] ?? "", "x") !== row[0]);
      for (let copy = 1; copy <= count; copy += 1) {
        const number = `${copy}`.padStart(NUMBER.length, "0");
        for (const row of own) insert.run(row.map(text => other(`${text}`, number)));
      }
    }
  })();
  database.close();
}
