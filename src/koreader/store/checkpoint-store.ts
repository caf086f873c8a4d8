import type { BookId, ConnectionId } from "../../core/outbox";
import type { Position } from "../../core/position";
import type { SessionRecord } from "../../core/session";
import type { Json } from "../../ports/json";
import type { Checkpoint, CheckpointStore } from "../../ports/store";
import { type Database, numberOf } from "./database";

const lineOf = (connection: ConnectionId): string => `${connection}\n`;

function connectionsIn(lines: string): ConnectionId[] {
  const connections: ConnectionId[] = [];
  for (const [line] of string.gmatch(lines, "[^\n]+")) connections.push(line as ConnectionId);
  return connections;
}

export class SqliteCheckpointStore implements CheckpointStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
  ) {}

  write({ book, session, position, yieldedTo }: Checkpoint): void {
    const sql = "INSERT OR REPLACE INTO open_session (id, book, session, position, yielded) VALUES (1, ?, ?, ?, ?)";
    const yielded = yieldedTo.map(connection => lineOf(connection)).join("");
    this.database().durableTransaction(() => {
      this.database().run(sql, [book, this.json.encode(session), this.json.encode(position), yielded]);
    });
  }

  yieldTo(connection: ConnectionId, book: BookId): void {
    const sql = "UPDATE open_session SET yielded = yielded || ? WHERE book = ?";
    this.database().run(sql, [lineOf(connection), book]);
  }

  left(): Checkpoint | undefined {
    const row = this.database().first("SELECT book, session, position, yielded FROM open_session");
    if (row === undefined) return undefined;
    const session = this.json.decode(tostring(row[1]));
    const position = this.json.decode(tostring(row[2]));
    if (!session.ok || !position.ok) return undefined;
    const record = session.value as SessionRecord;
    return {
      book: numberOf(row[0]) as BookId,
      session: record,
      days: [record],
      position: position.value as Position,
      yieldedTo: connectionsIn(tostring(row[3])),
    };
  }
}
