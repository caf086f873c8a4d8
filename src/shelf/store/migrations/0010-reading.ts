/** The newest place on each device, a reader's time zone, and what makes the tables of reading quick. */
export const reading = `
  ALTER TABLE users ADD COLUMN time_zone TEXT;

  CREATE TABLE device_positions (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    device TEXT NOT NULL,
    progress TEXT,
    percentage REAL NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, book_id, device)
  ) STRICT, WITHOUT ROWID;

  INSERT OR REPLACE INTO device_positions
    SELECT user_id, book_id, device, progress, percentage, created_at FROM position_history
    WHERE device IS NOT NULL AND device <> '' ORDER BY id;

  CREATE INDEX sessions_by_time
    ON sessions (user_id, started_at, book_id, device, ended_at, duration_seconds);
  CREATE INDEX sessions_by_book ON sessions (user_id, book_id, started_at);
  CREATE INDEX page_stats_by_time ON page_stats (user_id, start_time, duration);
  CREATE INDEX page_stats_by_book ON page_stats (user_id, book_id, start_time);
  `;
