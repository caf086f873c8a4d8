import { keep } from "./reading";
import type { Runtime } from "./runtime";

/** The place is told to the servers this often while one reads. */
const TURNS_PER_PUSH = 50;

/** A page was turned, perhaps: memory only. Every 50 turns the place is kept and sent, once the page is drawn. */
export function turnPage(runtime: Runtime, page: number): void {
  const reading = runtime.reading;
  const turns = reading?.session?.turn(page);
  if (reading === undefined || turns === undefined) return;
  if (turns / TURNS_PER_PUSH !== Math.floor(turns / TURNS_PER_PUSH)) return;
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading !== reading) return;
    keep(runtime, reading, reading.document.position(), undefined);
    runtime.delivery.start(runtime);
  });
}
