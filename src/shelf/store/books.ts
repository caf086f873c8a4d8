import type { Db } from "./database";
import { BASE_NAME } from "./file-name-sql";

/** What is known of a book besides its files. */
export interface BookFacts {
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
  readonly language: string | null;
  readonly description: string | null;
  /** One of Tome's type slugs: book, manga, comic, light_novel. */
  readonly bookType: string | null;
  readonly publisher?: string | null;
  /** As the book has it: a year, a day or a moment. */
  readonly published?: string | null;
  readonly pageCount?: number | null;
}

export interface BookRow extends BookFacts {
  readonly id: number;
  readonly files: readonly {
    readonly id: number;
    readonly path: string;
    readonly format: string;
    readonly size: number;
  }[];
}

export interface BookRecord extends BookFacts {
  readonly id: number;
  /** Whether any of its files is there. */
  readonly isActive: boolean;
  /** ISO-8601, UTC. */
  readonly updatedAt: string;
  readonly addedAt: string;
}

export interface Identifier {
  /** In lower case: isbn, uuid, calibre, doi, … or "" when the book does not say. */
  readonly scheme: string;
  readonly value: string;
}

/** What a match by name needs of a book. */
export interface TitleRow {
  readonly id: number;
  readonly title: string;
  readonly seriesIndex: number | null;
}

export type HashKind = "raw" | "baked";

/** What makes a name more than a name: wildcards of LIKE, a folder, and where SQLite ends a text. */
const WILD = /[%_/\0]/;

const FACTS = `b.id, b.title, b.author, b.series, b.series_index AS seriesIndex, b.language, b.description,
  b.book_type AS bookType, b.publisher, b.published, b.page_count AS pageCount`;

/** The books; those whose files are all gone are kept, but no reader meets them. */
export class Books {
  private known: { readonly changes: number | undefined; readonly titles: readonly TitleRow[] } | undefined;

  constructor(private readonly db: Db) {}

  isActive(id: number): boolean {
    return this.db.prepare("SELECT 1 FROM books WHERE id = ? AND status = 'active'").get(id) !== undefined;
  }

  title(id: number): string | undefined {
    return this.db.prepare<[number], string>("SELECT title FROM books WHERE id = ?").pluck().get(id);
  }

  /** The book that owns a partial MD5; of several the one that had it first. */
  findByHash(md5: string): number | undefined {
    return this.id(
      `SELECT b.id FROM book_hashes h JOIN books b ON b.id = h.book_id
       WHERE h.md5 = ? AND b.status = 'active' ORDER BY h.id LIMIT 1`,
      md5,
    );
  }

  /**
   * The book with a file whose path ends with a name, by SQL's LIKE: ASCII letters of either case, `%` and `_` are
   * wildcards, as in Tome 2.3. Throws when the name is too long for LIKE (50,000 bytes).
   */
  findByPathEnd(name: string): number | undefined {
    if (!WILD.test(name)) return this.findByName("1", name);
    return this.id(
      `SELECT b.id FROM book_files f JOIN books b ON b.id = f.book_id
       WHERE '/' || f.path LIKE '%/' || ? AND b.status = 'active' AND f.missing = 0 ORDER BY f.id LIMIT 1`,
      name,
    );
  }

  /** The book with a file of exactly this name, in whatever folder. */
  findByFileName(name: string): number | undefined {
    return this.findByName(`${BASE_NAME} = @name`, name);
  }

  private findByName(condition: string, name: string): number | undefined {
    return this.db
      .prepare<[{ name: string }], number>(
        `SELECT b.id FROM (SELECT id, book_id, missing FROM book_files
           WHERE lower(${BASE_NAME}) = lower(@name) AND ${condition}) f JOIN books b ON b.id = f.book_id
         WHERE b.status = 'active' AND f.missing = 0 ORDER BY f.id LIMIT 1`,
      )
      .pluck()
      .get({ name });
  }

  /** The book with an identifier, active or not; of several the oldest. */
  findByIdentifier({ scheme, value }: Identifier): number | undefined {
    const sql = "SELECT min(book_id) FROM book_identifiers WHERE scheme = ? AND value = ?";
    return this.db.prepare<[string, string], number | null>(sql).pluck().get(scheme, value) ?? undefined;
  }

  /** The titles of all books; kept in memory until one changes, whoever changed it. */
  titles(): readonly TitleRow[] {
    const changes = this.db.prepare<[], number>("SELECT count FROM title_changes").pluck().get();
    if (this.known && this.known.changes === changes) return this.known.titles;
    const titles = this.db
      .prepare<[], TitleRow>("SELECT id, title, series_index AS seriesIndex FROM books WHERE status = 'active'")
      .all();
    this.known = { changes, titles };
    return titles;
  }

  all(): BookRow[] {
    const books = this.db.prepare<[], BookFacts & { id: number }>(
      `SELECT ${FACTS} FROM books b WHERE b.status = 'active' ORDER BY b.id`,
    );
    const files = this.db.prepare<[number], BookRow["files"][number]>(
      "SELECT id, path, format, size FROM book_files WHERE book_id = ? AND missing = 0 ORDER BY id",
    );
    return books.all().map(book => ({ ...book, files: files.all(book.id) }));
  }

  /** What is known of a book, be its files there or not. */
  find(id: number): BookRecord | undefined {
    const sql = `SELECT ${FACTS}, b.status = 'active' AS isActive, b.updated_at AS updatedAt, b.added_at AS addedAt
      FROM books b WHERE b.id = ?`;
    const found = this.db.prepare<[number], Omit<BookRecord, "isActive"> & { isActive: number }>(sql).get(id);
    return found && { ...found, isActive: found.isActive === 1 };
  }

  add(facts: BookFacts, at: string, addedBy: number | null = null): number {
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO books (title, author, series, series_index, language, description, book_type, publisher, published,
           page_count, sort_title, added_by, added_at, updated_at)
         VALUES (@title, @author, @series, @seriesIndex, @language, @description, @bookType, @publisher, @published,
           @pageCount, @sortTitle, @addedBy, @at, @at)`,
      )
      .run({ ...columnsOf(facts), at, addedBy });
    return Number(lastInsertRowid);
  }

  setFacts(id: number, facts: BookFacts, at: string): void {
    this.db
      .prepare(
        `UPDATE books SET title = @title, author = @author, series = @series, series_index = @seriesIndex,
           language = @language, description = @description, book_type = @bookType, publisher = @publisher,
           published = @published, page_count = @pageCount, sort_title = @sortTitle, updated_at = @at WHERE id = @id`,
      )
      .run({ ...columnsOf(facts), id, at });
  }

  setIdentifiers(id: number, identifiers: readonly Identifier[]): void {
    this.db.prepare("DELETE FROM book_identifiers WHERE book_id = ?").run(id);
    const insert = this.db.prepare("INSERT OR IGNORE INTO book_identifiers VALUES (?, ?, ?)");
    for (const { scheme, value } of identifiers) insert.run(id, scheme, value);
  }

  identifiers(id: number): Identifier[] {
    const sql = "SELECT scheme, value FROM book_identifiers WHERE book_id = ? ORDER BY scheme, value";
    return this.db.prepare<[number], Identifier>(sql).all(id);
  }

  setTags(id: number, tags: readonly string[]): void {
    this.db.prepare("DELETE FROM book_tags WHERE book_id = ?").run(id);
    const insert = this.db.prepare("INSERT OR IGNORE INTO book_tags VALUES (?, ?)");
    for (const tag of tags) insert.run(id, tag);
  }

  tags(id: number): string[] {
    return this.db
      .prepare<[number], string>("SELECT tag FROM book_tags WHERE book_id = ? ORDER BY tag")
      .pluck()
      .all(id);
  }

  /** Remembers a digest. Earlier digests stay: a device may hold an older copy. */
  addHash(bookId: number, md5: string, kind: HashKind, at: string): void {
    this.db
      .prepare("INSERT OR IGNORE INTO book_hashes (book_id, md5, kind, created_at) VALUES (?, ?, ?, ?)")
      .run(bookId, md5, kind, at);
  }

  private id(sql: string, value: string): number | undefined {
    return this.db.prepare<[string], number>(sql).pluck().get(value);
  }
}

function columnsOf(facts: BookFacts): object {
  return { publisher: null, published: null, pageCount: null, ...facts, sortTitle: sortKeyOf(facts.title) };
}

/** By what a title is put in order: without case and accents. */
function sortKeyOf(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
