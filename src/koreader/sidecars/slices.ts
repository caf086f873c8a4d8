import logger = require("logger");
import { type Seconds, seconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Cancel, Scheduler } from "../../ports/scheduler";
import type { SlicedWork } from "../../ports/sidecars";
import { collectingAfter } from "../garbage";

/** Less than the 5 ms that a slice may take: a step that begins just before it ends comes on top. */
const SLICE: Seconds = seconds(0.003);
/**
 * Between slices the loop is the reader's for as long as the slice held it: taps are answered, and half of the processor is theirs,
 * however slow it is. Not for longer than it takes to turn a page.
 */
const SHORTEST_PAUSE: Seconds = seconds(0.005);
const LONGEST_PAUSE: Seconds = seconds(0.1);

/** What slices need: `monotonic` times them, the scheduler puts them between the reader's own doings. */
export interface SliceTools {
  readonly clock: Pick<Clock, "monotonic">;
  readonly scheduler: Scheduler;
}

/** Says that the work may stop here for a while. */
export type Breathe = (this: void) => void;

/** Work that `breathe` leaves, and that is gone on with there. */
const leaveable = (work: (this: void, breathe: Breathe) => void): LuaThread =>
  coroutine.create(() => {
    work(() => {
      coroutine.yield();
    });
  });

/**
 * Does work piece by piece: it runs as a coroutine that `breathe` may leave at any point. `finished` is told once it came to
 * its end, not when it was cancelled; a mistake in it goes to the log and ends it.
 */
export function inSlices(
  { clock, scheduler }: SliceTools,
  work: (this: void, breathe: Breathe) => void,
  finished: (this: void) => void,
): SlicedWork {
  const thread = leaveable(work);
  let stop: Cancel | undefined;
  let isOver = false;
  let took = 0;
  let hasFailed = false;
  const step = (): void => {
    const [worked, problem] = coroutine.resume(thread);
    if (worked) return;
    hasFailed = true;
    logger.err("Ribbon:", debug.traceback(thread, tostring(problem)));
  };
  const isDone = (): boolean => coroutine.status(thread) === "dead";
  const finish = (): void => {
    isOver = true;
    if (!hasFailed) finished();
  };
  const slice = (): void => {
    stop = undefined;
    const began = clock.monotonic();
    const passed = (): number => clock.monotonic() - began;
    collectingAfter(isFull => {
      while (!isOver && !isDone() && passed() < SLICE && !isFull()) step();
    });
    took = passed();
    if (!isOver && isDone()) finish();
    else schedule();
  };
  const schedule = (): void => {
    const pause = Math.min(Math.max(took, SHORTEST_PAUSE), LONGEST_PAUSE);
    if (!isOver) stop ??= scheduler.after(seconds(pause), slice);
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
