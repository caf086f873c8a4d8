import { finish } from "./keep";
import type { Runtime } from "./runtime";

/**
 * The lid closes or the device dozes off: the sitting ends and is on disk when this returns. It is sent a tick later, and
 * only where the network is still up (on Kindle; a Kobo has switched it off by now). KOReader may say this twice without a
 * wake between.
 */
export function fallAsleep(runtime: Runtime): void {
  if (runtime.reading !== undefined) finish(runtime, runtime.reading);
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
  });
}
