import type { OpenDocument } from "../ports/document";
import { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** A book is on screen: a sitting begins, and once the page is drawn we ask the servers where the book was left. */
export function openBook(runtime: Runtime, document: OpenDocument): void {
  const reading = new Reading(document);
  runtime.reading = reading;
  reading.begin(runtime);
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading === reading) runtime.lookUp.start(runtime, reading);
    runtime.delivery.start(runtime);
  });
}
