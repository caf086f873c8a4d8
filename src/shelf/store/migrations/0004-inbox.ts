/** Books that were sent to a user's e-readers. */
export const inbox = `
  CREATE TABLE inbox_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    file_id INTEGER REFERENCES book_files (id),
    created_at TEXT NOT NULL,
    delivered_at TEXT
  ) STRICT;
  CREATE INDEX inbox_items_by_user ON inbox_items (user_id, delivered_at);
  `;
