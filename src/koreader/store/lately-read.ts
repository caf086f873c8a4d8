import type { ConnectionId } from "../../core/outbox";
import { store } from "./open";

/** Books of a server's that were read on this device, the last one first; a match by name counts once the reader has seen it. */
export function latelyRead(connection: ConnectionId, most: number): string[] {
  const sql = `
    SELECT link.remote_id FROM link JOIN day_part ON day_part.book = link.book
    WHERE link.connection = ? AND link.confirmed = 1
    GROUP BY link.remote_id ORDER BY MAX(day_part.started_at) DESC, link.remote_id LIMIT ?`;
  return store()
    .query(sql, [connection, most])
    .map(([remoteId]) => tostring(remoteId));
}
