import type { Reason } from "../../core/failure";
import {
  type BookId,
  type ConnectionId,
  type EntryId,
  type EntryState,
  type NewEntry,
  type OutboxEntry,
  type Payload,
  type Room,
} from "../../core/outbox";
import type { Position } from "../../core/position";
import { joined, type SessionRecord } from "../../core/session";
import { type EpochSeconds, epochSeconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Json } from "../../ports/json";
import type { DayPart, OutboxStore, WaitingCount } from "../../ports/store";
import { NOT_DUE } from "./book-store";
import { roomIn } from "./room";
import { type Cell, type Database, numberOf, type Row } from "./database";

/** Given the connection, an id, the connection twice, the time now twice, and a limit. */
const MAY_BE_SENT = `
  connection = ? AND id > ? AND state IN ('waiting', 'unknown')
  AND NOT EXISTS (SELECT 1 FROM link WHERE link.book = outbox.book AND link.connection = ? AND confirmed = 0)
  AND NOT EXISTS (SELECT 1 FROM miss WHERE miss.book = outbox.book AND miss.connection = ? AND ${NOT_DUE})
  ORDER BY id LIMIT ?`;

/** Only the days that a screen asks for are of use. */
const LONGEST_DIARY_SECONDS = 8 * 24 * 3600;

/** Of so many older places it is known that they may be ours: a server that never answers must not make them a hoard. */
const MOST_REPLACED = 8;

export class SqliteOutboxStore implements OutboxStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
    private readonly clock: Clock,
  ) {}

  add(entries: readonly NewEntry[]): void {
    this.record(() => {
      this.insertAll(entries);
    });
  }

  finish(entries: readonly NewEntry[], book: BookId, days: readonly DayPart[]): void {
    this.record(() => {
      this.insertAll(entries);
      const sql = "INSERT INTO day_part (book, started_at, duration, page_turns) VALUES (?, ?, ?, ?)";
      for (const { startedAt, duration, pageTurns } of days) {
        this.database().run(sql, [book, startedAt, duration, pageTurns]);
      }
      this.database().run("DELETE FROM day_part WHERE started_at < ?", [this.clock.epoch() - LONGEST_DIARY_SECONDS]);
      this.database().run("DELETE FROM open_session");
    });
  }

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

  doubt(): void {
    this.database().run("UPDATE outbox SET state = 'unknown' WHERE state = 'in flight'");
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
    const where = "connection = ? AND book = ? AND kind = 'position'";
    const places: Position[] = [];
    for (const { payload } of this.read(where, [connection, book])) {
      if (payload.kind === "position") places.push(payload.position, ...(payload.replaced ?? []));
    }
    return places;
  }

  room(): Room {
    return roomIn(this.database());
  }

  remove(id: EntryId): void {
    this.database().run("DELETE FROM outbox WHERE id = ?", [id]);
  }

  discardAll(connection: ConnectionId): void {
    this.database().run("DELETE FROM outbox WHERE connection = ?", [connection]);
  }

  supersede(connection: ConnectionId, book: BookId): void {
    this.database().run("DELETE FROM outbox WHERE connection = ? AND book = ? AND kind = 'position'", [
      connection,
      book,
    ]);
  }

  stay(id: EntryId, state: EntryState, reason?: Reason): void {
    this.database().run("UPDATE outbox SET state = ?, reason = ? WHERE id = ?", [state, reason ?? "", id]);
  }

  /** What was read must not be lost to a store that turns out damaged: then it goes into the one that replaces it. */
  private record(work: () => void): void {
    const database = this.database();
    const [worked, problem] = pcall(() => {
      database.durableTransaction(work);
    });
    if (worked) return;
    if (!database.isDamaged) error(problem, 0);
    this.database().durableTransaction(work);
  }

  private insertAll(entries: readonly NewEntry[]): void {
    const now = this.clock.epoch();
    for (const entry of entries) this.insert(entry, now);
  }

  private insert({ connection, book, payload }: NewEntry, now: EpochSeconds): void {
    const sql = "INSERT INTO outbox (connection, book, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)";
    if (payload.kind === "session" && this.fold(connection, book, payload.session)) return;
    const kept = payload.kind === "position" ? this.replacing(connection, book, payload.position) : payload;
    this.database().run(sql, [connection, book, payload.kind, this.json.encode(kept), now]);
  }

  /** Without room the sitting is added to the last one of its book that waits; false when it gets an entry of its own. */
  private fold(connection: ConnectionId, book: BookId, session: SessionRecord): boolean {
    if (this.room() !== "none") return false;
    const where = "connection = ? AND book = ? AND kind = 'session' AND state = 'waiting' ORDER BY id DESC LIMIT 1";
    const [last] = this.read(where, [connection, book]);
    if (last?.payload.kind !== "session") return false;
    const payload = { kind: "session", session: joined(last.payload.session, session) };
    this.database().run("UPDATE outbox SET payload = ? WHERE id = ?", [this.json.encode(payload), last.id]);
    return true;
  }

  /** The newest place takes the older one's turn, and remembers it. */
  private replacing(connection: ConnectionId, book: BookId, position: Position): Payload {
    const replaced = this.placesOf(connection, book).slice(0, MOST_REPLACED);
    this.supersede(connection, book);
    return replaced.length === 0 ? { kind: "position", position } : { kind: "position", position, replaced };
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
