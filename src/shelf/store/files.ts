import type { Db } from "./database";

/** A file of a book as the last scan saw it. */
export interface BookFile {
  readonly id: number;
  readonly bookId: number;
  /** Below the books folder, with `/` between names. */
  readonly path: string;
  readonly format: string;
  /** Bytes. */
  readonly size: number;
  readonly modifiedMs: number;
  /** The file's partial MD5. */
  readonly md5: string;
  readonly missing: boolean;
  /** When the description beside it was written that its book's facts are from; 0 = there is none. */
  readonly describedMs: number;
  /** Why it could not be looked into; null = it could. */
  readonly problem: string | null;
}

type Optional = "describedMs" | "problem";
export type NewFile = Omit<BookFile, "id" | "missing" | Optional> & Partial<Pick<BookFile, Optional>>;

const COLUMNS = `id, book_id AS bookId, path, format, size, modified_ms AS modifiedMs, md5, missing,
  described_ms AS describedMs, problem`;

type FileRecord = Omit<BookFile, "missing"> & { missing: number };

/** The files of the books. A file that is gone is marked, not forgotten: it may come back, here or elsewhere. */
export class Files {
  constructor(private readonly db: Db) {}

  all(): BookFile[] {
    return this.db.prepare<[], FileRecord>(`SELECT ${COLUMNS} FROM book_files ORDER BY id`).all().map(fileOf);
  }

  /** The files of a book, those that are gone too. */
  ofBook(bookId: number): BookFile[] {
    return this.db
      .prepare<[number], FileRecord>(`SELECT ${COLUMNS} FROM book_files WHERE book_id = ? ORDER BY id`)
      .all(bookId)
      .map(fileOf);
  }

  /** The files that are there and could not be looked into, by path. */
  withProblems(): { readonly path: string; readonly bookId: number; readonly problem: string }[] {
    return this.db
      .prepare<[], { path: string; bookId: number; problem: string }>(
        `SELECT path, book_id AS bookId, problem FROM book_files
         WHERE problem IS NOT NULL AND missing = 0 ORDER BY path`,
      )
      .all();
  }

  /** The path of a book's file; undefined when the book has none of that id. */
  pathOf(bookId: number, fileId: number): string | undefined {
    const sql = "SELECT path FROM book_files WHERE book_id = ? AND id = ?";
    return this.db.prepare<[number, number], string>(sql).pluck().get(bookId, fileId);
  }

  add(file: NewFile): number {
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO book_files (book_id, path, format, size, modified_ms, md5, described_ms, problem)
         VALUES (@bookId, @path, @format, @size, @modifiedMs, @md5, @describedMs, @problem)`,
      )
      .run({ describedMs: 0, problem: null, ...file });
    return Number(lastInsertRowid);
  }

  /** Records what a known file looks like now and where; a missing one is there again. */
  update(id: number, seen: Omit<NewFile, "bookId">): void {
    this.db
      .prepare(
        `UPDATE book_files SET path = @path, format = @format, size = @size, modified_ms = @modifiedMs, md5 = @md5,
           described_ms = @describedMs, problem = @problem, missing = 0 WHERE id = @id`,
      )
      .run({ describedMs: 0, problem: null, ...seen, id });
  }

  /** Leaves a file's path to another one; of its own it keeps what people can read. */
  freePath(id: number): void {
    this.db.prepare("UPDATE book_files SET path = path || char(10) || id WHERE id = ?").run(id);
  }

  markMissing(id: number): void {
    this.db.prepare("UPDATE book_files SET missing = 1 WHERE id = ?").run(id);
  }

  /** Books with no file left become missing, those with one become active. Books without file rows stay as they are. */
  refreshBooks(): void {
    this.db.exec(`
      UPDATE books SET status = present.status FROM (
        SELECT book_id, CASE WHEN min(missing) = 1 THEN 'missing' ELSE 'active' END AS status
        FROM book_files GROUP BY book_id) AS present
      WHERE books.id = present.book_id AND books.status <> present.status`);
  }
}

function fileOf(record: FileRecord): BookFile {
  return { ...record, missing: record.missing === 1 };
}
