import { type Room, roomLeft } from "../../core/outbox";
import { type Database, numberOf } from "./database";

/** Counts only where the ids leave it open: entries that came and went leave gaps, and counting takes time. */
export function roomIn(database: Database): Room {
  const ids = database.first("SELECT (SELECT MAX(id) FROM outbox) - (SELECT MIN(id) FROM outbox) + 1");
  if (roomLeft(numberOf(ids?.[0])) === "plenty") return "plenty";
  return roomLeft(numberOf(database.first("SELECT COUNT(*) FROM outbox")?.[0]));
}
