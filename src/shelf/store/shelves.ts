import type { Db } from "./database";

/** A search that its owner keeps under a name. */
export interface KeptShelf {
  readonly id: number;
  readonly name: string;
  /** What to look for; the keys that are understood stand in `shelf-filters.ts`. */
  readonly params: Readonly<Record<string, unknown>>;
}

export interface NewShelf {
  readonly ownerId: number;
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly sortOrder?: number;
}

interface ShelfRecord {
  readonly id: number;
  readonly name: string;
  readonly params: string;
}

/** The shelves of the users: each sees his own. */
export class Shelves {
  constructor(private readonly db: Db) {}

  of(ownerId: number): KeptShelf[] {
    const sql = "SELECT id, name, params FROM shelves WHERE owner_id = ? ORDER BY sort_order, name, id";
    return this.db.prepare<[number], ShelfRecord>(sql).all(ownerId).map(parse);
  }

  find(ownerId: number, id: number): KeptShelf | undefined {
    const sql = "SELECT id, name, params FROM shelves WHERE owner_id = ? AND id = ?";
    const found = this.db.prepare<[number, number], ShelfRecord>(sql).get(ownerId, id);
    return found && parse(found);
  }

  add({ ownerId, name, params, sortOrder = 0 }: NewShelf): number {
    const sql = "INSERT INTO shelves (owner_id, name, params, sort_order) VALUES (?, ?, ?, ?)";
    return Number(this.db.prepare(sql).run(ownerId, name, JSON.stringify(params), sortOrder).lastInsertRowid);
  }
}

function parse({ id, name, params }: ShelfRecord): KeptShelf {
  return { id, name, params: JSON.parse(params) as KeptShelf["params"] };
}
