import { finish } from "./keep";
import type { Runtime } from "./runtime";

/** The book goes off the screen: the sitting ends, is on disk when this returns, and is sent as soon as the screen is free. */
export function closeBook(runtime: Runtime): void {
  const reading = runtime.reading;
  runtime.reading = undefined;
  if (reading === undefined) return;
  if (runtime.isReloading) {
    runtime.carried = reading.carry();
    return;
  }
  finish(runtime, reading);
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
  });
}

/** KOReader is about to close this book and to open it again at once, after a change of style: one sitting, not two. */
export function keepSitting(runtime: Runtime): void {
  runtime.isReloading = true;
}
