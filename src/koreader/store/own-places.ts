import type { BookId, ConnectionId, Payload } from "../../core/outbox";
import type { Position } from "../../core/position";
import type { Json } from "../../ports/json";
import type { Database } from "./database";

const OF_A_BOOK = "FROM outbox WHERE connection = ? AND book = ? AND kind = 'position'";

/** The place that waits for this book, and those that it replaced. */
export function placesOf(database: Database, json: Json, connection: ConnectionId, book: BookId): Position[] {
  const places: Position[] = [];
  for (const [text] of database.query(`SELECT payload ${OF_A_BOOK} ORDER BY id`, [connection, book])) {
    const decoded = json.decode(tostring(text));
    const payload = decoded.ok ? (decoded.value as Payload) : undefined;
    if (payload?.kind === "position") places.push(payload.position, ...(payload.replaced ?? []));
  }
  return places;
}

/** No place waits for this book any more. */
export function forgetPlaces(database: Database, connection: ConnectionId, book: BookId): void {
  database.run(`DELETE ${OF_A_BOOK}`, [connection, book]);
}
