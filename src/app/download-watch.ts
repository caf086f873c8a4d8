import { type Seconds, seconds } from "../core/units";
import { stayAwake } from "../koreader/wakefulness";
import type { Clock } from "../ports/clock";
import type { DownloadProgress } from "../ports/downloads";
import type { Cancel, Scheduler } from "../ports/scheduler";

/** An e-reader's screen cannot show more, and every look costs it something. */
const PAUSE_SECONDS = 0.5;

interface Watcher {
  readonly changed: (progress: DownloadProgress) => void;
}

/** Those who look at the queue, told of it at most twice in a second. */
export class DownloadWatch {
  private readonly watchers = new LuaSet<Watcher>();
  private isLookedAt = false;
  private pending: Cancel | undefined;
  private toldAt: Seconds = seconds(-1);

  constructor(
    private readonly device: { readonly clock: Clock; readonly scheduler: Scheduler },
    private readonly progress: () => DownloadProgress,
  ) {}

  add(changed: (progress: DownloadProgress) => void): Cancel {
    const watcher: Watcher = { changed: progress => changed(progress) };
    this.watchers.add(watcher);
    changed(this.progress());
    return () => {
      this.watchers.delete(watcher);
    };
  }

  /** Something changed. */
  tell(): void {
    const pause = Math.max(0, this.toldAt + PAUSE_SECONDS - this.device.clock.monotonic());
    this.pending ??= this.device.scheduler.after(seconds(pause), () => {
      this.pending = undefined;
      this.toldAt = this.device.clock.monotonic();
      const progress = this.progress();
      for (const watcher of this.watchers) watcher.changed(progress);
    });
  }

  /** The reader looks at it, or does not any more. */
  look(on: boolean, isBusy: boolean): void {
    this.isLookedAt = on;
    this.keepAwake(isBusy);
  }

  isWatched(): boolean {
    return this.isLookedAt;
  }

  /** While it is looked at and something runs, the device does not fall asleep by itself. */
  keepAwake(isBusy: boolean): void {
    stayAwake(isBusy && this.isLookedAt);
  }
}
