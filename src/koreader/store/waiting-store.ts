import type { Reason } from "../../core/failure";
import type { BookId, ConnectionId, EntryId, EntryState, OutboxEntry, Payload } from "../../core/outbox";
import type { Position } from "../../core/position";
import { joined, type SessionRecord } from "../../core/session";
import { epochSeconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Json } from "../../ports/json";
import type { WaitingCount, WaitingStore } from "../../ports/store";
import { type Cell, type Database, numberOf, type Row } from "./database";
import { NOT_DUE } from "./link-store";
import { forgetPlaces, placesOf } from "./own-places";

/** Given the connection, an id, the connection twice, the time now twice, and a limit. */
const MAY_BE_SENT = `
  connection = ? AND id > ? AND state IN ('waiting', 'unknown')
  AND NOT EXISTS (SELECT 1 FROM link WHERE link.book = outbox.book AND link.connection = ? AND confirmed = 0)
  AND NOT EXISTS (SELECT 1 FROM miss WHERE miss.book = outbox.book AND miss.connection = ? AND ${NOT_DUE})
  ORDER BY id LIMIT ?`;

/** The same table as SqliteOutboxStore: what happens to entries once they are in it. */
export class SqliteWaitingStore implements WaitingStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
    private readonly clock: Clock,
  ) {}

  list(connection: ConnectionId, limit: number): OutboxEntry[] {
    return this.read("connection = ? ORDER BY id LIMIT ?", [connection, limit]);
  }

  take(connection: ConnectionId, after: EntryId, limit: number): OutboxEntry[] {
    const now = this.clock.epoch();
    const entries = this.read(MAY_BE_SENT, [connection, after, connection, connection, now, now, limit]);
    this.database().transaction(() => {
      for (const { id, state } of entries) if (state === "waiting") this.stay(id, "in flight");
    });
    return entries;
  }

  isDue(connection: ConnectionId): boolean {
    const now = this.clock.epoch();
    const sql = `SELECT 1 FROM outbox WHERE ${MAY_BE_SENT}`;
    return this.database().first(sql, [connection, 0, connection, connection, now, now, 1]) !== undefined;
  }

  release(connection: ConnectionId): void {
    this.database().run("UPDATE outbox SET state = 'waiting' WHERE state = 'in flight' AND connection = ?", [
      connection,
    ]);
  }

  count(connection: ConnectionId): WaitingCount {
    const sql = "SELECT kind, COUNT(*), SUM(state = 'parked') FROM outbox WHERE connection = ? GROUP BY kind";
    const counts = { sessions: 0, positions: 0, parked: 0 };
    for (const [kind, count, parked] of this.database().query(sql, [connection])) {
      if (kind === "session") counts.sessions = numberOf(count);
      if (kind === "position") counts.positions = numberOf(count);
      counts.parked += numberOf(parked);
    }
    return counts;
  }

  placesOf(connection: ConnectionId, book: BookId): Position[] {
    return placesOf(this.database(), this.json, connection, book);
  }

  remove(id: EntryId): void {
    this.database().run("DELETE FROM outbox WHERE id = ?", [id]);
  }

  discardAll(connection: ConnectionId): void {
    this.database().run("DELETE FROM outbox WHERE connection = ?", [connection]);
  }

  supersede(connection: ConnectionId, book: BookId): void {
    forgetPlaces(this.database(), connection, book);
  }

  stay(id: EntryId, state: EntryState, reason?: Reason): void {
    this.database().run("UPDATE outbox SET state = ?, reason = ? WHERE id = ?", [state, reason ?? "", id]);
  }

  fold(connection: ConnectionId, book: BookId, session: SessionRecord): boolean {
    const where = "connection = ? AND book = ? AND kind = 'session' AND state = 'waiting' ORDER BY id DESC LIMIT 1";
    const [last] = this.read(where, [connection, book]);
    if (last?.payload.kind !== "session") return false;
    const payload = { kind: "session", session: joined(last.payload.session, session) };
    this.database().run("UPDATE outbox SET payload = ? WHERE id = ?", [this.json.encode(payload), last.id]);
    return true;
  }

  private read(where: string, values: readonly Cell[]): OutboxEntry[] {
    const sql = `SELECT id, connection, book, payload, created_at, state, reason FROM outbox WHERE ${where}`;
    const entries: OutboxEntry[] = [];
    for (const row of this.database().query(sql, values)) {
      const entry = this.entryOf(row);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  private entryOf([id, connection, book, payload, createdAt, state, reason]: Row): OutboxEntry | undefined {
    const decoded = this.json.decode(tostring(payload));
    if (!decoded.ok) return undefined;
    return {
      id: numberOf(id) as EntryId,
      connection: tostring(connection) as ConnectionId,
      book: numberOf(book) as BookId,
      payload: decoded.value as Payload,
      createdAt: epochSeconds(numberOf(createdAt)),
      state: state as EntryState,
      ...(reason === "" ? {} : { reason: reason as Reason }),
    };
  }
}
