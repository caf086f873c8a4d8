import type { Runtime } from "./runtime";

/** Tells the reader once that the outbox is nearly full, and again when it comes to that another time. */
export function watchCrowd(runtime: Runtime): void {
  const isCrowded = runtime.outbox.room() !== "plenty";
  if (isCrowded === runtime.settings.wasTold("crowd")) return;
  runtime.settings.noteTold("crowd", isCrowded);
  if (isCrowded) runtime.notices().crowded();
}
