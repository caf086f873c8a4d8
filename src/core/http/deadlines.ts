import { LONGEST_DOWNLOAD } from "../download";
import { type Seconds, seconds } from "../units";

/** How long one request may take; none of them starts another one anew. */
export interface Deadlines {
  /** To reach the server: addresses tried one after another, and the handshake. Looking up the name is not in it. */
  readonly connect: Seconds;
  /** From the whole request being sent to the first byte of an answer. */
  readonly firstByte: Seconds;
  /** Between two pieces of an answer, and between two pieces of what we send. */
  readonly idle: Seconds;
  /** For all of it, with redirects and a second try. */
  readonly total: Seconds;
}

/** An e-reader's Wi-Fi wakes slowly and a small server reads a cold disk; a library's answers are small. */
export const USUAL_DEADLINES: Deadlines = {
  connect: seconds(10),
  firstByte: seconds(15),
  idle: seconds(10),
  total: seconds(40),
};

/**
 * For a file of any size: a Tome writes its metadata into a book before it sends the first byte, which takes a large comic many
 * seconds; then only silence ends it.
 */
export const FILE_DEADLINES: Partial<Deadlines> = {
  firstByte: seconds(120),
  idle: seconds(20),
  total: LONGEST_DOWNLOAD,
};

/** The phases of a request, as they are named in the detail of a `timeout`. */
export type Phase = keyof Deadlines;

/** A moment by which something must have happened. */
export class Deadline {
  /** @param at on the clock `now` */
  constructor(
    readonly phase: Phase,
    readonly at: Seconds,
    private readonly now: (this: void) => Seconds,
  ) {}

  /** What is left, never less than nothing. */
  left(): Seconds {
    return seconds(Math.max(0, this.at - this.now()));
  }
}

/** The deadlines of one request that began when this was made. */
export class Timer {
  private readonly end: Deadline;

  /** @param now a clock that only goes forward */
  constructor(
    private readonly now: (this: void) => Seconds,
    private readonly deadlines: Deadlines,
  ) {
    this.end = new Deadline("total", seconds(now() + deadlines.total), now);
  }

  /** The deadline of a phase that begins now, or the one of the whole when that comes first. */
  begin(phase: Phase): Deadline {
    const at = seconds(this.now() + this.deadlines[phase]);
    return at < this.end.at ? new Deadline(phase, at, this.now) : this.end;
  }
}
