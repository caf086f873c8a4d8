import { part } from "../../parts";
import type { BookFacts } from "../../core/book";
import type { BookId } from "../../core/outbox";
import type { BookStore } from "../../ports/store";
import { type Database, numberOf, type Row } from "./database";

function textAt(row: Row, index: number): string {
  return tostring(row[index] ?? "");
}

export class SqliteBookStore implements BookStore {
  constructor(private readonly database: () => Database) {}

  identify(facts: BookFacts): BookId {
    const known = this.known(facts);
    if (known !== undefined && this.isUnchanged(known, facts)) return known;
    let book = known;
    this.database().transaction(() => {
      book = this.save(known, facts);
    });
    return book ?? error("a book without an id");
  }

  find(digest: string): BookId | undefined {
    const row = this.database().first("SELECT book FROM alias WHERE kind = 'digest' AND value = ?", [digest]);
    return row === undefined ? undefined : (numberOf(row[0]) as BookId);
  }

  facts(book: BookId): BookFacts | undefined {
    const sql = "SELECT digest, file, title, authors, identifiers, pages FROM book WHERE id = ?";
    const row = this.database().first(sql, [book]);
    if (row === undefined) return undefined;
    const [digest, file, title] = [textAt(row, 0), textAt(row, 1), textAt(row, 2)];
    return { digest, file, title, authors: textAt(row, 3), identifiers: textAt(row, 4), pages: numberOf(row[5]) };
  }

  isTracked(book: BookId): boolean {
    return this.database().first("SELECT tracked FROM book WHERE id = ?", [book])?.[0] !== 0;
  }

  setTracked(book: BookId, on: boolean): void {
    this.database().run("UPDATE book SET tracked = ? WHERE id = ?", [on ? 1 : 0, book]);
  }

  /**
   * By the digest. A file that was rewritten is found by the digest that it had at first, or by its path, when it still says that
   * it is that book: a sidecar stays where it is when another book takes the file's name.
   */
  private known(facts: BookFacts): BookId | undefined {
    const { digest, firstDigest, file } = facts;
    return this.find(digest) ?? this.under("digest", firstDigest, facts) ?? this.under("path", file, facts);
  }

  private under(kind: "digest" | "path", value: string | undefined, facts: BookFacts): BookId | undefined {
    if (value === undefined) return undefined;
    const row = this.database().first("SELECT book FROM alias WHERE kind = ? AND value = ?", [kind, value]);
    const book = row === undefined ? undefined : (numberOf(row[0]) as BookId);
    const kept = book === undefined ? undefined : this.facts(book);
    return kept !== undefined && part("koreader/store/alike").isAlike(kept, facts) ? book : undefined;
  }

  private isUnchanged(book: BookId, facts: BookFacts): boolean {
    const known = this.facts(book);
    return (
      known?.digest === facts.digest &&
      known.file === facts.file &&
      known.title === facts.title &&
      known.authors === facts.authors &&
      known.identifiers === (facts.identifiers ?? known.identifiers) &&
      known.pages === (facts.pages ?? known.pages)
    );
  }

  private save(known: BookId | undefined, facts: BookFacts): BookId {
    const { digest, file, title, authors, identifiers = "", pages = 0 } = facts;
    const database = this.database();
    // An alias can outlive its book in a store that was damaged: then the book comes back under its old id.
    const sql = `
      INSERT INTO book (digest, file, title, authors, identifiers, pages, id) VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, 0))
      ON CONFLICT (id) DO UPDATE SET
        digest = excluded.digest, file = excluded.file, title = excluded.title, authors = excluded.authors,
        identifiers = excluded.identifiers, pages = excluded.pages`;
    database.run(sql, [digest, file, title, authors, identifiers, pages, known ?? 0]);
    const book = known ?? (numberOf(database.first("SELECT last_insert_rowid()")?.[0]) as BookId);
    const alias = "INSERT OR REPLACE INTO alias (kind, value, book) VALUES (?, ?, ?)";
    database.run(alias, ["digest", digest, book]);
    database.run(alias, ["path", file, book]);
    return book;
  }
}
