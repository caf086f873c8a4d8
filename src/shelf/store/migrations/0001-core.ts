/** Books and their files, accounts, positions, statuses and sessions. */
export const core = `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE,
    email TEXT UNIQUE,
    password_hash TEXT,
    role TEXT NOT NULL CHECK (role IN ('guest', 'member', 'admin')),
    is_active INTEGER NOT NULL DEFAULT 1,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE plugin_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT
  ) STRICT;

  CREATE TABLE personal_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('full', 'readonly')),
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE books (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    author TEXT,
    series TEXT,
    series_index REAL,
    book_type TEXT,
    language TEXT,
    description TEXT,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'missing')),
    added_by INTEGER REFERENCES users (id),
    updated_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE book_identifiers (
    book_id INTEGER NOT NULL REFERENCES books (id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (book_id, scheme, value)
  ) STRICT;

  CREATE TABLE book_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    book_id INTEGER NOT NULL REFERENCES books (id),
    path TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    md5 TEXT NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX book_files_by_book ON book_files (book_id);

  CREATE TABLE book_hashes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    book_id INTEGER NOT NULL REFERENCES books (id),
    md5 TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('raw', 'baked')),
    created_at TEXT NOT NULL,
    UNIQUE (book_id, md5)
  ) STRICT;
  CREATE INDEX book_hashes_by_md5 ON book_hashes (md5);

  CREATE TABLE libraries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    is_public INTEGER NOT NULL,
    owner_id INTEGER REFERENCES users (id)
  ) STRICT;

  CREATE TABLE library_books (
    library_id INTEGER NOT NULL REFERENCES libraries (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    PRIMARY KEY (library_id, book_id)
  ) STRICT;
  CREATE INDEX library_books_by_book ON library_books (book_id);

  CREATE TABLE positions (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    progress TEXT,
    percentage REAL NOT NULL,
    device TEXT,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, book_id)
  ) STRICT;

  CREATE TABLE position_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    progress TEXT,
    percentage REAL NOT NULL,
    device TEXT,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX position_history_by_book ON position_history (user_id, book_id, id);

  CREATE TABLE book_statuses (
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    status TEXT NOT NULL CHECK (status IN ('unread', 'reading', 'read', 'shelved', 'want_to_read')),
    progress_pct REAL,
    cfi TEXT,
    rating REAL,
    review TEXT,
    rated_at TEXT,
    finished_at TEXT,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, book_id)
  ) STRICT;

  CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    duration_seconds INTEGER,
    progress_start REAL,
    progress_end REAL,
    pages_turned INTEGER,
    device TEXT,
    session_uuid TEXT UNIQUE
  ) STRICT;
  `;
