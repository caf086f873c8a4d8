import type { Moment, SessionRecord } from "./session";
import { type EpochSeconds, epochSeconds, type Seconds, seconds } from "./units";

/** No reader with this plugin is older: a clock that says less was never set. */
const EARLIEST = 1_577_836_800;
/** A clock that is off by less is right enough, and a network takes some seconds too. */
const NOTICEABLE = 120;
/** Nobody's device sleeps for longer: whoever finds more time gone by finds a clock that was set. */
const LONGEST_SLEEP = 30 * 24 * 3600;

/**
 * Notices when the wall clock is set, by holding it against the clock that nobody sets. Between two settings lies an era: stamps
 * of one era are right or wrong by the same amount.
 */
export class ClockEras {
  private era: string;
  private last: Moment | undefined;
  /** The eras of this run, and what brings a stamp of each to the clock as it is now. */
  private readonly eras: { readonly name: string; shift: number }[];

  /** @param run tells this run of KOReader from others */
  constructor(private readonly run: string) {
    this.era = run;
    this.eras = [{ name: run, shift: 0 }];
  }

  /** The era of this moment. */
  observe(now: Moment): string {
    const { last } = this;
    this.last = now;
    if (last === undefined) return this.era;
    const jump = now.epoch - last.epoch - (now.monotonic - last.monotonic);
    const wasSet = last.epoch < EARLIEST && now.epoch >= EARLIEST && jump > NOTICEABLE;
    if (jump < -NOTICEABLE || jump > LONGEST_SLEEP || wasSet) this.begin(jump);
    return this.era;
  }

  /** What to add to a stamp of that era to have it by the clock as it is now; nothing for an era of another run. */
  shiftFrom(era: string | undefined): Seconds | undefined {
    const found = this.eras.find(({ name }) => name === era);
    return found === undefined ? undefined : seconds(found.shift);
  }

  private begin(jump: number): void {
    for (const era of this.eras) era.shift += jump;
    this.era = `${this.run}/${this.eras.length}`;
    this.eras.push({ name: this.era, shift: 0 });
  }
}

function moved(session: SessionRecord, by: number): SessionRecord {
  if (by === 0) return session;
  return {
    ...session,
    startedAt: epochSeconds(session.startedAt + by),
    endedAt: epochSeconds(session.endedAt + by),
  };
}

/**
 * A sitting with the stamps that it would have by the server's clock. `shift` brings its stamps to the device's clock of now
 * (nothing: unknown), `ahead` is how far the server's clock is ahead of that, `now` is the server's time. What still lies in the
 * future, or before any reader, ended at the latest now: that is all that is known.
 */
export function corrected(
  session: SessionRecord,
  shift: Seconds | undefined,
  ahead: Seconds,
  now: EpochSeconds,
): SessionRecord {
  const offset = Math.abs(ahead) < NOTICEABLE ? 0 : ahead;
  const known = shift === undefined ? session : moved(session, shift + offset);
  const isPlausible = known.startedAt >= EARLIEST && known.endedAt <= now + NOTICEABLE;
  return isPlausible ? known : moved(known, now - known.endedAt);
}
