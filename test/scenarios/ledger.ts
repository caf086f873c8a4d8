// What should have reached the server, reckoned from what the reader did and from the README, not from the plugin's code.

const IDLE_CAP = 600;
const SHORTEST_SESSION = 10;
/** An empty battery costs at most so much, reckoned from the last page turn. */
const LONGEST_LOSS = 60;

/** A session that the server must have; after a kill only its beginning is sure. */
export interface Due {
  book: string;
  turns: readonly [least: number, most: number];
  seconds: readonly [least: number, most: number];
  /** It may be there or not: it was about ten seconds long, or killed before anything had to be written down. */
  isOptional: boolean;
}

interface Sitting {
  book: string;
  turns: number;
  credited: number;
  lastPage: number;
  begunAt: number;
  /** How it stood after each page turn. */
  stands: { at: number; turns: number; seconds: number }[];
}

/** One session as it arrived. */
export interface Arrived {
  book: string;
  turns: number;
  seconds: number;
}

export class Ledger {
  readonly due: Due[] = [];
  private now = 0;
  private sitting: Sitting | undefined;

  /** @param tolerance seconds, for what the clock does between two verbs */
  constructor(private readonly tolerance: number) {}

  /** What has ended so far. */
  finished(): Ledger {
    const copy = new Ledger(this.tolerance);
    copy.due.push(...this.due);
    return copy;
  }

  /** What there must be if the device died now. */
  ifKilled(): Ledger {
    const copy = this.finished();
    copy.now = this.now;
    copy.sitting = this.sitting === undefined ? undefined : { ...this.sitting, stands: [...this.sitting.stands] };
    copy.kill();
    return copy;
  }

  pass(seconds: number): void {
    this.now += seconds;
  }

  get isReading(): boolean {
    return this.sitting !== undefined;
  }

  get hasTurned(): boolean {
    return (this.sitting?.turns ?? 0) > 0;
  }

  begin(book: string): void {
    this.sitting = { book, turns: 0, credited: 0, lastPage: this.now, begunAt: this.now, stands: [] };
  }

  /** Another page is on screen by the reader's doing: a turn, or a jump that counts none. */
  page({ isTurn }: { isTurn: boolean }): void {
    const { sitting } = this;
    if (sitting === undefined) return;
    sitting.credited += Math.min(this.now - sitting.lastPage, IDLE_CAP);
    sitting.lastPage = this.now;
    if (!isTurn) return;
    sitting.turns += 1;
    sitting.stands.push({ at: this.now, turns: sitting.turns, seconds: sitting.credited });
  }

  end(): void {
    const { sitting } = this;
    this.sitting = undefined;
    if (sitting === undefined) return;
    const seconds = this.lengthOf(sitting);
    if (seconds < SHORTEST_SESSION - this.tolerance) return;
    this.due.push({
      book: sitting.book,
      turns: [sitting.turns, sitting.turns],
      seconds: [seconds - this.tolerance, seconds + this.tolerance],
      isOptional: seconds < SHORTEST_SESSION + this.tolerance,
    });
  }

  kill(): void {
    const { sitting } = this;
    this.sitting = undefined;
    if (sitting === undefined) return;
    const safeFrom = (sitting.stands.at(-1)?.at ?? 0) - LONGEST_LOSS - 1;
    const written = sitting.begunAt < safeFrom ? sitting.stands.find(({ at }) => at > safeFrom) : undefined;
    const { turns, seconds } = written ?? { turns: 0, seconds: 0 };
    this.due.push({
      book: sitting.book,
      turns: [turns, sitting.turns],
      seconds: [seconds - this.tolerance, this.lengthOf(sitting) + this.tolerance],
      isOptional: written === undefined,
    });
  }

  private lengthOf(sitting: Sitting): number {
    return sitting.credited + Math.min(this.now - sitting.lastPage, IDLE_CAP);
  }

  /** What is missing and what is too much, in words. */
  compare(arrived: readonly Arrived[]): string[] {
    const rest = [...arrived];
    const missing: string[] = [];
    // The narrow ones first: a wide one must not take what only they fit.
    const byWidth = [...this.due].sort((one, other) => widthOf(one) - widthOf(other));
    for (const due of byWidth) {
      const at = rest.findIndex(session => fits(session, due));
      if (at >= 0) rest.splice(at, 1);
      else if (!due.isOptional) missing.push(`missing: ${JSON.stringify(due)}`);
    }
    return [...missing, ...rest.map(session => `too much: ${JSON.stringify(session)}`)];
  }
}

const widthOf = ({ turns: [least, most], isOptional }: Due): number => most - least + (isOptional ? 1000 : 0);

const fits = ({ book, turns, seconds }: Arrived, due: Due): boolean =>
  book === due.book &&
  turns >= due.turns[0] &&
  turns <= due.turns[1] &&
  seconds >= due.seconds[0] &&
  seconds <= due.seconds[1];
