import type { Reason } from "../../core/failure";
import type { BookId, ConnectionId, EntryId, NewEntry, OutboxEntry, Payload } from "../../core/outbox";
import { type EpochSeconds, epochSeconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Json } from "../../ports/json";
import type { OutboxStore, WaitingCount } from "../../ports/store";
import type { Database, Row } from "./database";

export class SqliteOutboxStore implements OutboxStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
    private readonly clock: Clock,
  ) {}

  add(entries: readonly NewEntry[]): void {
    this.database().durableTransaction(() => {
      this.insertAll(entries);
    });
  }

  finish(entries: readonly NewEntry[]): void {
    this.database().durableTransaction(() => {
      this.insertAll(entries);
      this.database().run("DELETE FROM open_session");
    });
  }

  waiting(connection: ConnectionId, after: EntryId, limit: number): OutboxEntry[] {
    const sql =
      "SELECT id, connection, book, payload, created_at, reason FROM outbox WHERE connection = ? AND id > ? ORDER BY id LIMIT ?";
    const entries: OutboxEntry[] = [];
    for (const row of this.database().query(sql, [connection, after, limit])) {
      const entry = this.read(row);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  count(connection: ConnectionId): WaitingCount {
    const sql = "SELECT kind, COUNT(*) FROM outbox WHERE connection = ? GROUP BY kind";
    const counts = { sessions: 0, positions: 0 };
    for (const [kind, count] of this.database().query(sql, [connection])) {
      if (kind === "session") counts.sessions = Number(count);
      if (kind === "position") counts.positions = Number(count);
    }
    return counts;
  }

  remove(id: EntryId): void {
    this.database().run("DELETE FROM outbox WHERE id = ?", [id]);
  }

  supersede(connection: ConnectionId, book: BookId): void {
    this.database().run("DELETE FROM outbox WHERE connection = ? AND book = ? AND kind = 'position'", [
      connection,
      book,
    ]);
  }

  keep(id: EntryId, reason: Reason): void {
    this.database().run("UPDATE outbox SET reason = ? WHERE id = ?", [reason, id]);
  }

  private insertAll(entries: readonly NewEntry[]): void {
    const now = this.clock.epoch();
    for (const entry of entries) this.insert(entry, now);
  }

  private insert({ connection, book, payload }: NewEntry, now: EpochSeconds): void {
    if (payload.kind === "position") this.supersede(connection, book);
    const sql = "INSERT INTO outbox (connection, book, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)";
    this.database().run(sql, [connection, book, payload.kind, this.json.encode(payload), now]);
  }

  private read([id, connection, book, payload, createdAt, reason]: Row): OutboxEntry | undefined {
    const decoded = this.json.decode(tostring(payload));
    if (!decoded.ok) return undefined;
    return {
      id: Number(id) as EntryId,
      connection: tostring(connection) as ConnectionId,
      book: Number(book) as BookId,
      payload: decoded.value as Payload,
      createdAt: epochSeconds(Number(createdAt)),
      ...(reason === "" ? {} : { reason: reason as Reason }),
    };
  }
}
