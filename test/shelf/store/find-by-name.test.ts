import fc from "../../support/node/fast-check";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../../src/shelf/store/database";
import { openStore } from "../../../src/shelf/store/store";
import { tempDir } from "../../support/node/temp-dir";

const FACTS = { author: null, series: null, seriesIndex: null, language: null, description: null, bookType: null };

function library(paths: readonly string[]) {
  const dataDir = tempDir();
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  for (const path of new Set(paths)) {
    const bookId = store.books.add({ ...FACTS, title: path }, "2026-01-01T00:00:00.000Z");
    store.files.add({ bookId, path, format: "epub", size: 1, modifiedMs: 0, md5: "0" });
  }
  const db = openDatabase(dataDir);
  onTestFinished(() => void db.close());
  return { store, db };
}

it("finds the same book with its index as by looking at every file", () => {
  const word = fc.string({
    unit: fc.constantFrom("a", "A", "b", "é", "É", ".", " ", "%", "_", "/"),
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), word, (paths, name) => {
      const { store, db } = library(paths);
      const sql = "SELECT book_id FROM book_files WHERE '/' || path LIKE '%/' || ? ORDER BY id LIMIT 1";
      expect(store.books.findByPathEnd(name)).toBe(db.prepare<[string], number>(sql).pluck().get(name));
      const exact =
        "SELECT book_id FROM book_files WHERE substr('/' || path, -length(@end)) = @end ORDER BY id LIMIT 1";
      if (!name.includes("/"))
        expect(store.books.findByFileName(name)).toBe(
          db
            .prepare<[object], number>(exact)
            .pluck()
            .get({ end: `/${name}` }),
        );
    }),
    { numRuns: 60 },
  );
});

it("uses its index", () => {
  const { store, db } = library(["a/b.epub"]);
  expect(store.books.findByPathEnd("B.EPUB")).toBe(1);
  expect(store.books.findByFileName("B.EPUB")).toBeUndefined();
  const plan = db.prepare(
    "EXPLAIN QUERY PLAN SELECT id FROM book_files WHERE lower(replace(path, rtrim(path, replace(path, '/', '')), '')) = lower('x')",
  );
  expect(JSON.stringify(plan.all())).toContain("book_files_by_name");
});

it("knows titles anew when one changes, whoever changes it", () => {
  const { store, db } = library(["a.epub", "b.epub"]);
  const titles = () => store.books.titles().map(({ title }) => title);
  expect(titles()).toEqual(["a.epub", "b.epub"]);
  expect(store.books.titles()).toBe(store.books.titles());
  db.prepare("UPDATE books SET title = 'c' WHERE id = 1").run();
  expect(titles()).toEqual(["c", "b.epub"]);
  store.books.add({ ...FACTS, title: "d" }, "2026-01-01T00:00:00.000Z");
  db.prepare("UPDATE books SET status = 'missing' WHERE id = 2").run();
  expect(titles()).toEqual(["c", "d"]);
});
