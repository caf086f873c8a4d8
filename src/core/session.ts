import { type EpochSeconds, epochSeconds, type Fraction, type Seconds, seconds } from "./units";

/** A page that was on screen for less was passed by, not read: skimming invents no pages. */
const SHORTEST_LOOK = 1;
/** Two pages side by side turn by two; whoever goes further jumps. */
const LONGEST_STEP = 2;

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
  /** Time that was spent reading: what exceeds the idle cap on one page is not in it. */
  readonly duration: Seconds;
  readonly progressStart: Fraction;
  readonly progressEnd: Fraction;
  readonly pageTurns: number;
  /** Between which settings of the device's clock its stamps were made. */
  readonly era?: string;
}

/** So much was read. */
export interface Tally {
  readonly duration: Seconds;
  readonly pageTurns: number;
}

/** Two sittings told as one: nothing that was read is lost, only where one ended and the next began. */
export function joined(one: SessionRecord, next: SessionRecord): SessionRecord {
  const { era: _era, ...rest } = one;
  return {
    ...rest,
    endedAt: epochSeconds(Math.max(one.endedAt, next.endedAt)),
    duration: seconds(one.duration + next.duration),
    progressEnd: next.progressEnd,
    pageTurns: one.pageTurns + next.pageTurns,
    ...(one.era !== undefined && one.era === next.era ? { era: one.era } : {}),
  };
}

/** How a sitting begins. */
export interface SessionStart {
  readonly id: string;
  readonly at: Moment;
  readonly progress: Fraction;
  readonly page: number;
  readonly era?: string;
}

/** One sitting with one book, from the moment it is on screen until it is closed or the device sleeps. */
export class Session {
  private page: number;
  private progressStart: Fraction;
  /** When this page came on screen, and with it the reader's last sign of life. */
  private lastActivity: number;
  private credited = 0;
  private pageTurns = 0;
  /** The first page of a sitting is the last of the one before: whoever turns it at once has read it. */
  private hasMoved = false;

  /** @param idleCap the most that one page can count: whoever looks longer has fallen asleep */
  constructor(
    private readonly start: SessionStart,
    private readonly idleCap: Seconds,
  ) {
    this.page = start.page;
    this.progressStart = start.progress;
    this.lastActivity = start.at.monotonic;
  }

  /**
   * A page is on screen. KOReader reports the same page many times (redraws, bookmarks): only another page means anything.
   * Returns the turns so far when this was one, nothing for a jump, a page skimmed over or the same page.
   */
  show(page: number, now: Seconds): number | undefined {
    if (page === this.page) return undefined;
    const step = Math.abs(page - this.page);
    const looked = now - this.lastActivity;
    this.credit(now);
    this.page = page;
    const knewPage = !this.hasMoved;
    this.hasMoved = true;
    if (step > LONGEST_STEP || (looked < SHORTEST_LOOK && !knewPage)) return undefined;
    this.pageTurns += 1;
    return this.pageTurns;
  }

  /** We took the reader to where another device was: reading goes on from there. */
  jumpedTo(page: number, progress: Fraction): void {
    this.page = page;
    if (this.pageTurns === 0) this.progressStart = progress;
  }

  /** The document was laid out anew: the same place has another number. */
  rerendered(page: number): void {
    this.page = page;
  }

  /** When this page came on screen. */
  lastTurn(): Seconds {
    return seconds(this.lastActivity);
  }

  hasTurned(): boolean {
    return this.pageTurns > 0;
  }

  /** What was read up to a moment after the last turn, and be it a while ago: asked for at midnight. */
  tally(until: Seconds): Tally {
    return { duration: seconds(this.credited + this.creditFor(until)), pageTurns: this.pageTurns };
  }

  /** The sitting as it would be if it ended now; it may go on. */
  record(now: Seconds, progressEnd: Fraction): SessionRecord {
    const tail = this.creditFor(now);
    const elapsed = Math.floor(this.lastActivity + tail - this.start.at.monotonic);
    return {
      id: this.start.id,
      startedAt: this.start.at.epoch,
      endedAt: epochSeconds(this.start.at.epoch + elapsed),
      duration: seconds(Math.floor(this.credited + tail)),
      progressStart: this.progressStart,
      progressEnd,
      pageTurns: this.pageTurns,
      ...(this.start.era !== undefined ? { era: this.start.era } : {}),
    };
  }

  private creditFor(now: Seconds): number {
    return Math.max(0, Math.min(now - this.lastActivity, this.idleCap));
  }

  private credit(now: Seconds): void {
    this.credited += this.creditFor(now);
    this.lastActivity = now;
  }
}
