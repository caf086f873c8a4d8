// Readers' days with real forks and a real clock; workers are killed, and the reader too.
import { expect, test } from "vitest";
import { playDays } from "./days";

test("with real workers, some of them killed, nothing is lost either", { timeout: 900_000 }, async () => {
  expect(await playDays(1, 30, { isReal: true })).toEqual([]);
});
