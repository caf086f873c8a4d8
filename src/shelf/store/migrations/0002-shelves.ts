/** Tags of books, and the searches that a user keeps as shelves. The next scan looks into every file again, for its tags. */
export const shelves = `
  CREATE TABLE book_tags (
    book_id INTEGER NOT NULL REFERENCES books (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (book_id, tag)
  ) STRICT;

  CREATE TABLE shelves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    params TEXT NOT NULL,
    sort_order INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  UPDATE book_files SET modified_ms = -1;
  `;
