import { type Seconds, seconds } from "../core/units";
import { finish } from "./keep";
import type { Runtime } from "./runtime";

/**
 * Peers hold a reader's device for ten seconds and more at this point. No turn of the waiting begins that could go beyond this; a tenth of
 * the two seconds that we promise is left for what a last one takes longer than those before: the disk, a fork.
 */
const MOST_SECONDS = 1.8;

/**
 * The network is about to go off: on a Kobo this comes before the device is told to sleep, and is the last moment in which
 * something can be sent. Here, and only here, the main loop waits: two seconds at most, and not at all when nothing waits or
 * the server did not answer the last time. A device that falls asleep ends the sitting first; a reader who merely switched
 * Wi-Fi off goes on reading.
 */
export function lastCall(runtime: Runtime): void {
  if (runtime.loan?.isReturning === true) return;
  runtime.loan?.lost();
  runtime.downloads?.pause();
  if (!runtime.settings.preferences().lastCall) return;
  const start = runtime.clock.monotonic();
  const reading = runtime.reading;
  if (reading !== undefined && runtime.network.isFallingAsleep()) finish(runtime, reading);
  const left = () => seconds(MOST_SECONDS - (runtime.clock.monotonic() - start));
  const hasSent = sendWhatWaits(runtime, left);
  if (runtime.network.isFallingAsleep()) runtime.sdr?.lastCall(left());
  if (hasSent) runtime.log.info(`last call: ${Math.floor((MOST_SECONDS - left()) * 1000)} ms`);
}

function sendWhatWaits(runtime: Runtime, left: () => Seconds): boolean {
  const { health, waiting, settings } = runtime;
  const isWorthwhile = settings.connections().some(({ id }) => health.isWell(id) && waiting().isDue(id));
  if (!isWorthwhile) return false;
  runtime.delivery.start(runtime, { onlyHealthy: true });
  runtime.errands.waitForAll(left());
  return true;
}
