// Readers' days from seeds, and some with real forks: everything read is on the server, once. `npm run soak` plays on.
import { expect, test } from "vitest";
import { command, type Outcome, playMany, type ScenarioOptions } from "./scenario";

/** Plays so many seeds and returns what went wrong, each with the command that plays it again. */
async function play(first: number, count: number, options: ScenarioOptions, width: number): Promise<string[]> {
  const wrong: string[] = [];
  const note = ({ seed, violations, story }: Outcome): void => {
    if (violations.length === 0) return;
    wrong.push([command(options, seed), ...violations, ...story].join("\n  "));
  };
  let next = first;
  await playMany(() => (next < first + count ? next++ : undefined), options, note, width);
  return wrong;
}

test("hundreds of mixed days lose nothing, double nothing and overwrite nothing", { timeout: 600_000 }, async () => {
  expect(await play(1, 400, {}, 3)).toEqual([]);
});

test("with real workers, some of them killed, nothing is lost either", { timeout: 300_000 }, async () => {
  expect(await play(1, 10, { isReal: true }, 3)).toEqual([]);
});
