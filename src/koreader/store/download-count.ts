import type { ConnectionId } from "../../core/outbox";
import { type Database, numberOf } from "./database";

/** Books that are on their way, wait for an answer, or failed and may be tried again. */
export function countDownloads(database: Database): number {
  const sql = "SELECT COUNT(*) FROM download WHERE state IN ('waiting', 'running', 'asking', 'failed')";
  return numberOf(database.first(sql)?.[0]);
}

/** Books on their way from one server. */
export function countUnderWay(database: Database, connection: ConnectionId): number {
  const sql = "SELECT COUNT(*) FROM download WHERE connection = ? AND state IN ('waiting', 'running', 'asking')";
  return numberOf(database.first(sql, [connection])?.[0]);
}
