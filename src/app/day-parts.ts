import type { Session, Tally } from "../core/session";
import { type EpochSeconds, type Seconds, seconds } from "../core/units";
import type { Clock } from "../ports/clock";
import type { DayPart } from "../ports/store";

/** Cuts a sitting at every midnight of the reader's, so that "today" begins there. */
export class DayParts {
  private readonly earlier: DayPart[] = [];
  /** What was read before the last midnight. */
  private before: Tally = { duration: seconds(0), pageTurns: 0 };
  /** When this day ends, on the monotonic clock. */
  private ends: Seconds;

  constructor(
    private readonly session: Session,
    private readonly clock: Clock,
    private began: EpochSeconds,
  ) {
    this.ends = this.nextMidnight();
  }

  /** To be told before a turn counts: whatever comes now belongs to the day of `now`. */
  passMidnight(now: Seconds): void {
    if (now < this.ends) return;
    this.earlier.push(this.partUpTo(this.ends));
    this.before = this.session.tally(this.ends);
    this.began = this.clock.dayStart(0);
    this.ends = this.nextMidnight();
  }

  /** The whole sitting so far, day by day: the last part is today's. */
  upTo(now: Seconds): DayPart[] {
    this.passMidnight(now);
    return this.earlier.concat([this.partUpTo(now)]);
  }

  private partUpTo(now: Seconds): DayPart {
    const { duration, pageTurns } = this.session.tally(now);
    return {
      startedAt: this.began,
      duration: seconds(duration - this.before.duration),
      pageTurns: pageTurns - this.before.pageTurns,
    };
  }

  private nextMidnight(): Seconds {
    return seconds(this.clock.monotonic() + this.clock.dayStart(1) - this.clock.epoch());
  }
}
