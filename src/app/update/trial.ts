import { seconds } from "../../core/units";
import type { Log } from "../../ports/log";
import type { Scheduler } from "../../ports/scheduler";
import type { Versions } from "../../ports/versions";

/** What a version has to last, once KOReader has drawn its first screen. */
const TRIAL = seconds(30);
/** When what the reader needs for going back by hand is tried: the menu. */
const REHEARSAL = seconds(10);
/** Called by KOReader before anything else happens to us. */
const WATCHED = ["init", "addToMainMenu"];
/** KOReader ends, or the device falls asleep: both in good order. */
const GOOD_ENDS = ["onExit", "onRestart", "onPowerOff", "onReboot", "onSuspend"];

/**
 * The first start of a version. It is confirmed when half a minute after the first repaint nothing of ours has failed, or when
 * KOReader ends in good order before. Whatever fails in that time gives it up: what KOReader's own guards swallow, and what
 * ours do. A process that dies confirms nothing, and the next start goes back.
 */
export class Trial {
  private isShown = false;
  private isOver = false;

  /** @param rehearse makes what only a tap would make. @param confirmed told once, when the version stays */
  constructor(
    private readonly versions: Pick<Versions, "confirm" | "giveUp">,
    private readonly scheduler: Scheduler,
    private readonly log: Log,
    private readonly rehearse: () => void,
    private readonly confirmed: () => void,
  ) {}

  begin(): void {
    this.scheduler.afterRepaint(() => {
      this.isShown = true;
      this.scheduler.after(REHEARSAL, () => {
        const [worked, problem] = pcall(this.rehearse);
        if (!worked) this.failed(`rehearsal: ${tostring(problem)}`);
      });
      this.scheduler.after(TRIAL, () => {
        this.confirm();
      });
    });
  }

  /** A handler came to its end. */
  handled(name: string): void {
    if (this.isShown && GOOD_ENDS.includes(name)) this.confirm();
  }

  failed(problem: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.log.warn(`this version is given up: ${problem}`);
    this.versions.giveUp("mistake");
  }

  private confirm(): void {
    if (this.isOver) return;
    const kept = this.versions.confirm();
    if (!kept.ok) return;
    this.isOver = true;
    this.confirmed();
  }
}

type Handler = (this: void, ...args: unknown[]) => unknown;

/** Has a trial hear of every handler of the plugin; what they return and throw passes on to KOReader. */
export function watchHandlers(plugin: Record<string, unknown>, trial: Trial): void {
  const found: string[] = [];
  for (const [name, member] of pairs(plugin)) {
    if (type(member) === "function" && (name.startsWith("on") || WATCHED.includes(name))) found.push(name);
  }
  for (const name of found) plugin[name] = watched(name, plugin[name] as Handler, trial);
}

function watched(name: string, handler: Handler, trial: Trial): Handler {
  return (...args) => {
    const [worked, result] = pcall(handler, ...args);
    if (!worked) {
      trial.failed(`${name}: ${tostring(result)}`);
      error(result, 0);
    }
    trial.handled(name);
    return result;
  };
}
