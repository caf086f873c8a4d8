import type { Seconds } from "../core/units";

interface Sample {
  readonly at: Seconds;
  readonly bytes: number;
}

/** Of so many seconds. */
const WINDOW_SECONDS = 5;

/** How fast bytes come, over the last seconds. */
export class TransferSpeed {
  private samples: Sample[] = [];

  note(at: Seconds, bytes: number): void {
    this.samples = this.samples.filter(sample => at - sample.at <= WINDOW_SECONDS).concat([{ at, bytes }]);
  }

  /** Bytes in a second; nothing before a second has passed. */
  now(): number | undefined {
    const [first, last] = [this.samples[0], this.samples[this.samples.length - 1]];
    if (first === undefined || last === undefined || last.at - first.at < 1) return undefined;
    return (last.bytes - first.bytes) / (last.at - first.at);
  }
}
