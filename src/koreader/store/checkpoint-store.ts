import type { BookId } from "../../core/outbox";
import type { Position } from "../../core/position";
import type { SessionRecord } from "../../core/session";
import type { Json } from "../../ports/json";
import type { Checkpoint, CheckpointStore } from "../../ports/store";
import type { Database } from "./database";

export class SqliteCheckpointStore implements CheckpointStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
  ) {}

  write({ book, session, position }: Checkpoint): void {
    const sql = "INSERT OR REPLACE INTO open_session (id, book, session, position) VALUES (1, ?, ?, ?)";
    this.database().durableTransaction(() => {
      this.database().run(sql, [book, this.json.encode(session), this.json.encode(position)]);
    });
  }

  left(): Checkpoint | undefined {
    const row = this.database().first("SELECT book, session, position FROM open_session");
    if (row === undefined) return undefined;
    const session = this.json.decode(tostring(row[1]));
    const position = this.json.decode(tostring(row[2]));
    if (!session.ok || !position.ok) return undefined;
    return {
      book: Number(row[0]) as BookId,
      session: session.value as SessionRecord,
      position: position.value as Position,
    };
  }
}
