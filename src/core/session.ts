import type { EpochSeconds, Fraction, Seconds } from "./units";
import { seconds } from "./units";

/** Sittings shorter than this were an accident, not reading. */
export const SHORTEST_SESSION: Seconds = seconds(10);

/** A moment on both clocks: one to stamp with, one that nobody sets, to measure with. */
export interface Moment {
  readonly epoch: EpochSeconds;
  readonly monotonic: Seconds;
}

/** One sitting with one book, finished. */
export interface SessionRecord {
  readonly id: string;
  readonly startedAt: EpochSeconds;
  readonly endedAt: EpochSeconds;
  readonly duration: Seconds;
  readonly progressStart: Fraction;
  readonly progressEnd: Fraction;
  readonly pageTurns: number;
}

/** One sitting with one book, from the moment it is on screen until it is closed or the device sleeps. */
export class Session {
  private pageTurns = 0;
  private page: number | undefined;

  constructor(
    private readonly id: string,
    private readonly start: Moment,
    private progressStart: Fraction,
  ) {}

  /**
   * KOReader reports the same page many times (redraws, bookmarks, its first page before the book is ready):
   * only a change of page is a turn. Returns the turns so far when this was one, else nothing.
   */
  turn(page: number): number | undefined {
    if (page === this.page) return undefined;
    const first = this.page === undefined;
    this.page = page;
    if (first) return undefined;
    this.pageTurns += 1;
    return this.pageTurns;
  }

  /** A jump to where another device was is not reading: the session goes on from there. */
  jumpedTo(page: number, progress: Fraction): void {
    this.page = page;
    if (this.pageTurns === 0) this.progressStart = progress;
  }

  hasTurned(): boolean {
    return this.pageTurns > 0;
  }

  /** The finished session, or nothing when it was too short to be one. */
  end(now: Moment, progressEnd: Fraction): SessionRecord | undefined {
    const duration = Math.floor(now.monotonic - this.start.monotonic);
    if (duration < SHORTEST_SESSION) return undefined;
    return {
      id: this.id,
      startedAt: this.start.epoch,
      endedAt: (this.start.epoch + duration) as EpochSeconds,
      duration: seconds(duration),
      progressStart: this.progressStart,
      progressEnd,
      pageTurns: this.pageTurns,
    };
  }
}
