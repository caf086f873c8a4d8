import { describe, expect, it, onTestFinished } from "vitest";
import { overviewOf } from "../../../src/shelf/reading/overview";
import { RESTORED, restorePlace } from "../../../src/shelf/reading/restore";
import { advance } from "../../../src/shelf/reading-status";
import { openStore } from "../../../src/shelf/store/store";
import { tempDir } from "../../support/node/temp-dir";

const FACTS = { author: "Ann", series: null, seriesIndex: null, language: null, description: null, bookType: null };
const NOW = Date.parse("2026-11-21T12:00:00Z");

function library() {
  const store = openStore(tempDir());
  onTestFinished(() => store.close());
  const user = (username: string) => {
    const account = { username, email: null, passwordHash: null, role: "member", mustChangePassword: false } as const;
    return store.users.add({ ...account, createdAt: "2026-01-01T00:00:00.000Z" });
  };
  const [ada, ben] = [user("Ada"), user("Ben")];
  const [ash, elm] = ["Ash", "Elm"].map(title => store.books.add({ ...FACTS, title }, "2026-01-01T00:00:00.000Z"));
  const read = (
    startedAt: string,
    minutes: number,
    more: { userId?: number; bookId?: number; device?: string } = {},
  ) => {
    const endedAt = new Date(Date.parse(`${startedAt}Z`) + minutes * 60_000).toISOString().slice(0, 19);
    const times = { startedAt, endedAt, durationSeconds: minutes * 60 };
    const unknown = { progressStart: null, progressEnd: null, pagesTurned: null, sessionUuid: null };
    store.sessions.add({ userId: ada, bookId: ash ?? 0, device: "Clara", ...times, ...unknown, ...more });
  };
  const page = (at: string, seconds: number, page = 1, bookId = ash ?? 0) =>
    store.statistics.add(ada, "Clara", {
      bookId,
      page,
      startTime: Date.parse(`${at}Z`) / 1000,
      duration: seconds,
      totalPages: 9,
    });
  const overview = (zone = "UTC", now = NOW) => overviewOf(store.reading, { userId: ada, zone, now });
  return { store, ada, ben, ash: ash ?? 0, elm: elm ?? 0, read, page, overview };
}

describe("reading in numbers", () => {
  it("belongs to the day on which it began, by the reader's clock", () => {
    const { read, overview } = library();
    read("2026-11-20T23:30:00", 60);
    expect(overview("UTC")).toMatchObject({ today: 0, week: 3600 });
    expect(overview("Europe/Berlin")).toMatchObject({ today: 3600 });
    const { days, months } = overview("UTC");
    expect(days.filter(({ seconds }) => seconds > 0)).toEqual([{ day: "2026-11-20", seconds: 3600 }]);
    expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([30, "2026-10-23", "2026-11-21"]);
    expect([months.length, months[0]?.day, months.at(-1)]).toEqual([
      12,
      "2025-12-01",
      { day: "2026-11-01", seconds: 3600 },
    ]);
  });

  it("counts days in a row; today is not lost before it is over", () => {
    const { read, overview } = library();
    expect(overview().streak).toBe(0);
    for (const day of ["16", "18", "19", "20"]) read(`2026-11-${day}T10:00:00`, 5);
    expect(overview().streak).toBe(3);
    read("2026-11-21T10:00:00", 0.5);
    expect(overview().streak, "half a minute is no reading").toBe(3);
    read("2026-11-21T11:00:00", 5);
    expect(overview().streak).toBe(4);
  });

  it("counts nothing twice that the device's history brings later", () => {
    const { read, page, overview, store, ada } = library();
    read("2026-11-21T10:00:00", 10);
    page("2026-11-21T10:01:00", 240);
    page("2026-11-21T10:05:00", 240, 2);
    expect(overview().today).toBe(480);
    read("2026-11-21T10:00:00", 10, { device: "manual" });
    expect(overview().today, "what a person noted counts").toBe(1080);
    expect(store.reading.devices(ada)).toMatchObject([
      { device: "manual", seconds: 600, sittings: 1 },
      { device: "Clara", seconds: 480, sittings: 1, books: 1 },
    ]);
  });

  it("begins a new sitting after half an hour", () => {
    const { page, store, ada, ash } = library();
    page("2026-11-21T10:00:00", 60);
    page("2026-11-21T10:31:00", 60, 2);
    page("2026-11-21T11:02:01", 60, 3);
    expect(store.reading.book(ada, ash)).toMatchObject({ sittings: 2, seconds: 180, lastAt: "2026-11-21T11:02:01" });
  });

  it("takes no broken session for reading", () => {
    const { read, overview, store, ada, ash } = library();
    read("2026-11-21T10:00:00", -60);
    read("2026-11-21T09:00:00", 60 * 24 * 30);
    const lost = { userId: ada, bookId: ash, startedAt: "2026-11-21T08:00:00", endedAt: null, durationSeconds: null };
    store.sessions.add({ ...lost, progressStart: 0, progressEnd: 0, pagesTurned: 0, device: null, sessionUuid: null });
    expect(overview().today).toBe(86_400);
  });

  it("is one's own", () => {
    const { read, store, ada, ben, elm, overview } = library();
    read("2026-11-21T10:00:00", 10, { userId: ben, bookId: elm });
    expect(overview().today).toBe(0);
    expect(store.reading.books(ada, 9)).toEqual([]);
    expect(store.reading.books(ben, 9)).toMatchObject([{ title: "Elm", seconds: 600 }]);
  });

  it("lists the book that was read last first, with place and status", () => {
    const { read, store, ada, ash, elm } = library();
    read("2026-11-20T10:00:00", 10, { bookId: elm });
    read("2026-11-19T10:00:00", 10);
    store.positions.put(ada, ash, {
      progress: "x",
      percentage: 0.25,
      device: "Clara",
      updatedAt: "2026-11-20T11:00:00.000Z",
    });
    store.statuses.put(
      ada,
      ash,
      advance(undefined, { percentage: 0.25, monotonic: false, at: "" }),
      "2026-11-20T11:00:00.000Z",
    );
    expect(store.reading.books(ada, 9)).toMatchObject([
      { bookId: elm, percentage: null, status: null },
      { bookId: ash, percentage: 0.25, status: "reading", author: "Ann" },
    ]);
    expect(store.reading.books(ada, 1)).toHaveLength(1);
  });
});

describe("the places of a book", () => {
  const place = (percentage: number, device: string, minute: number) => {
    const updatedAt = `2026-11-21T10:${String(minute).padStart(2, "0")}:00.000Z`;
    return { progress: `/p[${percentage}]`, percentage, device, updatedAt };
  };

  it("are kept for each device, of many devices the newest", () => {
    const { store, ada, ash } = library();
    store.positions.put(ada, ash, place(0.1, "Clara", 0));
    store.positions.put(ada, ash, place(0.2, "Kindle", 1));
    store.positions.put(ada, ash, place(0.3, "Clara", 2));
    expect(store.positions.onDevices(ada, ash).map(({ device, percentage }) => [device, percentage])).toEqual([
      ["Clara", 0.3],
      ["Kindle", 0.2],
    ]);
    for (let number = 3; number < 33; number += 1)
      store.positions.put(ada, ash, place(0.4, `Device ${number}`, number));
    expect(store.positions.onDevices(ada, ash)).toHaveLength(20);
    expect(store.positions.onDevices(ada, ash)[0]?.device).toBe("Device 32");
  });

  it("can be restored, which un-finishes a book and can be undone", () => {
    const { store, ada, ben, ash, elm } = library();
    const at = "2026-11-21T11:00:00.000Z";
    store.positions.put(ada, ash, place(0.3, "Clara", 0));
    store.positions.put(ada, ash, place(1, "Clara", 1));
    store.statuses.put(ada, ash, { status: "read", progressPct: 1, cfi: "c", finishedAt: at }, at);
    const [end, third] = store.positions.history(ada, ash);
    for (const who of [
      { userId: ben, bookId: ash },
      { userId: ada, bookId: elm },
    ])
      expect(restorePlace(store, who, third?.id ?? 0, at)).toBeUndefined();
    expect(restorePlace(store, { userId: ada, bookId: ash }, third?.id ?? 0, at)).toMatchObject({ percentage: 0.3 });
    expect(store.positions.find(ada, ash)).toEqual({
      progress: "/p[0.3]",
      percentage: 0.3,
      device: RESTORED,
      updatedAt: at,
    });
    expect(store.positions.onDevices(ada, ash).map(({ device }) => device)).toEqual(["Clara"]);
    expect(store.statuses.find(ada, ash)).toMatchObject({
      status: "reading",
      progressPct: 0.3,
      finishedAt: null,
      cfi: "c",
    });
    restorePlace(store, { userId: ada, bookId: ash }, end?.id ?? 0, at);
    expect(store.positions.find(ada, ash)).toMatchObject({ percentage: 1, progress: "/p[1]" });
    expect(store.statuses.find(ada, ash)).toMatchObject({ status: "read", progressPct: 1 });
  });

  it.each(["want_to_read", "unread"] as const)("leave a book that is %s so, restored to its first page", status => {
    const { store, ada, ash } = library();
    store.positions.put(ada, ash, place(0, "Clara", 0));
    store.statuses.put(ada, ash, { status, progressPct: null, cfi: null, finishedAt: null }, "2026-11-21T11:00:00Z");
    const entry = store.positions.history(ada, ash)[0]?.id ?? 0;
    restorePlace(store, { userId: ada, bookId: ash }, entry, "2026-11-21T12:00:00.000Z");
    expect(store.statuses.find(ada, ash)).toMatchObject({ status, progressPct: 0 });
  });
});
