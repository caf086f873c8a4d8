import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../../src/shelf/store/database";
import { migrations } from "../../../src/shelf/store/migrations";
import { openStore } from "../../../src/shelf/store/store";
import { tempDir } from "../../support/node/temp-dir";

const BOOK = "INSERT INTO books (title, updated_at) VALUES ('Ash', '2026-01-01T00:00:00.000Z')";
const FILE = `INSERT INTO book_files (book_id, path, format, size, modified_ms, md5)
  VALUES (1, 'ash.epub', 'epub', 3, 7, 'aa')`;

/** A database as the Shelf with so many migrations left it. */
function databaseOf(version: number): string {
  const dataDir = tempDir();
  const db = new Database(join(dataDir, "shelf.sqlite3"));
  migrate(db, migrations.slice(0, version));
  db.exec(BOOK);
  db.exec(FILE);
  db.close();
  return dataDir;
}

describe("a database of an older Shelf", () => {
  it.each(migrations.map((_, index) => index + 1))("of version %d is brought forward and keeps its books", version => {
    const store = openStore(databaseOf(version));
    onTestFinished(() => store.close());
    expect(store.books.all()).toMatchObject([{ title: "Ash", files: [{ path: "ash.epub" }] }]);
  });

  it("has the tables of a new one", () => {
    const tables = (dataDir: string) => {
      openStore(dataDir).close();
      const db = new Database(join(dataDir, "shelf.sqlite3"));
      onTestFinished(() => void db.close());
      return db.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").all();
    };
    expect(tables(databaseOf(1))).toEqual(tables(tempDir()));
  });

  it("is looked through again for tags", () => {
    const store = openStore(databaseOf(1));
    onTestFinished(() => store.close());
    expect(store.files.all()).toMatchObject([{ modifiedMs: -1 }]);
  });
});
