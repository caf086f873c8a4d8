import { part } from "../../parts";
import type { BookFacts, Match, MatchMethod } from "../../core/book";
import { LONGEST_MISS_SECONDS, pauseAfterMiss } from "../../core/miss";
import type { BookId, ConnectionId } from "../../core/outbox";
import type { Clock } from "../../ports/clock";
import type { BookStore, Link, UncertainBook } from "../../ports/store";
import { type Database, numberOf, type Row } from "./database";

/** After this many misses the pause is the longest. */
const MISSES_OF_A_WRONG_MATCH = 9;

/**
 * A miss that it is too early to ask about again, given the time now, twice. One that lies further ahead than any pause was
 * noted by a clock that was wrong.
 */
export const NOT_DUE = `next_try > ? AND next_try <= ? + ${LONGEST_MISS_SECONDS}`;

function textAt(row: Row, index: number): string {
  return tostring(row[index] ?? "");
}

export class SqliteBookStore implements BookStore {
  constructor(
    private readonly database: () => Database,
    private readonly clock: Clock,
  ) {}

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

  link(book: BookId, connection: ConnectionId): Link | undefined {
    const sql = "SELECT remote_id, method, title, confirmed, seen, written FROM link WHERE book = ? AND connection = ?";
    const row = this.database().first(sql, [book, connection]);
    if (row === undefined) return undefined;
    const title = textAt(row, 2);
    const seen = textAt(row, 4);
    const written = textAt(row, 5);
    return {
      remoteId: textAt(row, 0),
      method: row[1] as MatchMethod,
      isConfirmed: row[3] === 1,
      ...(title === "" ? {} : { title }),
      ...(seen === "" ? {} : { seen }),
      ...(written === "" ? {} : { written }),
    };
  }

  saveLink(book: BookId, connection: ConnectionId, { remoteId, method, title }: Match): void {
    const sql =
      "INSERT OR REPLACE INTO link (book, connection, remote_id, method, title, confirmed) VALUES (?, ?, ?, ?, ?, ?)";
    this.database().transaction(() => {
      this.database().run(sql, [book, connection, remoteId, method, title ?? "", method === "name" ? 0 : 1]);
      this.database().run("DELETE FROM miss WHERE book = ? AND connection = ?", [book, connection]);
    });
  }

  confirm(book: BookId, connection: ConnectionId): void {
    this.database().run("UPDATE link SET confirmed = 1 WHERE book = ? AND connection = ?", [book, connection]);
  }

  forget(book: BookId, connection: ConnectionId): void {
    this.database().transaction(() => {
      this.unlink(book, connection);
      this.noteMiss(book, connection, MISSES_OF_A_WRONG_MATCH);
    });
  }

  unlink(book: BookId, connection: ConnectionId): void {
    this.database().run("DELETE FROM link WHERE book = ? AND connection = ?", [book, connection]);
  }

  hasLinks(connection: ConnectionId): boolean {
    return this.database().first("SELECT 1 FROM link WHERE connection = ? LIMIT 1", [connection]) !== undefined;
  }

  unlinkAll(connection: ConnectionId): void {
    this.database().transaction(() => {
      this.database().run("DELETE FROM link WHERE connection = ?", [connection]);
      this.forgiveMisses(connection);
    });
  }

  missed(book: BookId, connection: ConnectionId): void {
    const row = this.database().first("SELECT misses FROM miss WHERE book = ? AND connection = ?", [book, connection]);
    this.noteMiss(book, connection, numberOf(row?.[0]) + 1);
  }

  isMissing(book: BookId, connection: ConnectionId): boolean {
    const now = this.clock.epoch();
    const sql = `SELECT 1 FROM miss WHERE book = ? AND connection = ? AND ${NOT_DUE}`;
    return this.database().first(sql, [book, connection, now, now]) !== undefined;
  }

  forgiveMisses(connection: ConnectionId): void {
    this.database().run("DELETE FROM miss WHERE connection = ?", [connection]);
  }

  uncertain(connection: ConnectionId, after: BookId, limit: number): UncertainBook[] {
    const sql = `
      SELECT id, digest FROM book WHERE id > ? AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.book = book.id AND connection = ? AND method <> 'name'
      ) ORDER BY id LIMIT ?`;
    const rows = this.database().query(sql, [after, connection, limit]);
    return rows.map(([book, digest]) => ({ book: numberOf(book) as BookId, digest: tostring(digest) }));
  }

  isTracked(book: BookId): boolean {
    return this.database().first("SELECT tracked FROM book WHERE id = ?", [book])?.[0] !== 0;
  }

  setTracked(book: BookId, on: boolean): void {
    this.database().run("UPDATE book SET tracked = ? WHERE id = ?", [on ? 1 : 0, book]);
  }

  saw(book: BookId, connection: ConnectionId, stamp: string): void {
    this.database().run("UPDATE link SET seen = ? WHERE book = ? AND connection = ?", [stamp, book, connection]);
  }

  wrote(book: BookId, connection: ConnectionId, stamp: string): void {
    const sql = "UPDATE link SET seen = ?, written = ? WHERE book = ? AND connection = ?";
    this.database().run(sql, [stamp, stamp, book, connection]);
  }

  private noteMiss(book: BookId, connection: ConnectionId, misses: number): void {
    const sql = "INSERT OR REPLACE INTO miss (book, connection, misses, next_try) VALUES (?, ?, ?, ?)";
    this.database().run(sql, [book, connection, misses, this.clock.epoch() + pauseAfterMiss(misses)]);
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
