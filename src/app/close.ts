import { part } from "../parts";
import { finish, finishCarried } from "./keep";
import type { Runtime } from "./runtime";

/** The book goes off the screen: the sitting ends, is on disk when this returns, and is sent as soon as the screen is free. */
export function closeBook(runtime: Runtime): void {
  const reading = runtime.reading;
  runtime.reading = undefined;
  runtime.sdr?.closed();
  if (reading === undefined) return;
  if (runtime.isReloading) {
    runtime.carried = reading.carry(runtime);
    return;
  }
  finish(runtime, reading);
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
    runtime.sdr?.moment("close");
    if (runtime.settings.preferences().connectAtClose) part("app/loan").borrow(runtime, "close");
  });
}

/** The file browser is on screen. A book that was to be loaded again, and could not be, ended there. */
export function showBrowser(runtime: Runtime): void {
  if (runtime.afterBook !== undefined) runtime.scheduler.afterRepaint(runtime.afterBook);
  runtime.afterBook = undefined;
  if (runtime.carried === undefined) return;
  finishCarried(runtime);
  runtime.scheduler.afterRepaint(() => {
    runtime.delivery.start(runtime);
  });
}

/** KOReader is about to close this book and to open it again at once, after a change of style: one sitting, not two. */
export function keepSitting(runtime: Runtime): void {
  runtime.isReloading = true;
}
