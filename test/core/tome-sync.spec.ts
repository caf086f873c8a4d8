import { mappedBooks, pendingSessions } from "../../src/core/tome-sync";
import { epochSeconds, fraction, seconds } from "../../src/core/units";
import { describe, it, same } from "../support/spec";

const body = {
  book_id: 7,
  started_at: "2026-05-01T07:00:00Z",
  ended_at: "2026-05-01T07:10:00Z",
  duration_seconds: 600,
  progress_start: 0.25,
  progress_end: 0.5,
  pages_turned: 12,
  device: "Libra",
  session_uuid: "7-1777618800-Libra",
};

describe("what TomeSync left", () => {
  it("is a book of the server for every path", () => {
    same(mappedBooks({ "/books/a.epub": 12 }), [{ file: "/books/a.epub", remoteId: "12" }]);
  });

  it("is passed over where it makes no sense", () => {
    same(mappedBooks({ "relative.epub": 12, "/half.epub": 1.5, "/none.epub": "x", "/minus.epub": -3 }), []);
    same(mappedBooks("a text"), []);
    same(mappedBooks(undefined), []);
    same(pendingSessions(undefined), []);
    same(pendingSessions("a text"), []);
    same(pendingSessions([{ ...body, book_id: "seven" }, { ...body, started_at: "yesterday" }, "a text"]), []);
    same(pendingSessions([{ ...body, session_uuid: "" }]), []);
  });

  it("is a sitting for every body that waits, with its id", () => {
    same(pendingSessions([body]), [
      {
        remoteId: "7",
        session: {
          id: "7-1777618800-Libra",
          startedAt: epochSeconds(1777618800),
          endedAt: epochSeconds(1777619400),
          duration: seconds(600),
          progressStart: fraction(0.25),
          progressEnd: fraction(0.5),
          pageTurns: 12,
        },
      },
    ]);
  });

  it("gets nought for a number that no sitting has", () => {
    const [pending] = pendingSessions([{ ...body, duration_seconds: -5, progress_end: 40, pages_turned: 1e9 }]);
    same([pending?.session.duration, pending?.session.progressEnd, pending?.session.pageTurns], [0, 0, 0]);
  });
});
