import logger = require("logger");
import { type Seconds, seconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Cancel, Scheduler } from "../../ports/scheduler";
import type { SlicedWork } from "../../ports/sidecars";

/** Less than the 5 ms that a slice may take: a step that begins just before it ends comes on top. */
const SLICE: Seconds = seconds(0.003);
/** Long enough that taps are answered between slices. */
const PAUSE: Seconds = seconds(0.02);

/** What slices need: `monotonic` times them, the scheduler puts them between the reader's own doings. */
export interface SliceTools {
  readonly clock: Pick<Clock, "monotonic">;
  readonly scheduler: Scheduler;
}

/** Says that the work may stop here for a while. */
export type Breathe = (this: void) => void;

/**
 * Does work piece by piece: it runs as a coroutine that `breathe` may leave at any point. `finished` is told once it came to
 * its end, not when it was cancelled; a mistake in it goes to the log and ends it.
 */
export function inSlices(
  { clock, scheduler }: SliceTools,
  work: (this: void, breathe: Breathe) => void,
  finished: (this: void) => void,
): SlicedWork {
  const thread = coroutine.create(() => {
    work(() => {
      coroutine.yield();
    });
  });
  let stop: Cancel | undefined;
  let isOver = false;
  const step = (): boolean => {
    const [worked, problem] = coroutine.resume(thread);
    if (!worked) logger.err("Ribbon:", debug.traceback(thread, tostring(problem)));
    if (worked && coroutine.status(thread) === "dead") finished();
    return coroutine.status(thread) !== "dead";
  };
  const slice = (): void => {
    stop = undefined;
    const end = clock.monotonic() + SLICE;
    while (!isOver && step()) {
      if (clock.monotonic() >= end) return schedule();
    }
    isOver = true;
  };
  const schedule = (): void => {
    if (!isOver) stop ??= scheduler.after(PAUSE, slice);
  };
  const pause = (): void => {
    stop?.();
    stop = undefined;
  };
  const cancel = (): void => {
    isOver = true;
    pause();
  };
  schedule();
  return { pause, resume: schedule, cancel };
}
