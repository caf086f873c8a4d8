import { keep } from "./reading";
import type { Runtime } from "./runtime";

/** The place is told to the servers this often while one reads. */
const TURNS_PER_PUSH = 50;

/** A page is on screen: memory only. Every 50 turns the place is kept and sent, once the page is drawn. */
export function turnPage(runtime: Runtime, page: number): void {
  const reading = runtime.reading;
  if (reading?.session === undefined) return;
  const turns = reading.session.show(page, runtime.clock.monotonic());
  if (turns === undefined || turns / TURNS_PER_PUSH !== Math.floor(turns / TURNS_PER_PUSH)) return;
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading !== reading) return;
    keep(runtime, reading);
    runtime.delivery.start(runtime);
  });
}
