/**
 * Sums of reading, so that no page adds up a life of it: per quarter of an hour, on which midnight falls in every time
 * zone, and per device. They are made from sessions and page_stats by the book, and again when a book's sources changed,
 * whoever changed them; `reading_stale` names the books. Its rows go after those of sessions and page_stats when a user
 * is removed, for the triggers name the user once more: it has to stay behind them in the schema.
 */
export const readingSums = `
  CREATE TABLE reading_quarters (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    began INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (user_id, book_id, began)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reading_quarters_by_time ON reading_quarters (user_id, began, seconds);

  CREATE TABLE reading_totals (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    device TEXT,
    seconds INTEGER NOT NULL,
    sittings INTEGER NOT NULL,
    last_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX reading_totals_by_book ON reading_totals (user_id, book_id);

  CREATE TABLE reading_stale (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    PRIMARY KEY (user_id, book_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO reading_stale SELECT user_id, book_id FROM sessions UNION SELECT user_id, book_id FROM page_stats;

  ${["sessions", "page_stats"].map(triggersOf).join("")}
  DROP INDEX sessions_by_time;
  DROP INDEX page_stats_by_time;
  DROP INDEX sessions_by_book;
  CREATE INDEX sessions_by_book
    ON sessions (user_id, book_id, started_at, ended_at, duration_seconds, device);
  `;

function triggersOf(table: string): string {
  const marks = (...rows: ("new" | "old")[]) =>
    rows.map(row => `INSERT OR IGNORE INTO reading_stale VALUES (${row}.user_id, ${row}.book_id);`).join(" ");
  return `
  CREATE TRIGGER reading_added_by_${table} AFTER INSERT ON ${table} BEGIN ${marks("new")} END;
  CREATE TRIGGER reading_removed_from_${table} AFTER DELETE ON ${table} BEGIN ${marks("old")} END;
  CREATE TRIGGER reading_changed_in_${table} AFTER UPDATE ON ${table} BEGIN ${marks("old", "new")} END;
  `;
}
