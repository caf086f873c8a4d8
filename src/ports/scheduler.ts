import type { Seconds } from "../core/units";

/** Stops a task that has not run yet; harmless afterwards. */
export type Cancel = () => void;

/** Work for later on KOReader's only loop. Every task runs guarded: a mistake in it is logged and the book stays usable. */
export interface Scheduler {
  after(delay: Seconds, task: () => void): Cancel;
  /** Once the screen shows what it has to show: for work that may touch the disk. */
  afterRepaint(task: () => void): Cancel;
}
