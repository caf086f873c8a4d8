import { part } from "../parts";
import type { Runtime } from "./runtime";

const DAY_SECONDS = 24 * 3600;

/** Where the reader wants it: looks once a day whether there is a newer Ribbon, with a network that is there. */
export function lookForUpdate(runtime: Runtime): void {
  const { clock, loan, network, settings } = runtime;
  const { byItself, lookedAt } = settings.updateFields();
  if (byItself !== true || loan !== undefined || !network.isConnected()) return;
  if (typeof lookedAt === "number" && Math.abs(clock.epoch() - lookedAt) < DAY_SECONDS) return;
  part("app/update-work").lookByItself(runtime);
}
