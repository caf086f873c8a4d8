import { decidePush, isAhead, isXPointer, type PushDecision, type RemotePosition } from "../../src/core/position";
import { fraction } from "../../src/core/units";
import { describe, equal, it } from "../support/spec";

const at = (value: number) => ({ locator: "/body/p[1]", fraction: fraction(value) });
const remote = (value: number, device: string, stamp = "t1"): RemotePosition => ({ ...at(value), device, stamp });

describe("a place on the server", () => {
  const cases: [server: number, here: number, ahead: boolean][] = [
    [0.5, 0.2, true],
    [0.205, 0.2, false],
    [0.2, 0.5, false],
    // A finished book that is opened again is read again.
    [0.995, 0, false],
  ];
  for (const [server, here, ahead] of cases) {
    it(`at ${server} is ${ahead ? "" : "not "}ahead of ${here}`, () => {
      equal(isAhead(at(server), at(here)), ahead);
    });
  }
});

interface PushCase {
  readonly when: string;
  readonly there?: RemotePosition;
  readonly seen?: string;
  readonly what: PushDecision;
}

describe("our place, about to be sent", () => {
  const cases: PushCase[] = [
    { when: "the server has none", what: "push" },
    { when: "the server's is the one we saw last", there: remote(0.8, "Web"), seen: "t1", what: "push" },
    { when: "the server's is ours, with an answer that got lost", there: remote(0.1, "Clara"), what: "push" },
    { when: "another device moved it since", there: remote(0.8, "Web", "t2"), seen: "t1", what: "moved" },
    { when: "another device moved it backwards since", there: remote(0.05, "Web", "t2"), seen: "t1", what: "moved" },
    { when: "it is there already", there: remote(0.3, "Web", "t2"), seen: "t1", what: "same" },
  ];
  for (const { when, there, seen, what } of cases) {
    it(`comes to "${what}" when ${when}`, () => {
      equal(decidePush(at(0.3), there, seen, "Clara"), what);
    });
  }
});

describe("a locator", () => {
  it("of KOReader is told from a web reader's", () => {
    equal(isXPointer("/body/DocFragment[3]/body/p[2]/text().0"), true);
    equal(isXPointer("epubcfi(/6/4!/4/2)"), false);
    equal(isXPointer(""), false);
  });
});
