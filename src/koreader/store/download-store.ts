import type { DownloadId, DownloadOrder, DownloadState } from "../../core/download";
import type { ConnectionId } from "../../core/outbox";
import type { Clock } from "../../ports/clock";
import type { DownloadChanges, DownloadStore, KeptDownload, Receipt } from "../../ports/download-store";
import type { Json } from "../../ports/json";
import { type Cell, type Database, numberOf } from "./database";
import { COLUMNS, downloadIn, settersOf, textAt, withoutDetails } from "./download-rows";

/** More than anybody waits for; what is over counts too, until it is cleared. */
const MOST_DOWNLOADS = 1000;
const UNDER_WAY: readonly DownloadState[] = ["waiting", "running", "asking"];
const marks = (values: readonly unknown[]): string => values.map(() => "?").join(", ");

export class SqliteDownloadStore implements DownloadStore {
  constructor(
    private readonly database: () => Database,
    private readonly json: Json,
    private readonly clock: Clock,
  ) {}

  add(orders: readonly DownloadOrder[]): number {
    let taken = 0;
    this.database().durableTransaction(() => {
      const batch = this.beginBatch();
      let room = MOST_DOWNLOADS - this.count([]);
      for (const order of orders) {
        if (room <= 0 || this.isUnderWay(order)) continue;
        this.insert(order, batch);
        room -= 1;
        taken += 1;
      }
    });
    return taken;
  }

  get(id: DownloadId): KeptDownload | undefined {
    return this.read("WHERE id = ?", [id])[0];
  }

  list(states: readonly DownloadState[]): KeptDownload[] {
    return this.read(`WHERE state IN (${marks(states)}) ORDER BY id`, states);
  }

  next(): KeptDownload | undefined {
    return this.read("WHERE state = 'waiting' ORDER BY id LIMIT 1")[0];
  }

  count(states: readonly DownloadState[]): number {
    const where = states.length === 0 ? "" : ` WHERE state IN (${marks(states)})`;
    return numberOf(this.database().first(`SELECT COUNT(*) FROM download${where}`, states)?.[0]);
  }

  tally(): ReadonlyMap<DownloadState, number> {
    const sql = "SELECT state, COUNT(*) FROM download WHERE batch = (SELECT MAX(batch) FROM download) GROUP BY state";
    const tally = new Map<DownloadState, number>();
    for (const row of this.database().query(sql)) tally.set(textAt(row, 0) as DownloadState, numberOf(row[1]));
    return tally;
  }

  retryFailed(): void {
    this.database().durableTransaction(() => {
      const batch = this.beginBatch();
      const sql = "UPDATE download SET state = 'waiting', reason = '', said = '', batch = ? WHERE state = 'failed'";
      this.database().run(sql, [batch]);
    });
  }

  change(id: DownloadId, changes: DownloadChanges): void {
    const [sets, values] = settersOf(this.json, changes);
    this.database().run(`UPDATE download SET ${sets} WHERE id = ?`, values.concat([id]));
  }

  changeForGood(id: DownloadId, changes: DownloadChanges): void {
    this.database().durableTransaction(() => {
      this.change(id, changes);
    });
  }

  changeAll(states: readonly DownloadState[], changes: DownloadChanges, connection?: ConnectionId): void {
    const [sets, values] = settersOf(this.json, changes);
    const only = connection === undefined ? "" : " AND connection = ?";
    const sql = `UPDATE download SET ${sets} WHERE state IN (${marks(states)})${only}`;
    this.database().run(sql, values.concat(states, connection === undefined ? [] : [connection]));
  }

  settle(id: DownloadId, state: "done" | "skipped", changes: DownloadChanges = {}): void {
    const receipt = `
      INSERT OR IGNORE INTO receipt (connection, item)
      SELECT connection, inbox_item FROM download WHERE id = ? AND inbox_item <> ''`;
    this.database().durableTransaction(() => {
      this.change(id, { ...changes, state });
      this.database().run(receipt, [id]);
    });
  }

  remove(states: readonly DownloadState[]): void {
    this.database().run(`DELETE FROM download WHERE state IN (${marks(states)})`, states);
  }

  forget(connection: ConnectionId): void {
    this.database().durableTransaction(() => {
      this.database().run("DELETE FROM download WHERE connection = ?", [connection]);
      this.database().run("DELETE FROM receipt WHERE connection = ?", [connection]);
    });
  }

  knowsItem(connection: ConnectionId, item: string): boolean {
    const sql = `
      SELECT 1 FROM receipt WHERE connection = ? AND item = ?
      UNION ALL SELECT 1 FROM download WHERE connection = ? AND inbox_item = ? AND state IN (${marks(UNDER_WAY)}) LIMIT 1`;
    return this.database().first(sql, [connection, item, connection, item as Cell].concat(UNDER_WAY)) !== undefined;
  }

  addReceipt({ connection, item }: Receipt): void {
    this.database().durableTransaction(() => {
      this.database().run("INSERT OR IGNORE INTO receipt (connection, item) VALUES (?, ?)", [connection, item]);
    });
  }

  receipts(): Receipt[] {
    const rows = this.database().query("SELECT connection, item FROM receipt");
    return rows.map(row => ({ connection: textAt(row, 0) as ConnectionId, item: textAt(row, 1) }));
  }

  removeReceipt({ connection, item }: Receipt): void {
    this.database().run("DELETE FROM receipt WHERE connection = ? AND item = ?", [connection, item]);
  }

  /** The batch that is under way, or a new one. */
  private beginBatch(): number {
    const latest = numberOf(this.database().first("SELECT MAX(batch) FROM download")?.[0]);
    if (this.count(UNDER_WAY) > 0) return latest;
    this.remove(["done", "skipped"]);
    return latest + 1;
  }

  /** One that failed before is tried anew: its old line goes. */
  private isUnderWay({ connection, book }: DownloadOrder): boolean {
    const values: Cell[] = [connection, book.remoteId];
    const where = "connection = ? AND remote_id = ? AND state";
    const sql = `SELECT 1 FROM download WHERE ${where} IN (${marks(UNDER_WAY)})`;
    if (this.database().first(sql, values.concat(UNDER_WAY)) !== undefined) return true;
    this.database().run(`DELETE FROM download WHERE ${where} = 'failed'`, values);
    return false;
  }

  private insert({ connection, book, file, inboxItem }: DownloadOrder, batch: number): void {
    const sql = `
      INSERT INTO download (batch, connection, remote_id, book, file, inbox_item, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const facts = this.json.encode(withoutDetails(book));
    const kept = [facts, this.json.encode(file), inboxItem ?? "", this.clock.epoch()];
    this.database().run(sql, [batch as Cell, connection, book.remoteId].concat(kept));
  }

  private read(rest: string, values: readonly Cell[] = []): KeptDownload[] {
    const found: KeptDownload[] = [];
    for (const row of this.database().query(`SELECT ${COLUMNS} FROM download ${rest}`, values)) {
      const download = downloadIn(this.json, row);
      if (download !== undefined) found.push(download);
    }
    return found;
  }
}
