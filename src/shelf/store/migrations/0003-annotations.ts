/** Highlights and notes, and what remains of deleted ones. */
export const annotations = `
  CREATE TABLE annotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    anchor TEXT NOT NULL,
    anchor_end TEXT,
    text TEXT,
    note TEXT,
    chapter TEXT,
    color TEXT,
    cfi TEXT,
    created_stamp TEXT,
    created_by_server INTEGER NOT NULL,
    changed_stamp TEXT,
    changed_by_server INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (user_id, book_id, anchor)
  ) STRICT;

  CREATE TABLE tombstones (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    anchor TEXT NOT NULL,
    deleted_stamp TEXT,
    deleted_by_server INTEGER NOT NULL,
    PRIMARY KEY (user_id, book_id, anchor)
  ) STRICT;
  `;
