// Readers' days from seeds 251 to 500: everything read is on the server, once. Files run side by side.
import { expect, test } from "vitest";
import { playDays } from "./days";

test("mixed days lose nothing, double nothing and overwrite nothing (2 of 4)", { timeout: 900_000 }, async () => {
  expect(await playDays(251, 250)).toEqual([]);
});
