import { type SdrOptions, sdrTargetKey } from "../../core/sdr-settings";
import type { Seconds } from "../../core/units";
import { hasPower } from "../../koreader/power";
import type { SdrTrigger } from "../../ports/sdr-sync";
import type { SdrDesk } from "./desk";

/** What happens by itself. */
type Moment = Exclude<SdrTrigger, "tap">;

const WANTED: Readonly<Record<Moment, (this: void, options: SdrOptions) => boolean>> = {
  close: ({ atClose }) => atClose,
  sleep: ({ atSleep }) => atSleep,
  wake: ({ atWake }) => atWake,
  connected: ({ whenConnected }) => whenConnected,
  hours: ({ everyHours }) => everyHours > 0,
};

/** Something happened that may be a reason to sync; it never asks for a network. */
export function moment(desk: SdrDesk, trigger: Moment): void {
  const options = desk.options();
  const isWanted = WANTED[trigger](options);
  if (isWanted && !desk.standing.isResting() && hasPower(options.batteryFloor)) desk.begin(trigger, {});
}

/**
 * The network goes off, and the device to sleep: what changed in the book on screen and in those just closed is sent while the loop
 * waits, where the reader wants a sync at sleep and the last one worked. What else such a run does goes on as usual.
 */
export function lastCall(desk: SdrDesk, most: Seconds): void {
  const { clock, network } = desk.runtime;
  const { urgent, line } = desk.tools;
  const options = desk.options();
  const isWanted = options.atSleep && desk.standing.isWell() && hasPower(options.batteryFloor);
  if (!isWanted || desk.step() !== undefined || desk.target()?.kind !== "webdav" || !network.isConnected()) return;
  if (most <= 0) return;
  const began = clock.monotonic();
  urgent.begin();
  desk.begin("sleep", { isQuick: true });
  line.waitForAll(most - (clock.monotonic() - began), {
    isOn: () => hasToSend(desk),
    work: () => urgent.workOff(),
  });
}

/** Whether the run that is on its way may still have something to put. */
function hasToSend(desk: SdrDesk): boolean {
  const [target, step] = [desk.target(), desk.step()];
  switch (step) {
    case "looking":
      return true;
    case "asking":
    case "sending":
      return target !== undefined && desk.tools.notebook.store.segments.unsent(sdrTargetKey(target)).length > 0;
    case "fetching":
    case "merging":
    case "writing":
    case undefined:
      return false;
  }
}
