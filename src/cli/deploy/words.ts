import type { Outcome } from "./device";
import type { Payload } from "./payload";
import { type Plan, startsAgain } from "./plan";
import type { Target } from "./target";

const RESTART = "In KOReader: the menu at the top, last tab › Exit › Restart KOReader.";

/** What was done, and what is left for the reader to do. */
export function nextStep(
  plan: Plan,
  payload: Payload | undefined,
  { restarted }: Outcome,
  way: Target["kind"],
): string[] {
  const done =
    plan.action === "roll-back"
      ? `Ribbon ${plan.place.previous ?? ""} is back.`.replace("  ", " ")
      : `Ribbon ${payload?.version ?? ""} is on the device.`;
  const isOnCable = way === "folder" || way === "usb";
  if (isOnCable) return [done, "Eject the device before you pull the cable; then start KOReader, or restart it."];
  switch (restarted) {
    case "asked":
      return [done, "KOReader saves what is open and restarts."];
    case "ended":
      return [done, "KOReader was ended. Its start script shows a notice for up to 15 seconds, and starts it again."];
    case "not-running":
      return [done, "KOReader does not run: start it on the device."];
    case "cannot": {
      const kill = startsAgain(plan.place)
        ? " Or use --restart --kill, which ends it without saving the open book."
        : "";
      return [done, `KOReader cannot be asked to restart from here (its HTTP inspector is off). ${RESTART}${kill}`];
    }
    case undefined:
    default:
      return [done, `It starts with KOReader's next start. ${RESTART}`];
  }
}
