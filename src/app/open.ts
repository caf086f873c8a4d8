import type { OpenDocument } from "../ports/document";
import { finishCarried } from "./keep";
import { lookUp } from "./look-up";
import { Reading } from "./reading";
import { beginSitting, endUnwantedSitting } from "./recording";
import type { Runtime } from "./runtime";

/** A book is on screen: a sitting begins, and once the page is drawn we ask the servers where the book was left. */
export function openBook(runtime: Runtime, document: OpenDocument): void {
  const reading = new Reading(document);
  runtime.reading = reading;
  runtime.sdr?.shown();
  if (continueSitting(runtime, reading)) return;
  beginSitting(runtime, reading);
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading !== reading) return;
    if (endUnwantedSitting(runtime, reading)) lookUp(runtime, reading);
    runtime.delivery.start(runtime);
  });
}

/** True when this is the same book, loaded again. */
function continueSitting(runtime: Runtime, reading: Reading): boolean {
  const { carried } = runtime;
  if (carried?.file !== reading.document.file()) {
    finishCarried(runtime);
    return false;
  }
  runtime.carried = undefined;
  runtime.isReloading = false;
  reading.continue(runtime, carried);
  return true;
}
