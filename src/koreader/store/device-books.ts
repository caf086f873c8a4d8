import type { BookId, ConnectionId } from "../../core/outbox";
import type { DeviceBook, DeviceBooks } from "../../ports/device-books";
import { type Database, numberOf } from "./database";

/** SQLite takes 999 values in one statement, on the oldest devices. */
const MOST_VALUES = 500;

export class SqliteDeviceBooks implements DeviceBooks {
  /** @param isThere whether a file exists: an absolute path */
  constructor(
    private readonly database: () => Database,
    private readonly isThere: (file: string) => boolean,
  ) {}

  linked(connection: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, readonly DeviceBook[]> {
    const found = new Map<string, DeviceBook[]>();
    for (const first of $range(0, remoteIds.length - 1, MOST_VALUES)) {
      this.collect(connection, remoteIds.slice(first, first + MOST_VALUES), found);
    }
    return found;
  }

  files(connection: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, string> {
    const files = new Map<string, string>();
    for (const [remoteId, books] of this.linked(connection, remoteIds)) {
      const present = books.find(({ file }) => this.isThere(file));
      if (present !== undefined) files.set(remoteId, present.file);
    }
    return files;
  }

  private collect(connection: ConnectionId, remoteIds: readonly string[], found: Map<string, DeviceBook[]>): void {
    const sql = `
      SELECT link.remote_id, book.id, book.file FROM link JOIN book ON book.id = link.book
      WHERE link.connection = ? AND link.confirmed = 1 AND link.remote_id IN (${remoteIds.map(() => "?").join(", ")})
      ORDER BY book.id DESC`;
    for (const [remoteId, book, file] of this.database().query(sql, [connection as string].concat(remoteIds))) {
      const key = tostring(remoteId);
      const books = found.get(key) ?? [];
      books.push({ book: numberOf(book) as BookId, file: tostring(file) });
      found.set(key, books);
    }
  }
}
