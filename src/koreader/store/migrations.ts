import type { Database } from "./database";

/**
 * How the store came to its shape, one step after another; `user_version` counts the steps taken. A step that was
 * released is never changed: a new shape is a new step, counted in shape.ts, with a spec.
 *
 * A reader may go back to an older Ribbon, which leaves a newer shape as it is and works with it: so a step only adds tables,
 * indexes, and columns with a default. What cannot be had that way goes into a file of another name. Its spec reads it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    file TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    tracked INTEGER NOT NULL DEFAULT 1
  );
  CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    connection TEXT NOT NULL,
    sent INTEGER NOT NULL,
    reason TEXT NOT NULL
  );
  CREATE TABLE alias (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    book INTEGER NOT NULL REFERENCES book (id),
    PRIMARY KEY (kind, value)
  ) WITHOUT ROWID;
  CREATE TABLE link (
    book INTEGER NOT NULL REFERENCES book (id),
    connection TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    method TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    confirmed INTEGER NOT NULL,
    seen TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (book, connection)
  ) WITHOUT ROWID;
  CREATE TABLE miss (
    book INTEGER NOT NULL REFERENCES book (id),
    connection TEXT NOT NULL,
    misses INTEGER NOT NULL,
    next_try INTEGER NOT NULL,
    PRIMARY KEY (book, connection)
  ) WITHOUT ROWID;
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL,
    book INTEGER NOT NULL REFERENCES book (id),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    reason TEXT NOT NULL DEFAULT ''
  );
  CREATE TABLE open_session (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    book INTEGER NOT NULL REFERENCES book (id),
    session TEXT NOT NULL,
    position TEXT NOT NULL
  );
  CREATE INDEX outbox_by_connection ON outbox (connection, id)
  `,
  // Connections, a line each.
  "ALTER TABLE open_session ADD COLUMN yielded TEXT NOT NULL DEFAULT ''",
  `
  CREATE TABLE day_part (
    id INTEGER PRIMARY KEY,
    book INTEGER NOT NULL REFERENCES book (id),
    started_at INTEGER NOT NULL,
    duration REAL NOT NULL,
    page_turns INTEGER NOT NULL
  );
  CREATE INDEX day_part_by_book ON day_part (book, started_at)
  `,
  "ALTER TABLE link ADD COLUMN written TEXT NOT NULL DEFAULT ''",
  // A place is found among a hundred thousand sessions without reading them all.
  "CREATE INDEX outbox_by_book ON outbox (book, connection, kind)",
  // A receipt is what an inbox is still to be told: that its book lies on this device.
  `
  CREATE TABLE download (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL,
    connection TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    book TEXT NOT NULL,
    file TEXT NOT NULL,
    inbox_item TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    reason TEXT NOT NULL DEFAULT '',
    choice TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    lacking INTEGER NOT NULL DEFAULT 0,
    proof TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    said TEXT NOT NULL DEFAULT ''
  );
  CREATE INDEX download_by_state ON download (state, id);
  CREATE TABLE receipt (
    connection TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (connection, item)
  ) WITHOUT ROWID;
  CREATE INDEX link_by_remote ON link (connection, remote_id)
  `,
  // What a file says of its book besides its names, to tell a rewritten file from another book's: lines, and fixed pages.
  `
  ALTER TABLE book ADD COLUMN identifiers TEXT NOT NULL DEFAULT '';
  ALTER TABLE book ADD COLUMN pages INTEGER NOT NULL DEFAULT 0
  `,
];

/** Takes the steps from a shape on. A store from a newer Ribbon is left alone: its shape is not ours to change. */
export function migrate(database: Database, shape: number): void {
  MIGRATIONS.forEach((step, index) => {
    if (index < shape) return;
    database.transaction(() => {
      database.script(step);
      database.script(`PRAGMA user_version = ${index + 1}`);
    });
  });
}
