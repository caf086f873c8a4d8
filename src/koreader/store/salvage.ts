import { Database, numberOf, type Row } from "./database";

/** In this order: what others refer to comes first. */
const TABLES = [
  "book",
  "alias",
  "link",
  "miss",
  "outbox",
  "open_session",
  "journal",
  "day_part",
  "download",
  "receipt",
];

/** Moves a damaged file and its companions out of the way; gives its new name. */
export function setAside(file: string): string {
  const aside = `${file}.damaged-${os.date("%Y%m%d-%H%M%S")}`;
  os.rename(file, aside);
  for (const companion of ["-wal", "-shm"]) os.rename(`${file}${companion}`, `${aside}${companion}`);
  return aside;
}

/** Copies whatever can still be read of a damaged file into a fresh one; gives the number of rows. */
export function salvage(damaged: string, fresh: Database): number {
  let saved = 0;
  pcall(() => {
    const old = new Database(damaged, false);
    fresh.transaction(() => {
      for (const table of TABLES) saved += copyTable(old, fresh, table);
    });
    old.close();
  });
  return saved;
}

/** A damaged page stops a reading half-way: a second one comes from the other end. Rows that both meet are kept once. */
function copyTable(old: Database, fresh: Database, table: string): number {
  const before = rowsIn(fresh, table);
  const columns = columnsOf(old, table);
  for (const order of ["", " ORDER BY 1 DESC"]) {
    pcall(() => {
      old.each(`SELECT ${columns} FROM ${table}${order}`, row => {
        pcall(() => {
          fresh.run(`INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${marksFor(row)})`, row);
        });
      });
    });
  }
  return rowsIn(fresh, table) - before;
}

/** A store that an older Ribbon began may lack the newest; the fresh one fills them in. */
function columnsOf(database: Database, table: string): string {
  const names = database.query(`SELECT name FROM pragma_table_info('${table}')`);
  return names.map(([name]) => tostring(name)).join(", ");
}

function marksFor(row: Row): string {
  return row.map(() => "?").join(", ");
}

function rowsIn(database: Database, table: string): number {
  return numberOf(database.first(`SELECT COUNT(*) FROM ${table}`)?.[0] ?? 0);
}
