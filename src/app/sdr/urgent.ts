import type { Seconds } from "../../core/units";
import type { Cancel, Scheduler } from "../../ports/scheduler";

interface Task {
  readonly work: (this: void) => void;
  isCancelled: boolean;
}

/** Puts work off as the loop does; while the loop itself waits, before sleep, it is worked off by hand, in the same order. */
export class Urgent implements Scheduler {
  private isUrgent = false;
  private readonly tasks: Task[] = [];

  constructor(private readonly loop: Scheduler) {}

  after(delay: Seconds, work: () => void): Cancel {
    if (!this.isUrgent) return this.loop.after(delay, work);
    const task: Task = {
      work: () => {
        work();
      },
      isCancelled: false,
    };
    this.tasks.push(task);
    return () => {
      task.isCancelled = true;
    };
  }

  afterRepaint(work: () => void): Cancel {
    return this.loop.afterRepaint(work);
  }

  begin(): void {
    this.isUrgent = true;
  }

  /** Does what was put off longest; false when there is nothing. */
  workOff(): boolean {
    const task = this.tasks.shift();
    if (task !== undefined && !task.isCancelled) task.work();
    return task !== undefined;
  }

  /** What is left goes on as usual. */
  end(soon: Seconds): void {
    this.isUrgent = false;
    let task = this.tasks.shift();
    while (task !== undefined) {
      const { work, isCancelled } = task;
      const left = task;
      if (!isCancelled) {
        this.loop.after(soon, () => {
          if (!left.isCancelled) work();
        });
      }
      task = this.tasks.shift();
    }
  }
}
