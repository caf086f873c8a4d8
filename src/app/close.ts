import { finish } from "./reading";
import type { Runtime } from "./runtime";

/** The book goes off the screen: the sitting ends, is on disk when this returns, and is sent as soon as the screen is free. */
export function closeBook(runtime: Runtime): void {
  if (runtime.reading !== undefined) finish(runtime, runtime.reading);
  runtime.reading = undefined;
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
  });
}
