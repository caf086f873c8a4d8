// Replays a sitting, so that an object with state can be compared between the runtimes.
import { type Moment, Session } from "../../../src/core/session";
import { epochSeconds, fraction, seconds } from "../../../src/core/units";

export interface Step {
  readonly does: "turn" | "jump";
  readonly page: number;
  readonly fraction: number;
}

function momentAt(elapsed: number): Moment {
  return { epoch: epochSeconds(1_795_248_000 + elapsed), monotonic: seconds(elapsed) };
}

export function replaySession(steps: readonly Step[], elapsed: number): object {
  const session = new Session("an-id", momentAt(0), fraction(0.25));
  const turns: number[] = [];
  for (const { does, page, fraction: progress } of steps) {
    if (does === "turn") turns.push(session.turn(page) ?? 0);
    else session.jumpedTo(page, fraction(progress));
  }
  return { turns, hasTurned: session.hasTurned(), record: session.end(momentAt(elapsed), fraction(0.5)) };
}
