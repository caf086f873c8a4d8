import { dueForCompaction, partLength } from "../../core/sdr/index";
import { readSegmentName } from "../../core/sdr/segment-name";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import { type CompactTask, MADE, madeBefore } from "./compact";
import { replacedFiles } from "./replaced";
import type { SdrTools } from "./tools";

/** Many small files of ours become a few; the small ones go once these are in the folder, for a day and two syncs. */
export class Compacting implements AfarWork<CompactTask, object> {
  readonly kind = "compact";
  private isGiven = false;

  constructor(
    private readonly tools: SdrTools,
    private readonly target: string,
  ) {}

  next(given: Given, breathe: Breathe): CompactTask | undefined {
    if (this.isGiven) return undefined;
    this.isGiven = true;
    const task = this.task();
    given.value(MADE);
    for (const name of task?.due ?? []) {
      given.segment(name);
      breathe();
    }
    return task;
  }

  /** What became of it meanwhile is the next run's: half of it would be made twice. */
  gather(task: CompactTask): void {
    task.due = [];
  }

  take(): void {}

  private task(): CompactTask | undefined {
    const { notebook, device } = this.tools;
    const own = this.standing();
    let due = dueForCompaction(own, device.id());
    if (due.length === 0) return undefined;
    due = due.concat(madeBefore(notebook).filter(name => own.includes(name) && !due.includes(name)));
    let total = 0;
    for (const name of own) total += readSegmentName(name)?.length ?? 0;
    const authors = [device.id() as string].concat(notebook.all("retired"));
    return { due, most: partLength(total), authors, seen: device.seen() };
  }

  /** Those that the folder has, and that nothing replaces. */
  private standing(): string[] {
    const { notebook } = this.tools;
    const gone = new LuaSet<string>();
    for (const { name } of replacedFiles(notebook)) gone.add(name);
    for (const name of notebook.store.segments.unsent(this.target)) gone.add(name);
    return notebook.store.segments.names().filter(name => !gone.has(name));
  }
}
