// The histories must notice when the first sight of an old copy counts as an edit: then it raises what was deleted.
import fc from "../support/node/fast-check";
import { expect, test, vi } from "vitest";
import { history, hold } from "../support/node/sdr/history";
import type * as StampModule from "../../src/core/sdr/stamp";

vi.mock("../../src/core/sdr/book-state", async original => {
  const real = await original<typeof import("../../src/core/sdr/book-state")>();
  const stamps = await vi.importActual<typeof StampModule>("../../src/core/sdr/stamp");
  const isAlive: typeof real.isAlive = annotation => {
    const seen = real.seenOf(annotation);
    const { dead } = annotation;
    return (
      dead === undefined || Object.keys(seen).some(device => (dead[device] ?? stamps.NEVER) < (seen[device] ?? ""))
    );
  };
  return { ...real, isAlive };
});

test("with old copies taken for edits histories fail", { timeout: 1_200_000 }, () => {
  const result = fc.check(fc.property(history, hold), { numRuns: 1000, seed: 1, endOnFailure: true });
  expect(String(result.errorInstance)).toMatch(/should be gone/);
});
