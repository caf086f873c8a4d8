import { inSlices } from "../../src/koreader/sidecars/slices";
import { Urgent } from "../../src/app/sdr/urgent";
import { takeTurns } from "../../src/core/turns";
import { type Seconds, seconds } from "../../src/core/units";
import type { Scheduler } from "../../src/ports/scheduler";
import { describe, equal, it, ok } from "../support/spec";

/** KOReader's loop, which does nothing while somebody waits. */
class Loop implements Scheduler {
  readonly tasks: (() => void)[] = [];

  after(_delay: Seconds, task: () => void): () => void {
    this.tasks.push(() => {
      task();
    });
    return () => {};
  }

  afterRepaint(): () => void {
    return () => {};
  }
}

/** Slices of which each takes so long, on a clock of their own. */
class Work {
  now = 100;
  steps = 0;
  readonly loop = new Loop();
  readonly urgent = new Urgent(this.loop);

  constructor(
    private readonly step: number,
    private readonly look = 0.03,
  ) {}

  private begin(steps: number): void {
    const slow = (breathe: () => void): void => {
      for (const _ of $range(1, steps)) {
        this.now += this.step;
        this.steps += 1;
        breathe();
      }
    };
    const clock = { monotonic: () => seconds(this.now) };
    inSlices({ clock, scheduler: this.urgent }, slow, () => {});
  }

  /** A last call in which there always is something left to be done. */
  call(most: number, steps: number): number {
    const began = this.now;
    this.urgent.begin();
    this.begin(steps);
    takeTurns(
      () => this.now,
      most,
      () => {
        if (!this.urgent.workOff()) this.now += this.look;
        return true;
      },
    );
    this.urgent.end(seconds(0.5));
    return this.now - began;
  }
}

describe("a last call", () => {
  it("ends in time when its slices are slow", () => {
    for (const step of [0.001, 0.05, 0.4, 0.89]) {
      const work = new Work(step);
      ok(work.call(1.8, 10_000) <= 1.8, `slices of ${step} s`);
      ok(work.steps > 1, "it did something");
    }
  });

  it("ends in time when looks at a silent worker are slow", () => {
    for (const look of [0.02, 0.25, 0.7]) ok(new Work(0.001, look).call(1.8, 3) <= 1.8, `looks of ${look} s`);
  });

  it("leaves to the loop what is left, once", () => {
    const work = new Work(0.4);
    work.call(1.8, 6);
    equal(work.loop.tasks.length, 1);
    const before = work.steps;
    while (work.loop.tasks.length > 0) work.loop.tasks.shift()?.();
    equal(work.steps, 6);
    ok(before < 6);
  });
});
