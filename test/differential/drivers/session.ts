// Replays a sitting, so that an object with state can be compared between the runtimes.
import { Session } from "../../../src/core/session";
import { epochSeconds, fraction, seconds } from "../../../src/core/units";

export interface Step {
  readonly does: "show" | "jump";
  readonly page: number;
  readonly fraction: number;
  /** Seconds since the step before. */
  readonly pause: number;
}

export function replaySession(steps: readonly Step[], idleCap: number): object {
  const at = { epoch: epochSeconds(1_795_248_000), monotonic: seconds(100) };
  const session = new Session({ id: "an-id", at, progress: fraction(0.25), page: 1 }, seconds(idleCap));
  const turns: number[] = [];
  let now = 100;
  for (const { does, page, fraction: progress, pause } of steps) {
    now += pause;
    if (does === "show") turns.push(session.show(page, seconds(now)) ?? 0);
    else session.jumpedTo(page, fraction(progress));
  }
  return { turns, hasTurned: session.hasTurned(), record: session.record(seconds(now), fraction(0.5)) };
}
