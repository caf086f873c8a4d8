import type { BookFacts, Match } from "../../core/book";
import type { BookId, ConnectionId } from "../../core/outbox";
import type { BookStore, Link } from "../../ports/store";
import type { Database, Row } from "./database";

function textAt(row: Row, index: number): string {
  return tostring(row[index] ?? "");
}

export class SqliteBookStore implements BookStore {
  constructor(private readonly database: () => Database) {}

  identify(facts: BookFacts): BookId {
    const known = this.find(facts);
    if (known !== undefined && this.isUnchanged(known, facts)) return known;
    let book = known;
    this.database().transaction(() => {
      book = this.save(known, facts);
    });
    return book ?? error("a book without an id");
  }

  facts(book: BookId): BookFacts | undefined {
    const row = this.database().first("SELECT digest, file, title, authors FROM book WHERE id = ?", [book]);
    if (row === undefined) return undefined;
    return { digest: textAt(row, 0), file: textAt(row, 1), title: textAt(row, 2), authors: textAt(row, 3) };
  }

  link(book: BookId, connection: ConnectionId): Link | undefined {
    const sql = "SELECT remote_id, method, seen FROM link WHERE book = ? AND connection = ?";
    const row = this.database().first(sql, [book, connection]);
    if (row === undefined) return undefined;
    const seen = textAt(row, 2);
    const match: Match = { remoteId: textAt(row, 0), method: row[1] === "digest" ? "digest" : "name" };
    return seen === "" ? match : { ...match, seen };
  }

  saveLink(book: BookId, connection: ConnectionId, { remoteId, method }: Match): void {
    const sql = "INSERT OR REPLACE INTO link (book, connection, remote_id, method) VALUES (?, ?, ?, ?)";
    this.database().run(sql, [book, connection, remoteId, method]);
  }

  saw(book: BookId, connection: ConnectionId, stamp: string): void {
    this.database().run("UPDATE link SET seen = ? WHERE book = ? AND connection = ?", [stamp, book, connection]);
  }

  /** By the digest; else by the path, when the title says that it is the same book whose file was rewritten. */
  private find({ digest, file, title }: BookFacts): BookId | undefined {
    const byDigest = this.database().first("SELECT book FROM alias WHERE kind = 'digest' AND value = ?", [digest]);
    const byPath =
      byDigest ??
      this.database().first(
        "SELECT book.id FROM alias JOIN book ON book.id = alias.book WHERE kind = 'path' AND value = ? AND title = ?",
        [file, title],
      );
    return byPath === undefined ? undefined : (Number(byPath[0]) as BookId);
  }

  private isUnchanged(book: BookId, facts: BookFacts): boolean {
    const known = this.facts(book);
    return (
      known?.digest === facts.digest &&
      known.file === facts.file &&
      known.title === facts.title &&
      known.authors === facts.authors
    );
  }

  private save(known: BookId | undefined, { digest, file, title, authors }: BookFacts): BookId {
    const database = this.database();
    if (known === undefined) {
      const sql = "INSERT INTO book (digest, file, title, authors) VALUES (?, ?, ?, ?)";
      database.run(sql, [digest, file, title, authors]);
    } else {
      const sql = "UPDATE book SET digest = ?, file = ?, title = ?, authors = ? WHERE id = ?";
      database.run(sql, [digest, file, title, authors, known]);
    }
    const book = known ?? (Number(database.first("SELECT last_insert_rowid()")?.[0]) as BookId);
    const alias = "INSERT OR REPLACE INTO alias (kind, value, book) VALUES (?, ?, ?)";
    database.run(alias, ["digest", digest, book]);
    database.run(alias, ["path", file, book]);
    return book;
  }
}
