import { seconds } from "../../core/units";
import type { Cancel } from "../../ports/scheduler";
import type { SdrStatus } from "../../ports/sdr-sync";
import type { Runtime } from "../runtime";

const PAUSE = seconds(0.2);

interface Watcher {
  readonly changed: (status: SdrStatus) => void;
}

/** Those who look at a run, told of it at most five times in a second. */
export class SdrWatch {
  private readonly watchers = new LuaSet<Watcher>();
  private pending: Cancel | undefined;

  constructor(
    private readonly runtime: Pick<Runtime, "scheduler">,
    private readonly status: () => SdrStatus,
  ) {}

  add(changed: (status: SdrStatus) => void): Cancel {
    const watcher: Watcher = { changed: status => changed(status) };
    this.watchers.add(watcher);
    changed(this.status());
    return () => {
      this.watchers.delete(watcher);
    };
  }

  tell(): void {
    if (next(this.watchers as unknown as object)[0] === undefined) return;
    this.pending ??= this.runtime.scheduler.after(PAUSE, () => {
      this.pending = undefined;
      const status = this.status();
      for (const watcher of this.watchers) watcher.changed(status);
    });
  }
}
