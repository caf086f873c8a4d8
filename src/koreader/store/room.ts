import { type Room, roomLeft } from "../../core/outbox";
import type { Database } from "./database";

/** Counts only where the ids leave it open: entries that came and went leave gaps, and counting takes time. */
export function roomIn(database: Database): Room {
  const ids = database.first("SELECT (SELECT MAX(id) FROM outbox) - (SELECT MIN(id) FROM outbox) + 1");
  if (roomLeft(Number(ids?.[0] ?? 0)) === "plenty") return "plenty";
  return roomLeft(Number(database.first("SELECT COUNT(*) FROM outbox")?.[0] ?? 0));
}
