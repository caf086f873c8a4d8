import type { ActiveVersion } from "../core/active-version";
import { seconds } from "../core/units";
import { log } from "../koreader/log";
import { scheduler } from "../koreader/scheduler";
import { versions } from "../koreader/updates/versions";
import { onMistake } from "../guard";
import { part } from "../parts";
import { ribbon } from "./start";
import { Trial, watchHandlers } from "./update/trial";

/** KOReader has opened what it opens by then, and said what it has to say. */
const A_MOMENT = seconds(4);

/**
 * A start that is not like any other: the bundle runs for the first time, or the bootstrap gave another one up. Called before
 * KOReader has the plugin.
 * @param plugin its table, with the handlers as they are written
 */
export function launched(plugin: object, active: ActiveVersion): void {
  if (active.trial !== undefined) tryOut(plugin);
  if (active.why !== undefined) scheduler.after(A_MOMENT, sayWhatFailed);
}

interface Menu {
  addToMainMenu(items: object): void;
}

function tryOut(plugin: object): void {
  const rehearse = () => {
    rehearseMenu(plugin as Menu);
  };
  const trial = new Trial(versions, scheduler, log, rehearse, () => {
    part("app/update-work").updatesOf(ribbon().runtime).tidy();
  });
  onMistake(problem => {
    trial.failed(problem);
  });
  watchHandlers(plugin as Record<string, unknown>, trial);
  trial.begin();
}

/** What a reader needs who wants the version before again. */
function rehearseMenu(plugin: Menu): void {
  plugin.addToMainMenu({});
  part("ui/menu").ribbonMenu(ribbon().screens());
  assert(type(part("ui/updates").showUpdates) === "function");
}

function sayWhatFailed(): void {
  const { failed, running } = versions.here();
  if (failed?.why === undefined) return;
  part("ui/updates").sayGivenUp(failed.version, failed.why, running);
  versions.told();
}
