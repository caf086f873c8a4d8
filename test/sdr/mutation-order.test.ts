// The histories must notice when the earlier of two writes counts.
import fc from "../support/node/fast-check";
import { expect, test, vi } from "vitest";
import { history, hold } from "../support/node/sdr/history";
import type * as StampModule from "../../src/core/sdr/stamp";

vi.mock("../../src/core/sdr/stamp", async original => {
  const real = await original<typeof StampModule>();
  const isAfter: typeof real.isAfter = (a, b) => real.isAfter(b, a);
  return { ...real, isAfter };
});

test("with the order of stamps swapped histories fail", { timeout: 1_200_000 }, () => {
  const result = fc.check(fc.property(history, hold), { numRuns: 1000, seed: 1, endOnFailure: true });
  expect(String(result.errorInstance)).toMatch(/the (colour|status) is/);
});
