import { seconds } from "../core/units";
import { part } from "../parts";
import type { Runtime } from "./runtime";

/** Whoever sends books to a device does not stand beside it with a watch. */
const PAUSE_SECONDS = 15 * 60;

/** A book is looked up and what waits is sent first: one worker does all that. */
const A_MOMENT = seconds(5);

/** By the wall clock: the other one stands still while the device sleeps. */
let lookedAt: number | undefined;

/** Asks the servers, now and then, whether somebody sent books to the reader's devices; only with a network that is there. */
export function lookIntoInbox(runtime: Runtime): void {
  const { clock, loan, network, settings } = runtime;
  if (loan !== undefined || !network.isConnected() || settings.connections().length === 0) return;
  const now = clock.epoch();
  const isEarly = lookedAt !== undefined && Math.abs(now - lookedAt) < PAUSE_SECONDS;
  if (isEarly || !settings.preferences().inboxOffers) return;
  lookedAt = now;
  runtime.scheduler.after(A_MOMENT, () => {
    if (network.isConnected()) part("app/inbox-watch").watchInbox(runtime);
  });
}
