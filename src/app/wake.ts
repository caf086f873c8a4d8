import { lookIntoInbox } from "./inbox-time";
import { lookUp } from "./look-up";
import { beginSitting } from "./recording";
import type { Runtime } from "./runtime";
import { sdr } from "./sdr-time";
import { lookForUpdate } from "./update-time";

/**
 * The lid opens: a new sitting begins, another device may have read on meanwhile, and whatever waits is sent. Android says
 * this also to a reader who never slept: then the sitting just goes on.
 */
export function wakeUp(runtime: Runtime): void {
  runtime.loan?.wake();
  const reading = runtime.reading;
  if (reading !== undefined && reading.session === undefined) beginSitting(runtime, reading);
  catchUp(runtime, "wake");
}

/** There is a connection again. */
export function networkCameBack(runtime: Runtime): void {
  runtime.health.forgive();
  catchUp(runtime, "connected");
}

function catchUp(runtime: Runtime, trigger: "wake" | "connected"): void {
  const reading = runtime.reading;
  runtime.scheduler.afterRepaint(() => {
    if (reading !== undefined && runtime.reading === reading) lookUp(runtime, reading);
    runtime.delivery.start(runtime);
    runtime.downloads?.wake();
    lookIntoInbox(runtime);
    sdr(runtime)?.moment(trigger);
    lookForUpdate(runtime);
  });
}
