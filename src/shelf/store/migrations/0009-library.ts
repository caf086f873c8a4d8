/** More of what files say, why some say nothing, what stands beside them, and an index of words. The next scan looks into every file again. */
export const library = `
  ALTER TABLE books ADD COLUMN publisher TEXT;
  ALTER TABLE books ADD COLUMN published TEXT;
  ALTER TABLE books ADD COLUMN page_count INTEGER;
  ALTER TABLE books ADD COLUMN added_at TEXT;
  ALTER TABLE books ADD COLUMN sort_title TEXT NOT NULL DEFAULT '';
  UPDATE books SET added_at = updated_at, sort_title = lower(title);
  CREATE INDEX books_by_title ON books (status, sort_title, id);
  CREATE INDEX books_by_series ON books (series, series_index);

  ALTER TABLE book_files ADD COLUMN problem TEXT;
  ALTER TABLE book_files ADD COLUMN described_ms INTEGER NOT NULL DEFAULT 0;
  UPDATE book_files SET described_ms = -1;
  CREATE INDEX book_files_by_md5 ON book_files (md5);

  CREATE VIRTUAL TABLE book_words USING fts5 (
    title, author, series, content = 'books', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  INSERT INTO book_words (book_words) VALUES ('rebuild');
  CREATE TRIGGER book_words_add AFTER INSERT ON books BEGIN
    INSERT INTO book_words (rowid, title, author, series) VALUES (new.id, new.title, new.author, new.series);
  END;
  CREATE TRIGGER book_words_change AFTER UPDATE OF title, author, series ON books BEGIN
    INSERT INTO book_words (book_words, rowid, title, author, series)
      VALUES ('delete', old.id, old.title, old.author, old.series);
    INSERT INTO book_words (rowid, title, author, series) VALUES (new.id, new.title, new.author, new.series);
  END;
  CREATE TRIGGER book_words_remove AFTER DELETE ON books BEGIN
    INSERT INTO book_words (book_words, rowid, title, author, series)
      VALUES ('delete', old.id, old.title, old.author, old.series);
  END;
  `;
