// Readers' days from seeds 751 to 1000: everything read is on the server, once. Files run side by side.
import { expect, test } from "vitest";
import { playDays } from "./days";

test("mixed days lose nothing, double nothing and overwrite nothing (4 of 4)", { timeout: 900_000 }, async () => {
  expect(await playDays(751, 250)).toEqual([]);
});
