import type { Failure } from "../../core/failure";
import { becomeAnother, finishRenaming } from "./another-device";
import { ExchangeRun, type Exchanged } from "./exchange-run";
import { Joining } from "./joining";
import type { RunCourse } from "./run-course";
import { exportFiles, writeFiles } from "./run-write";

const MOST_VISITS = 8;

/** The phase that asks the folder, and joins what came: again until nothing is left to be fetched or put. */
export class Visits {
  private hasWritten = false;
  private visits = 0;
  private listed = { files: 0, bytes: 0 };

  /** @param done once there is no more to be had, or no more can be had */
  constructor(
    private readonly course: RunCourse,
    private readonly done: (this: void, failure: Failure | undefined) => void,
  ) {}

  /** What the folder has for us: how many files, and their length. */
  offered(): { readonly files: number; readonly bytes: number } {
    return this.listed;
  }

  /** The folder is left alone. */
  none(): void {
    this.done(undefined);
  }

  begin(): void {
    const { isPreview, isFirst } = this.course.order;
    finishRenaming(this.course, () => {
      if (isPreview || isFirst) this.visit([]);
      else this.write();
    });
  }

  private write(): void {
    this.hasWritten = true;
    writeFiles(this.course, () => {
      this.visit([]);
    });
  }

  private visit(lacking: readonly string[]): void {
    this.visits += 1;
    const { tools, target, order, steps, tell } = this.course;
    tell("asking", 0, 0);
    const run = new ExchangeRun(tools, target, order, lacking.length > 0, {
      told: (step, done, of, bytes) => {
        if (bytes !== undefined) this.listed = { files: of, bytes };
        tell(step, done, of);
      },
      ended: end => {
        this.exchanged(end);
      },
    });
    steps.stoppedBy(() => {
      run.cancel();
    });
  }

  private exchanged(end: Exchanged): void {
    const { traffic, listener, steps, tools } = this.course;
    traffic.requests += end.requests;
    traffic.bytesIn += end.bytesIn;
    traffic.bytesOut += end.bytesOut;
    if (end.learnt !== undefined) listener.learnt(end.learnt);
    if (end.obstacle === "emptied") return this.course.end({ kind: "emptied" });
    if (end.obstacle === "clone") return this.renameUs();
    const joined = (): void => {
      steps.then(
        breathe => {
          exportFiles(tools, end.lacking, breathe);
        },
        () => {
          this.joined(end);
        },
      );
    };
    steps.afar(() => this.joining(), joined);
  }

  private joining(): Joining {
    const { tools, target, listener, tell } = this.course;
    return new Joining(tools, target, {
      told: (done, of) => {
        tell("merging", done, of);
      },
      newer: () => {
        listener.newer();
      },
    });
  }

  private joined(end: Exchanged): void {
    const { order, fail } = this.course;
    const again = this.visits < MOST_VISITS && (end.hasMore || end.lacking.length > 0);
    if (end.failure === undefined && again) return this.visit(end.lacking);
    if (end.lacking.length > 0) return fail({ reason: "disk", detail: "no room for what is to be sent" });
    if (end.obstacle === "stranger" && !order.isPreview) return this.course.end({ kind: "stranger" });
    // Nobody has synced here before us: there is nothing to be shown first.
    const beginsHere = order.isFirst && !order.isPreview && !this.hasWritten;
    if (end.failure === undefined && beginsHere) return this.write();
    this.done(end.failure);
  }

  private renameUs(): void {
    const { tools, target, steps, fail } = this.course;
    if (this.visits >= MOST_VISITS) return fail({ reason: "conflict", detail: "another device has our name" });
    steps.then(
      breathe => {
        becomeAnother(tools, target, breathe);
      },
      () => {
        finishRenaming(this.course, () => {
          this.write();
        });
      },
    );
  }
}
