import { part } from "../parts";
import { finish } from "./keep";
import type { Runtime } from "./runtime";

/**
 * The lid closes or the device dozes off: the sitting ends and is on disk when this returns. It is sent a tick later, and
 * only where the network is still up (on Kindle; a Kobo has switched it off by now), or where the reader wants it switched on
 * for that. KOReader may say this twice without a wake between.
 */
export function fallAsleep(runtime: Runtime): void {
  if (runtime.reading !== undefined) finish(runtime, runtime.reading);
  runtime.loan?.sleep();
  runtime.downloads?.sleep();
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
    runtime.sdr?.moment("sleep");
    if (runtime.settings.preferences().connectAtSleep) part("app/loan").borrow(runtime, "sleep");
  });
}
