/** Pages read, as KOReader's own statistics have them, and how far each device has brought them. */
export const statistics = `
  CREATE TABLE page_stats (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    page INTEGER NOT NULL,
    start_time INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    total_pages INTEGER NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (user_id, book_id, page, start_time)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX page_stats_by_device ON page_stats (user_id, device);

  CREATE TABLE stats_watermarks (
    user_id INTEGER NOT NULL REFERENCES users (id),
    device TEXT NOT NULL,
    last_start_time INTEGER NOT NULL,
    PRIMARY KEY (user_id, device)
  ) STRICT, WITHOUT ROWID;
  `;
