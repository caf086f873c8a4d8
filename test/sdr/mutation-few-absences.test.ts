// The histories must notice when what is missing is taken for deleted in small numbers, as the reference design has it (ADR 18).
import fc from "../support/node/fast-check";
import { expect, test, vi } from "vitest";
import { history, hold } from "../support/node/sdr/history";
import type * as DeletionsModule from "../../src/core/sdr/deletions";

vi.mock("../../src/core/sdr/deletions", async original => {
  const real = await original<typeof DeletionsModule>();
  const judgeAbsences: typeof real.judgeAbsences = (_shadow, missing) =>
    missing.length <= 3 ? { deleted: missing, held: [] } : { deleted: [], held: missing };
  return { ...real, judgeAbsences };
});

test("with a few absences taken for deletions histories fail", { timeout: 1_200_000 }, () => {
  const result = fc.check(fc.property(history, hold), { numRuns: 1000, seed: 1, endOnFailure: true });
  expect(String(result.errorInstance)).toMatch(/should be there/);
});
