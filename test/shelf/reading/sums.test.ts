import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "../../support/node/fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { dayOf, startOfDay } from "../../../src/shelf/reading/days";
import { overviewOf } from "../../../src/shelf/reading/overview";
import { migrate } from "../../../src/shelf/store/database";
import { migrations } from "../../../src/shelf/store/migrations";
import { openStore, type Store } from "../../../src/shelf/store/store";
import { tempDir } from "../../support/node/temp-dir";
import { overviewBySpec, sumsBySpec, type Page, type Read } from "../../support/node/reading-by-spec";

// What is added up once and kept is compared with what a plain reading of the rule gives for the same rows.

const NOW = Date.parse("2026-11-21T12:00:00Z");
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe", "America/New_York"];
const BOOKS = [1, 2, 3];
const FACTS = { author: null, series: null, seriesIndex: null, language: null, description: null, bookType: null };

const account = (username: string) => ({
  ...{ username, email: null, passwordHash: null, mustChangePassword: false },
  ...({ role: "member", createdAt: "2026-01-01T00:00:00.000Z" } as const),
});

function library(): { store: Store; dataDir: string } {
  const dataDir = tempDir();
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  for (const name of ["Ada", "Ben"]) store.users.add(account(name));
  for (const book of BOOKS) store.books.add({ ...FACTS, title: `Book ${book}` }, "2026-01-01T00:00:00.000Z");
  return { store, dataDir };
}

/** Seconds since 1970 within the last two days or the last 14 months, so that rows meet, and days and months end. */
const moment = fc.oneof(
  fc.integer({ min: NOW / 1000 - 2 * 86_400, max: NOW / 1000 }),
  fc.integer({ min: NOW / 1000 - 425 * 86_400, max: NOW / 1000 }),
);
const whose = { userId: fc.constantFrom(1, 2), bookId: fc.constantFrom(...BOOKS) };
const device = fc.constantFrom("Clara", "Kindle");
const read: fc.Arbitrary<Read> = fc.record({
  ...whose,
  began: moment,
  ended: fc.option(fc.integer({ min: -600, max: 20_000 })),
  duration: fc.option(fc.integer({ min: -10, max: 100_000 })),
  device: fc.option(fc.oneof(device, fc.constantFrom("web", "manual", ""))),
});
const page: fc.Arbitrary<Page> = fc.record({
  ...whose,
  began: moment,
  page: fc.integer({ min: 1, max: 9 }),
  duration: fc.integer({ min: -5, max: 3000 }),
  device: fc.oneof(device, fc.constant("")),
});
type Step =
  { kind: "read"; of: Read } | { kind: "pages"; of: Page[] } | { kind: "look"; at: number } | { kind: "rename" };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const), of: read }),
  fc.record({ kind: fc.constant("pages" as const), of: fc.array(page, { minLength: 1, maxLength: 12 }) }),
  fc.record({ kind: fc.constant("look" as const), at: fc.constantFrom(...BOOKS) }),
  fc.record({ kind: fc.constant("rename" as const) }),
);

const stamp = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);

function addRead(store: Store, { userId, bookId, began, ended, duration, device: name }: Read): void {
  const unknown = { progressStart: null, progressEnd: null, pagesTurned: null, sessionUuid: null };
  const times = { startedAt: stamp(began), endedAt: ended === null ? null : stamp(began + ended) };
  store.sessions.add({ userId, bookId, ...times, durationSeconds: duration, device: name, ...unknown });
}

/** Does the steps in a store and on plain lists. */
function play(store: Store, steps: readonly Step[]): { reads: Read[]; pages: Page[] } {
  const [reads, pages] = [[] as Read[], [] as Page[]];
  for (const each of steps) {
    if (each.kind === "read") {
      addRead(store, each.of);
      reads.push(each.of);
    } else if (each.kind === "pages") {
      for (const row of each.of) {
        const { bookId, page: number, began: startTime, duration } = row;
        const isNew = store.statistics.add(row.userId, row.device, {
          ...{ bookId, page: number, startTime, duration, totalPages: 9 },
        });
        if (isNew) pages.push(row);
      }
    } else if (each.kind === "rename") {
      store.statistics.renameDevice(1, "Clara", "Sage");
      pages.forEach((row, index) => {
        if (row.userId === 1 && row.device === "Clara") pages[index] = { ...row, device: "Sage" };
      });
    } else store.reading.book(1, each.at);
  }
  return { reads, pages };
}

function sumsIn(store: Store, userId: number) {
  const books = store.reading.books(userId, 99).map(({ bookId, seconds, sittings, lastAt }) => {
    return { bookId, seconds, sittings, lastAt };
  });
  return { books, devices: store.reading.devices(userId) };
}

describe("the sums of reading", () => {
  it("are those of the rows, whatever was added, imported and renamed between two looks", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(...ZONES), (steps, zone) => {
        const { store } = library();
        const rows = play(store, steps);
        for (const userId of [1, 2]) {
          expect(sumsIn(store, userId)).toEqual(sumsBySpec(rows, userId));
          const who = { userId, zone, now: NOW };
          expect(overviewOf(store.reading, who)).toEqual(overviewBySpec(rows, who));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are there after an update, and after a user has left", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), steps => {
        const dataDir = tempDir();
        const old = new Database(join(dataDir, "shelf.sqlite3"));
        migrate(old, migrations.slice(0, 12));
        const { store: filled, dataDir: from } = library();
        const rows = play(filled, steps);
        old.exec(`ATTACH '${join(from, "shelf.sqlite3")}' AS filled`);
        for (const table of ["users", "books", "sessions", "page_stats"])
          old.exec(`INSERT INTO ${table} SELECT * FROM filled.${table}`);
        old.close();
        const store = openStore(dataDir);
        onTestFinished(() => store.close());
        store.reading.addUp();
        expect(sumsIn(store, 1)).toEqual(sumsBySpec(rows, 1));
        store.users.remove(2);
        expect(sumsIn(store, 2)).toEqual({ books: [], devices: [] });
        expect(sumsIn(store, 1)).toEqual(sumsBySpec(rows, 1));
      }),
      { numRuns: 10 },
    );
  });

  it("survive the clocks of broken devices", () => {
    const { store } = library();
    const rows = [-(2 ** 53), -1e12, -900.0, -1, 2 ** 53 - 1].map((startTime, index) => ({
      ...{ bookId: 1, page: index, startTime, duration: 2 ** 53 - 1, totalPages: 9 },
    }));
    for (const row of rows) store.statistics.add(1, "Clara", row);
    expect(store.reading.books(1, 9)).toMatchObject([{ seconds: 2 * 86_400, lastAt: "1969-12-31T23:59:59" }]);
    expect(store.reading.secondsBetween(1, -900_000, 0)).toBe(2 * 86_400);
  });
});

describe("a day's begin", () => {
  it("is the same however good the guess", () => {
    const hours = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(...ZONES), hours, (back, zone, off) => {
        const day = dayOf(NOW - back * 86_400_000, zone);
        const begin = startOfDay(day, zone);
        expect(startOfDay(day, zone, begin + off * 3_600_000)).toBe(begin);
        expect(begin % 900_000, "a quarter of an hour").toBe(0);
      }),
    );
  });
});
