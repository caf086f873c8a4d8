import type { Db } from "./database";

export const EXPORTS = ["sessions", "places", "annotations"] as const;
export type ExportName = (typeof EXPORTS)[number];

export type ExportRow = Readonly<Record<string, string | number | null>>;

/** Column names are part of the files that readers keep: they may be added to, not changed. */
const SOURCES: Readonly<Record<ExportName, string>> = {
  sessions: `SELECT s.id, s.book_id, b.title, b.author, s.started_at || 'Z' AS started_at, s.ended_at || 'Z' AS ended_at,
      s.duration_seconds, s.progress_start, s.progress_end, s.pages_turned, s.device
    FROM sessions s JOIN books b ON b.id = s.book_id WHERE s.user_id = @userId AND s.id > @after ORDER BY s.id`,
  places: `SELECT * FROM (SELECT row_number() OVER (ORDER BY p.book_id, p.device) AS id,
      p.book_id, b.title, b.author, p.device, p.percentage, p.progress, p.updated_at
    FROM device_positions p JOIN books b ON b.id = p.book_id WHERE p.user_id = @userId)
    WHERE id > @after ORDER BY id`,
  annotations: `SELECT a.id, a.book_id, b.title, b.author, a.chapter, a.text, a.note, a.color, a.anchor, a.anchor_end,
      a.created_stamp AS created, a.changed_stamp AS changed
    FROM annotations a JOIN books b ON b.id = a.book_id WHERE a.user_id = @userId AND a.id > @after ORDER BY a.id`,
};

const ROWS_AT_ONCE = 1000;

/** Everything that one user left here, to take away. */
export class Exports {
  constructor(private readonly db: Db) {}

  /** The columns of an export, also when it has no row. */
  columns(name: ExportName): string[] {
    return this.db.prepare(SOURCES[name]).columns().map(({ name: column }) => column).filter(isShown); // prettier-ignore
  }

  /** All rows, read a thousand at a time: nothing else waits for a long export, and it takes little memory. */
  *rows(name: ExportName, userId: number): Generator<ExportRow> {
    const sql = this.db.prepare<[object], ExportRow & { id: number }>(`${SOURCES[name]} LIMIT ${ROWS_AT_ONCE}`);
    for (let after = 0; ;) {
      const rows = sql.all({ userId, after });
      for (const row of rows) yield Object.fromEntries(Object.entries(row).filter(([column]) => isShown(column)));
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)?.id ?? 0;
    }
  }
}

/** The ids by which pages go on are nobody's business. */
function isShown(column: string): boolean {
  return column !== "id";
}
