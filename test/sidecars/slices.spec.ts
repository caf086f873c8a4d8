import { describe, equal, it, ok, same } from "../support/spec";
import { Loop } from "../support/lua/sidecar-device";
import { inSlices } from "../../src/koreader/sidecars/slices";
import { seconds } from "../../src/core/units";
import type { Scheduler } from "../../src/ports/scheduler";

/** Forty steps, of which some are done. */
class Work {
  done = 0;
  isFinished = false;

  begin({ tools }: Pick<Loop, "tools">) {
    const work = (breathe: () => void): void => {
      for (const _ of $range(1, 40)) {
        this.done += 1;
        breathe();
      }
    };
    return inSlices(tools, work, () => (this.isFinished = true));
  }
}

describe("work in slices", () => {
  it("goes on where it was after a pause, and not after it was called off", () => {
    const [work, loop] = [new Work(), new Loop(0.001)];
    const running = work.begin(loop);
    ok(loop.run(3));
    running.pause();
    equal(loop.run(), false);
    ok(work.done < 40);
    running.resume();
    running.resume();
    loop.run();
    same([work.done, work.isFinished], [40, true]);
    const other = new Work();
    const cancelled = other.begin(loop);
    loop.run(2);
    cancelled.cancel();
    cancelled.resume();
    equal(loop.run(), false);
    equal(other.isFinished, false);
  });

  it("stops for the reader after some milliseconds, however much there is to do", () => {
    const [work, loop] = [new Work(), new Loop(0.0011)];
    work.begin(loop);
    loop.run();
    // Each look at the clock takes 1.1 ms of it: a slice is over after three.
    ok(loop.slices >= 10, `${loop.slices} slices`);
  });

  it("leaves the loop to the reader for as long as it held it", () => {
    const delays: number[] = [];
    let now = 0;
    let task: ((this: void) => void) | undefined;
    const after = (delay: number, next: (this: void) => void) => {
      delays.push(delay);
      task = next;
      return () => {};
    };
    const scheduler: Scheduler = {
      after: (delay: number, next: (this: void) => void) => after(delay, next),
      afterRepaint: (next: (this: void) => void) => after(0, next),
    };
    const clock = { monotonic: () => seconds(now) };
    const steps = [0.001, 0.004, 0.03, 3];
    const work = (breathe: () => void): void => {
      for (const step of steps) {
        now += step;
        breathe();
      }
    };
    inSlices({ clock, scheduler }, work, () => {});
    while (task !== undefined) {
      const next: (this: void) => void = task;
      task = undefined;
      next();
    }
    same(
      delays.map(delay => Math.floor(delay * 1000 + 0.5)),
      [5, 5, 30, 100],
    );
  });

  it("puts off collecting what its steps leave behind, but not for ever", () => {
    // Its clock stands still.
    const loop = new Loop();
    let most = 0;
    const work = (breathe: () => void): void => {
      for (const step of $range(1, 2000)) {
        // 32 KiB a step, so 64 MB in all; nobody keeps it.
        string.rep(`${step}`.slice(-1), 32 * 1024 + step);
        most = Math.max(most, heap());
        breathe();
      }
    };
    collectgarbage();
    const before = heap();
    inSlices(loop.tools, work, () => {});
    loop.run();
    ok(most - before < 12 * 1024, `${Math.floor(most - before)} KiB more at most`);
    ok(isCollecting(before), "nobody collects any more");
  });

  it("lets Lua collect again when its work fails", () => {
    const loop = new Loop();
    const failing = (): void => {
      error("a mistake", 0);
    };
    inSlices(loop.tools, failing, () => {});
    loop.run();
    ok(isCollecting(heap()), "nobody collects any more");
  });
});

const heap = (): number => collectgarbage("count");

/** Whether 64 MB of garbage come and go by themselves. */
function isCollecting(before: number): boolean {
  for (const index of $range(1, 2000)) string.rep("x", 32 * 1024 + index);
  return heap() - before < 32 * 1024;
}
