import type { Match, MatchMethod } from "../../core/book";
import { LONGEST_MISS_SECONDS, pauseAfterMiss } from "../../core/miss";
import type { BookId, ConnectionId } from "../../core/outbox";
import type { Clock } from "../../ports/clock";
import type { Link, LinkStore, UncertainBook } from "../../ports/store";
import { type Database, numberOf } from "./database";

/** After this many misses the pause is the longest. */
const MISSES_OF_A_WRONG_MATCH = 9;

/**
 * A miss that it is too early to ask about again, given the time now, twice. One that lies further ahead than any pause was
 * noted by a clock that was wrong.
 */
export const NOT_DUE = `next_try > ? AND next_try <= ? + ${LONGEST_MISS_SECONDS}`;

export class SqliteLinkStore implements LinkStore {
  constructor(
    private readonly database: () => Database,
    private readonly clock: Clock,
  ) {}

  link(book: BookId, connection: ConnectionId): Link | undefined {
    const sql = "SELECT remote_id, method, title, confirmed, seen, written FROM link WHERE book = ? AND connection = ?";
    const row = this.database().first(sql, [book, connection]);
    if (row === undefined) return undefined;
    const [title, seen, written] = [tostring(row[2] ?? ""), tostring(row[4] ?? ""), tostring(row[5] ?? "")];
    return {
      remoteId: tostring(row[0]),
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
}
