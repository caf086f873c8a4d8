import { keepPlace } from "./keep";
import { lookUp } from "./look-up";
import type { Runtime } from "./runtime";
import { sdr } from "./sdr-time";

/** "Sync now": the one thing that may ask for a connection. Looks first where other devices are, then sends what waits. */
export function syncNow(runtime: Runtime): void {
  runtime.network.whenConnected(() => {
    const reading = runtime.reading;
    runtime.health.forgive();
    for (const { id } of runtime.settings.connections()) runtime.links().forgiveMisses(id);
    if (reading?.session !== undefined) {
      lookUp(runtime, reading);
      keepPlace(runtime, reading);
    }
    runtime.delivery.start(runtime, { report: true });
    sdr(runtime)?.tap();
  });
}
