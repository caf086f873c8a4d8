import { SheetWriter } from "../../../koreader/sdr-sheets";
import { Notebook } from "../notebook";
import type { OneBook } from "../one-book";
import type { SdrTools } from "../tools";
import type { Sheet } from "./change";
import type { Given } from "./given";
import { GivenRows, givenStore } from "./given-store";

/** What a worker works with: as the parent's, with a notebook of its own. */
export interface WorkerTools extends SdrTools {
  readonly one: OneBook;
}

/** Ends a step: what was changed since the last one, and what there is to say, go to the parent together. */
export type HandIn<Result extends object> = (this: void, result: Result | undefined) => void;

/** What is done of one task, afar. */
export type WorkOn<Task, Result extends object> = (
  this: void,
  tools: WorkerTools,
  task: Task,
  handIn: HandIn<Result>,
) => void;

/** What the worker is sent off with. It has the parent's memory: nothing of this is copied. */
export interface Batch<Task> {
  /** Of the file for what it makes. */
  readonly name: string;
  readonly tasks: readonly Task[];
  readonly given: Given;
  readonly one: OneBook;
}

/** Where the next sheet is, or that there is no room for it. */
export type BatchNews = { readonly at: number; readonly length: number } | { readonly at: -1; readonly length: 0 };

/** Runs in the worker: does one task after another, and tells of each sheet as soon as it can be read. */
export function workOn<Task, Result extends object>(
  tools: SdrTools,
  batch: Batch<Task>,
  work: WorkOn<Task, Result>,
  tell: (news: BatchNews) => void,
): void {
  const rows = new GivenRows(batch.given);
  const notebook = new Notebook(givenStore(rows));
  const own = { ...tools, notebook, device: tools.device.over(notebook), one: batch.one.over(notebook) };
  const writer = new SheetWriter(batch.name);
  const write = (sheet: Sheet<Result>): void => {
    tell(writer.write(sheet) ?? { at: -1, length: 0 });
  };
  batch.tasks.forEach((task, index) => {
    const handIn = (result: Result | undefined): void => {
      notebook.flush();
      if (rows.lacks.length > 0) error("not all was given", 0);
      write({ task: index, ...rows.handIn(), result: result ?? false, lacks: [], problem: false });
    };
    const [worked, problem] = pcall(() => {
      work(own, task, handIn);
    });
    if (worked) return;
    const { lacks } = rows;
    notebook.forget();
    rows.drop();
    write({ task: index, read: [], changes: [], result: false, lacks, problem: tostring(problem) });
  });
  writer.close();
}
