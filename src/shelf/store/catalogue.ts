import type { Db } from "./database";
import { beginsWord, type Filter } from "./shelf-filters";
import type { Status } from "../reading-status";
import type { User } from "./users";

/** A book in a list. */
export interface Entry {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
  readonly bookType: string | null;
  readonly status: Status;
  /** Sizes in bytes. */
  readonly files: readonly { readonly id: number; readonly format: string; readonly size: number }[];
}

export interface SeriesRow {
  /** null = the books without a series. */
  readonly name: string | null;
  readonly count: number;
  readonly firstBookId: number;
  readonly author: string | null;
}

export interface AuthorRow {
  /** null = the books without an author. */
  readonly name: string | null;
  readonly count: number;
}

/** Some of a list. */
interface Slice {
  readonly limit: number;
  readonly offset: number;
}

type EntryRecord = Omit<Entry, "files">;
export type Viewer = Pick<User, "id" | "role">;

/** Tome 2.3's rule: administrators see all; others their own, what stands in no library, and public or own libraries. */
export const VISIBLE = `(@admin = 1 OR b.added_by = @viewer
  OR EXISTS (SELECT 1 FROM library_books lb JOIN libraries l ON l.id = lb.library_id
    WHERE lb.book_id = b.id AND (l.is_public = 1 OR l.owner_id = @viewer))
  OR (NOT EXISTS (SELECT 1 FROM library_books lb WHERE lb.book_id = b.id)
    AND (b.added_by IS NULL OR (SELECT role FROM users WHERE id = b.added_by) = 'admin')))`;

const SERIES = "nullif(b.series, '')";
const BOOKS = "books b LEFT JOIN book_statuses s ON s.book_id = b.id AND s.user_id = @viewer";
const AUTHOR = "nullif(b.author, '')";
const BY_SERIES = `${SERIES} IS NULL, ${SERIES}, b.series_index IS NULL, b.series_index, b.title, b.id`;

/** The lists that a reader browses: only active books that this user may see. */
export class Catalogue {
  constructor(private readonly db: Db) {
    db.function("begins_word", { deterministic: true, varargs: true }, beginsWord);
  }

  canSee(viewer: Viewer, bookId: number): boolean {
    return this.entries(viewer, "b.id = @bookId", { bookId }).length > 0;
  }

  find(viewer: Viewer, bookId: number): Entry | undefined {
    return this.entries(viewer, "b.id = @bookId", { bookId })[0];
  }

  /** The books of a series, or those without one. */
  inSeries(viewer: Viewer, series: string | null): Entry[] {
    return series === null
      ? this.entries(viewer, `${SERIES} IS NULL`, {})
      : this.entries(viewer, "b.series = @series", { series });
  }

  /** The newest books first. */
  recent(viewer: Viewer, { limit, offset }: Slice): Entry[] {
    return this.entries(viewer, "1 = 1", { limit, offset }, "b.added_at DESC, b.id DESC LIMIT @limit OFFSET @offset");
  }

  /** The series of which a user has begun or read a book; the one he was last in comes first. */
  seriesInProgress(viewer: Viewer, limit: number): string[] {
    const sql = `SELECT b.series FROM books b JOIN book_statuses s ON s.book_id = b.id AND s.user_id = @viewer
       WHERE b.status = 'active' AND b.series <> '' AND s.status IN ('reading', 'read') AND ${VISIBLE}
       GROUP BY b.series ORDER BY max(s.updated_at) DESC, b.series LIMIT @limit`;
    return this.db
      .prepare<[object], string>(sql)
      .pluck()
      .all({ ...viewpoint(viewer), limit });
  }

  /** The books of an author by his exact name; null = those without author. */
  byAuthor(viewer: Viewer, author: string | null): Entry[] {
    return author === null
      ? this.entries(viewer, "coalesce(b.author, '') = ''", {})
      : this.entries(viewer, "b.author = @author", { author });
  }

  /** Books in whose title, author or series every term occurs (SQL's LIKE, wildcards included). */
  search(viewer: Viewer, terms: readonly string[], limit: number): Entry[] {
    const where = terms.map((_, i) => `(b.title LIKE @t${i} OR b.author LIKE @t${i} OR b.series LIKE @t${i})`);
    const values = Object.fromEntries(terms.map((term, i) => [`t${i}`, `%${term}%`]));
    return this.entries(viewer, where.join(" AND "), { ...values, limit }, `${BY_SERIES} LIMIT @limit`);
  }

  series(viewer: Viewer): SeriesRow[] {
    return this.db
      .prepare<[object], SeriesRow>(
        `SELECT ${SERIES} AS name, count(*) AS count, min(b.id) AS firstBookId, min(b.author) AS author
         FROM books b WHERE b.status = 'active' AND ${VISIBLE} GROUP BY ${SERIES} ORDER BY ${SERIES} IS NULL, ${SERIES}`,
      )
      .all(viewpoint(viewer));
  }

  authors(viewer: Viewer): AuthorRow[] {
    return this.db
      .prepare<[object], AuthorRow>(
        `SELECT ${AUTHOR} AS name, count(*) AS count
         FROM books b WHERE b.status = 'active' AND ${VISIBLE} GROUP BY ${AUTHOR} ORDER BY ${AUTHOR} IS NULL, ${AUTHOR}`,
      )
      .all(viewpoint(viewer));
  }

  /** The books that a shelf's filter lets pass. */
  filtered(viewer: Viewer, { where, values }: Filter): Entry[] {
    return this.entries(viewer, where, values);
  }

  /** How many books a shelf's filter lets pass. */
  count(viewer: Viewer, { where, values }: Filter): number {
    const sql = `SELECT count(*) FROM ${BOOKS} WHERE b.status = 'active' AND ${VISIBLE} AND ${where}`;
    return this.db
      .prepare<[object], number>(sql)
      .pluck()
      .get({ ...viewpoint(viewer), ...values }) as number;
  }

  private entries(viewer: Viewer, where: string, values: Record<string, unknown>, order = BY_SERIES): Entry[] {
    const books = this.db
      .prepare<[object], EntryRecord>(
        `SELECT b.id, b.title, b.author, ${SERIES} AS series, b.series_index AS seriesIndex, b.book_type AS bookType,
           coalesce(s.status, 'unread') AS status
         FROM ${BOOKS} WHERE b.status = 'active' AND ${VISIBLE} AND ${where}
         ORDER BY ${order}`,
      )
      .all({ ...viewpoint(viewer), ...values });
    const files = this.filesOf(books.map(book => book.id));
    return books.map(book => ({ ...book, files: files.get(book.id) ?? [] }));
  }

  /** In one query for all: a list may hold the whole library. */
  private filesOf(bookIds: readonly number[]): Map<number, Entry["files"][number][]> {
    const rows = this.db
      .prepare<[string], Entry["files"][number] & { bookId: number }>(
        `SELECT book_id AS bookId, id, format, size FROM book_files
         WHERE missing = 0 AND book_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
      )
      .all(JSON.stringify(bookIds));
    const files = new Map<number, Entry["files"][number][]>(bookIds.map(id => [id, []]));
    for (const { bookId, ...file } of rows) files.get(bookId)?.push(file);
    return files;
  }
}

/** The values that the rule asks for. */
export function viewpoint(viewer: Viewer): { viewer: number; admin: number } {
  return { viewer: viewer.id, admin: viewer.role === "admin" ? 1 : 0 };
}
