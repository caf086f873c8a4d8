import type { BookId, ConnectionId, NewEntry, Payload, Room } from "../../core/outbox";
import type { Position } from "../../core/position";
import type { EpochSeconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Json } from "../../ports/json";
import type { DayPart, OutboxStore, WaitingStore } from "../../ports/store";
import type { Database } from "./database";
import { forgetPlaces, placesOf } from "./own-places";
import { roomIn } from "./room";

/** Only the days that a screen asks for are of use. */
const LONGEST_DIARY_SECONDS = 8 * 24 * 3600;

/** Of so many older places it is known that they may be ours: a server that never answers must not make them a hoard. */
const MOST_REPLACED = 8;

export class SqliteOutboxStore implements OutboxStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
    private readonly clock: Clock,
    private readonly waiting: () => Pick<WaitingStore, "fold">,
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

  doubt(): void {
    this.database().run("UPDATE outbox SET state = 'unknown' WHERE state = 'in flight'");
  }

  room(): Room {
    return roomIn(this.database());
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
    const isFolded =
      payload.kind === "session" && this.room() === "none" && this.waiting().fold(connection, book, payload.session);
    if (isFolded) return;
    const kept = payload.kind === "position" ? this.replacing(connection, book, payload.position) : payload;
    this.database().run(sql, [connection, book, payload.kind, this.json.encode(kept), now]);
  }

  /** The newest place takes the older one's turn, and remembers it. */
  private replacing(connection: ConnectionId, book: BookId, position: Position): Payload {
    const replaced = placesOf(this.database(), this.json, connection, book).slice(0, MOST_REPLACED);
    forgetPlaces(this.database(), connection, book);
    return replaced.length === 0 ? { kind: "position", position } : { kind: "position", position, replaced };
  }
}
