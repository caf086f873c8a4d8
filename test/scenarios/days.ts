// Readers' days from seeds, for specs. `npm run soak` plays on.
import { command, type Outcome, playMany, type ScenarioOptions } from "./scenario";

/** Side by side: while one day waits for a reader, another goes on. */
const WIDTH = 3;

/** Plays so many seeds and returns what went wrong, each with the command that plays it again. */
export async function playDays(first: number, count: number, options: ScenarioOptions = {}): Promise<string[]> {
  const wrong: string[] = [];
  const note = ({ seed, violations, story }: Outcome): void => {
    if (violations.length === 0) return;
    wrong.push([command(options, seed), ...violations, ...story].join("\n  "));
  };
  let next = first;
  await playMany(() => (next < first + count ? next++ : undefined), options, note, WIDTH);
  return wrong;
}
