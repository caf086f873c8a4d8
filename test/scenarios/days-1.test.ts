// Readers' days from seeds 1 to 250: everything read is on the server, once. Files run side by side.
import { expect, test } from "vitest";
import { playDays } from "./days";

test("mixed days lose nothing, double nothing and overwrite nothing (1 of 4)", { timeout: 900_000 }, async () => {
  expect(await playDays(1, 250)).toEqual([]);
});
