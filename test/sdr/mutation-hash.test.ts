// The histories must notice when a damaged file is taken for a whole one.
import fc from "../support/node/fast-check";
import { expect, test, vi } from "vitest";
import { history, hold } from "../support/node/sdr/history";
import type * as SegmentModule from "../../src/core/sdr/segment";

vi.mock("../../src/core/sdr/segment", async original => {
  const real = await original<typeof SegmentModule>();
  const openSegment: typeof real.openSegment = (name, bytes) =>
    real.openSegment(name, bytes, () => name.split("-")[4]?.slice(0, 16) ?? "");
  return { ...real, openSegment };
});

test("without the check of hashes histories fail", { timeout: 1_200_000 }, () => {
  const result = fc.check(fc.property(history, hold), { numRuns: 1000, seed: 1, endOnFailure: true });
  expect(String(result.errorInstance)).toMatch(/know different things|is lost|lord/);
});
