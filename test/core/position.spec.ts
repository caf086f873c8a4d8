import {
  decideArrival,
  decidePush,
  type Direction,
  directionOf,
  isXPointer,
  type PushDecision,
  type RemotePosition,
} from "../../src/core/position";
import { fraction } from "../../src/core/units";
import { describe, equal, it } from "../support/spec";

const at = (value: number) => ({ locator: "/body/p[1]", fraction: fraction(value) });
const remote = (value: number, device: string, stamp = "t1"): RemotePosition => ({ ...at(value), device, stamp });

describe("a place on the server", () => {
  const cases: [server: number, here: number, direction: Direction][] = [
    [0.5, 0.2, "ahead"],
    [0.205, 0.2, "same"],
    [0.195, 0.2, "same"],
    [0.2, 0.5, "behind"],
    // A finished book that is opened again is read again.
    [0.995, 0, "same"],
    [0.5, 1, "behind"],
  ];
  for (const [server, here, direction] of cases) {
    it(`at ${server} is ${direction}, seen from ${here}`, () => {
      equal(directionOf(at(server), at(here)), direction);
    });
  }
});

describe("when another place is found", () => {
  const usual = { jumpAhead: "jump", jumpBehind: "ask" } as const;
  const fresh = { isNews: true, hasTurned: false };

  it("the reader is taken ahead, and asked before going back", () => {
    equal(decideArrival({ ...fresh, direction: "ahead" }, usual), "jump");
    equal(decideArrival({ ...fresh, direction: "behind" }, usual), "ask");
    equal(decideArrival({ ...fresh, direction: "same" }, usual), "nothing");
  });

  it("the reader is taken ahead also to a place that we knew of", () => {
    equal(decideArrival({ direction: "ahead", isNews: false, hasTurned: false }, usual), "jump");
  });

  it("nobody is asked back when no other device has been there since", () => {
    equal(decideArrival({ direction: "behind", isNews: false, hasTurned: false }, usual), "nothing");
  });

  it("nobody is torn out of the text once pages were turned", () => {
    equal(decideArrival({ direction: "ahead", isNews: true, hasTurned: true }, usual), "tell");
    equal(decideArrival({ direction: "ahead", isNews: false, hasTurned: true }, usual), "nothing");
  });

  it("the reader's own rule counts", () => {
    const never = { jumpAhead: "never", jumpBehind: "never" } as const;
    equal(decideArrival({ ...fresh, direction: "ahead" }, never), "nothing");
    equal(decideArrival({ ...fresh, direction: "behind" }, { ...usual, jumpBehind: "jump" }), "jump");
    equal(decideArrival({ ...fresh, direction: "ahead" }, { ...usual, jumpAhead: "ask" }), "ask");
  });
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
    { when: "the server's is ours, with an answer that got lost", there: remote(0.1, "Clara", "t2"), what: "push" },
    { when: "the server's is the one we wrote", there: remote(0.7, "Clara", "t0"), seen: "t1", what: "push" },
    { when: "another device of our name moved it", there: remote(0.8, "Clara", "t2"), seen: "t1", what: "moved" },
    { when: "another device is where we were once", there: remote(0.1, "Web", "t2"), seen: "t1", what: "moved" },
    { when: "another device moved it since", there: remote(0.8, "Web", "t2"), seen: "t1", what: "moved" },
    { when: "another device moved it backwards since", there: remote(0.05, "Web", "t2"), seen: "t1", what: "moved" },
    { when: "it is there already", there: remote(0.3, "Web", "t2"), seen: "t1", what: "same" },
  ];
  const hand = { device: "Clara", written: "t0", tried: [at(0.1)] };
  for (const { when, there, seen, what } of cases) {
    it(`comes to "${what}" when ${when}`, () => {
      equal(decidePush(at(0.3), there, seen, hand), what);
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
