import type { Seconds } from "../core/units";
import { keepPlace, writeCheckpoint } from "./keep";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** An empty battery costs at most this much reading. */
const SECONDS_PER_CHECKPOINT = 60;

/** A page is on screen: memory only. Whatever touches the disk waits until the page is drawn. */
export function turnPage(runtime: Runtime, page: number): void {
  const reading = runtime.reading;
  if (reading?.session === undefined || reading.isJumping) return;
  const now = runtime.clock.monotonic();
  reading.days?.passMidnight(now);
  const turns = reading.session.show(page, now);
  if (turns === undefined) return;
  if (reading.isPushDue(turns, now)) pushLater(runtime, reading);
  if (now - reading.writtenAt >= SECONDS_PER_CHECKPOINT) writeLater(runtime, reading, now);
}

function pushLater(runtime: Runtime, reading: Reading): void {
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading !== reading) return;
    keepPlace(runtime, reading);
    runtime.delivery.start(runtime);
  });
}

function writeLater(runtime: Runtime, reading: Reading, now: Seconds): void {
  reading.writtenAt = now;
  runtime.scheduler.afterRepaint(() => {
    if (runtime.reading === reading) writeCheckpoint(runtime, reading);
  });
}
