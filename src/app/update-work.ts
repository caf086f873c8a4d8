import { json } from "../koreader/json";
import { versions } from "../koreader/updates/versions";
import { part } from "../parts";
import type { Workers } from "../ports/workers";
import { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { UpdateDesk } from "./update/desk";

/** The longest that an update may take, whatever the network does. */
const LONGEST = 15 * 60;

let desk: UpdateDesk | undefined;

/** Updates of Ribbon: loaded when the reader looks for one, or the first time that it is looked for by itself. */
export function updatesOf(runtime: Runtime): UpdateDesk {
  if (desk === undefined) {
    const line = new Errands(makeWorkers(runtime), runtime.log, LONGEST);
    desk = new UpdateDesk(runtime, versions, line);
    runtime.updates = {
      stop: () => {
        line.stop();
      },
    };
  }
  return desk;
}

/** Looks with the network that is there, and says so where there is something new; failures are of no interest to anybody. */
export function lookByItself(runtime: Runtime): void {
  const updates = updatesOf(runtime);
  updates.save({ lookedAt: runtime.clock.epoch() });
  updates.lookNow(({ offer }) => {
    const failed = updates.here().failed?.version;
    if (offer === undefined || offer.version === failed || offer.version === updates.settings().toldOf) return;
    updates.save({ toldOf: offer.version });
    runtime.notices().updateFound(offer.version);
  });
}

function makeWorkers({ clock, scheduler }: Runtime): () => Workers {
  let workers: Workers | undefined;
  return () => {
    workers ??= new (part("koreader/workers").ForkedWorkers)({ clock, scheduler, json });
    return workers;
  };
}
