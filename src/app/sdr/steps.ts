import type { Failure } from "../../core/failure";
import { type Breathe, inSlices } from "../../koreader/sidecars/slices";
import { Afar, type AfarWork } from "./afar/afar";
import { OneBook } from "./one-book";
import type { SdrTools } from "./tools";

/** One thing after another, whoever does it: slices on the loop, or workers. Nothing goes on after `end`. */
export class Steps {
  isOver = false;
  private stop: () => void = () => {};

  constructor(
    private readonly tools: SdrTools,
    private readonly failed: (this: void, failure: Failure) => void,
  ) {}

  end(): void {
    this.isOver = true;
  }

  cancel(): void {
    this.isOver = true;
    this.stop();
  }

  /** What runs now can be stopped so. */
  stoppedBy(stop: () => void): void {
    this.stop = () => {
      stop();
    };
  }

  /** Work on the loop that leaves room for the reader, then the next. */
  then(work: (breathe: Breathe) => void, next: () => void): void {
    if (this.isOver) return;
    let problem: unknown;
    const guarded = (breathe: Breathe): void => {
      const [worked, trouble] = pcall(() => {
        work(breathe);
      });
      if (!worked) problem = trouble;
    };
    const sliced = inSlices(this.tools.slices, guarded, () => {
      if (this.isOver) return;
      if (problem === undefined) next();
      else this.failed({ reason: "disk", detail: tostring(problem) });
    });
    this.stoppedBy(() => {
      sliced.cancel();
    });
  }

  /** Work on many books by workers, then the next. */
  afar<Task extends object, Result extends object>(
    begin: (one: OneBook) => AfarWork<Task, Result>,
    next: () => void,
  ): void {
    if (this.isOver) return;
    const one = new OneBook(this.tools.notebook);
    const work = new Afar(this.tools, one, begin(one), failure => {
      if (this.isOver) return;
      if (failure === undefined) next();
      else this.failed(failure);
    });
    this.stoppedBy(() => {
      work.cancel();
    });
  }
}
