import { describe, expect, it } from "vitest";
import { advance, type Standing, type Status } from "../../src/shelf/reading-status";

const at = "2026-05-01T10:00:00.000Z";
const standing = (status: Status, progressPct: number | null): Standing => ({
  status,
  progressPct,
  cfi: null,
  finishedAt: null,
});

describe("a report of progress", () => {
  it.each([
    [undefined, 0, false, "unread", 0],
    [undefined, 0.2, false, "reading", 0.2],
    [undefined, 0.99, false, "read", 1],
    [standing("unread", null), 0, true, "unread", 0],
    [standing("want_to_read", null), 0.01, false, "reading", 0.01],
    [standing("reading", 0.5), 0.2, false, "reading", 0.2],
    [standing("reading", 0.5), 0.2, true, "reading", 0.5],
    [standing("reading", 0.5), 0, false, "reading", 0],
    [standing("shelved", 0.1), 0.9, false, "shelved", 0.9],
    [standing("shelved", 0.1), 0.99, false, "read", 1],
    [standing("read", 1), 0.2, false, "read", 1],
    [standing("reading", 0.2), 1.5, true, "read", 1],
    [standing("reading", 0.2), -1, true, "reading", 0.2],
  ] as const)("%o, %d, monotonic: %s → %s at %d", (before, percentage, monotonic, status, progressPct) => {
    expect(advance(before, { percentage, monotonic, at })).toMatchObject({ status, progressPct });
  });

  it("dates the end of a book, once", () => {
    const read = advance(undefined, { percentage: 1, monotonic: false, at });
    expect(read.finishedAt).toBe(at);
    expect(advance(read, { percentage: 1, monotonic: false, at: "2027-01-01T00:00:00.000Z" }).finishedAt).toBe(at);
  });
});
