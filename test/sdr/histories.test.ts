// sdr-sync.md 5.1: whatever two to five devices do, with clocks that are years off, torn and doubtful uploads, damaged downloads, crashes,
// sidecars that are reset, emptied, cut short or replaced by older ones, and compaction in between.
import fc from "../support/node/fast-check";
import { expect, test } from "vitest";
import { history, hold } from "../support/node/sdr/history";

/** Another search: RIBBON_SEED=7 RIBBON_CASES=30000. */
const seed = Number(process.env["RIBBON_SEED"] ?? 20_261_121);
const numRuns = Number(process.env["RIBBON_CASES"] ?? 3000);

test(`${numRuns} histories from seed ${seed} lose nothing and end alike`, { timeout: 1_200_000 }, () => {
  const result = fc.check(fc.property(history, hold), { numRuns, seed, endOnFailure: false });
  expect(result.failed, fc.defaultReportMessage(result) ?? "").toBe(false);
});
