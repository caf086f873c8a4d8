import { pauseAfter } from "../../src/core/backoff";
import { fileName } from "../../src/core/book";
import { concernsServer, nextStep, type Reason } from "../../src/core/failure";
import { LineBuffer } from "../../src/core/lines";
import { settle } from "../../src/core/outbox";
import { epochOf, isoUtc } from "../../src/core/timestamp";
import { epochSeconds, fraction } from "../../src/core/units";
import { describe, equal, it, same } from "../support/spec";

describe("a time stamp", () => {
  const cases: [epoch: number, text: string][] = [
    [0, "1970-01-01T00:00:00Z"],
    [951_782_399, "2000-02-28T23:59:59Z"],
    [951_782_400, "2000-02-29T00:00:00Z"],
    [1_795_248_059, "2026-11-21T08:00:59Z"],
    [4_102_444_800, "2100-01-01T00:00:00Z"],
    [1_795_248_059.9, "2026-11-21T08:00:59Z"],
  ];
  for (const [epoch, text] of cases) {
    it(`${text} is written for ${epoch}`, () => {
      equal(isoUtc(epochSeconds(epoch)), text);
    });
  }
});

describe("a server's stamp", () => {
  it("is read to the second", () => {
    for (const epoch of [0, 951_782_399, 951_782_400, 1_795_248_059, 4_102_444_800]) {
      equal(epochOf(isoUtc(epochSeconds(epoch))), epochSeconds(epoch));
    }
    equal(epochOf("2026-11-21T08:00:59.123456Z"), epochSeconds(1_795_248_059));
  });

  it("that is none is none", () => {
    for (const stamp of ["", "yesterday", "2026-11-21", "2026-11-21Tx8:00:59Z"]) equal(epochOf(stamp), undefined);
  });
});

describe("the pause after failures in a row", () => {
  it("doubles from five seconds to half an hour", () => {
    same(
      [1, 2, 3, 9, 10, 11, 500].map(failures => pauseAfter(failures, 1)),
      [5, 10, 20, 1280, 1800, 1800, 1800].map(value => value as ReturnType<typeof pauseAfter>),
    );
  });

  it("is spread over its whole length, so that many readers do not come at once", () => {
    equal(pauseAfter(3, 0), 0);
    equal(pauseAfter(3, 0.5), 10);
  });
});

describe("a failure", () => {
  it("of the network or the server is tried again", () => {
    for (const reason of ["offline", "dns", "refused", "timeout", "busy", "server", "garbled"] satisfies Reason[]) {
      equal(nextStep(reason), "retry");
      equal(concernsServer(reason), true);
    }
  });

  it("of one entry does not hold up the others", () => {
    for (const reason of ["missing", "rejected", "forbidden"] satisfies Reason[]) equal(concernsServer(reason), false);
  });

  it("of the key waits for the reader", () => {
    equal(nextStep("auth"), "ask");
  });
});

describe("an entry of the outbox", () => {
  it("leaves only when the server has it or has something newer", () => {
    equal(settle({ kind: "delivered" }).kind, "remove");
    equal(settle({ kind: "superseded" }).kind, "remove");
    same(settle({ kind: "unmatched" }), { kind: "stay", state: "waiting", reason: "missing" });
    same(settle({ kind: "unconfirmed" }), { kind: "stay", state: "waiting" });
  });

  it("is tried again when the network failed before it was sent", () => {
    const failure = { reason: "refused" } as const;
    same(settle({ kind: "failed", failure }), { kind: "stay", state: "waiting", reason: "refused" });
  });

  it("is unknown when it was sent and the answer was lost", () => {
    const failure = { reason: "timeout", sent: true } as const;
    same(settle({ kind: "failed", failure }), { kind: "stay", state: "unknown", reason: "timeout" });
  });

  it("waits for the reader when the server refused it", () => {
    const failure = { reason: "rejected", sent: true } as const;
    same(settle({ kind: "failed", failure }), { kind: "stay", state: "parked", reason: "rejected" });
  });
});

describe("lines that arrive in pieces", () => {
  it("are handed on when they are whole", () => {
    const buffer = new LineBuffer();
    same(buffer.push('{"a"'), []);
    same(buffer.push(":1}\n{}\nen"), ['{"a":1}', "{}"]);
    same(buffer.push("d\n"), ["end"]);
    same(buffer.push(""), []);
  });
});

describe("a file's name", () => {
  it("is the last part of its path", () => {
    equal(fileName("/mnt/onboard/Books/Ash.epub"), "Ash.epub");
    equal(fileName("Ash.epub"), "Ash.epub");
  });
});

describe("a fraction", () => {
  it("stays between nothing and all, whatever a server says", () => {
    for (const [said, kept] of [
      [-1, 0],
      [0, 0],
      [0.5, 0.5],
      [1.5, 1],
    ] as const)
      equal(Number(fraction(said)), kept);
    equal(fraction(0 / 0), 0);
  });
});
