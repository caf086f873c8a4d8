import { pauseAfterMiss } from "../../src/core/miss";
import { describe, it, same } from "../support/spec";

describe("a book that a server did not have", () => {
  it("is asked for again after an hour, then four, at last once a week", () => {
    const hours = [1, 2, 3, 4, 5, 99].map(misses => pauseAfterMiss(misses) / 3600);
    same(hours, [1, 4, 16, 64, 168, 168]);
  });
});
