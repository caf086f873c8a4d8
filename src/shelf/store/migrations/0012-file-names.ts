import { BASE_NAME } from "../file-name-sql";

/** Finds a file by its name without looking at every file of the library, and tells when what books are called changed. */
export const fileNames = `
  CREATE INDEX book_files_by_name ON book_files (lower(${BASE_NAME}));

  CREATE TABLE title_changes (count INTEGER NOT NULL) STRICT;
  INSERT INTO title_changes VALUES (0);
  CREATE TRIGGER titles_added AFTER INSERT ON books BEGIN UPDATE title_changes SET count = count + 1; END;
  CREATE TRIGGER titles_removed AFTER DELETE ON books BEGIN UPDATE title_changes SET count = count + 1; END;
  CREATE TRIGGER titles_changed AFTER UPDATE OF title, series_index, status ON books
    BEGIN UPDATE title_changes SET count = count + 1; END;
  `;
