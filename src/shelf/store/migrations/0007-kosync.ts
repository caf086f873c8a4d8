/** Places that KOSync clients push: of a document, which may be a book of the library. */
export const kosync = `
  CREATE TABLE kosync_users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE,
    key_hash TEXT NOT NULL,
    user_id INTEGER UNIQUE REFERENCES users (id)
  ) STRICT;

  CREATE TABLE kosync_progress (
    kosync_user_id INTEGER NOT NULL REFERENCES kosync_users (id),
    document TEXT NOT NULL,
    progress TEXT NOT NULL,
    percentage REAL NOT NULL,
    device TEXT NOT NULL,
    device_id TEXT,
    book_id INTEGER REFERENCES books (id),
    pushed_at TEXT NOT NULL,
    PRIMARY KEY (kosync_user_id, document)
  ) STRICT;
  CREATE INDEX kosync_progress_by_book ON kosync_progress (book_id);
  `;
