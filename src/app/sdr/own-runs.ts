import { seconds } from "../../core/units";
import type { SdrTarget } from "../../core/sdr-settings";
import type { Cancel } from "../../ports/scheduler";
import type { SdrDesk } from "./desk";
import { SdrRun } from "./run";

/** From then on the time of a sidecar that KOReader wrote at the close says whether it is written again: times count two seconds. */
const AFTER_CLOSE = seconds(3);

/**
 * Runs that ask no folder: a book that was read is looked at, and gets what came for it meanwhile, whatever the network does and whenever
 * the reader wants to sync. So little is left to be done when it is opened again. They give way to every other run.
 */
export class OwnRuns {
  private files: string[] = [];
  private wishes: (() => void)[] = [];
  private running:
    { readonly run: SdrRun; readonly files: readonly string[]; readonly wishes: (() => void)[] } | undefined;
  private timer: Cancel | undefined;

  constructor(private readonly desk: SdrDesk) {}

  /** A book was closed. */
  closed(file: string): void {
    if (!this.files.includes(file)) this.files.push(file);
    this.timer?.();
    this.timer = this.desk.runtime.scheduler.after(AFTER_CLOSE, () => {
      this.timer = undefined;
      this.go();
    });
  }

  /** The book on screen is to be looked at; `then` follows, unless KOReader ends. */
  want(then: () => void): void {
    this.wishes.push(() => {
      then();
    });
    this.go();
  }

  /** No other run is on its way any more. */
  go(): void {
    const { desk, wishes } = this;
    if (this.running !== undefined || desk.step() !== undefined) return;
    const target = desk.target();
    const isReady = target !== undefined && desk.hasJoined() && desk.standing.trouble() === undefined;
    const isSoon = this.timer !== undefined;
    const files = isReady && !isSoon ? this.files.filter(file => this.isUnseen(file)) : [];
    if (!isSoon) this.files = [];
    this.wishes = [];
    if (isReady && files.length + wishes.length > 0) this.start(target, files, wishes);
    else for (const then of wishes) then();
  }

  /** Another run begins, or KOReader ends. What was put into books is told all the same. */
  giveWay(): void {
    const { running } = this;
    this.running = undefined;
    if (running === undefined) return;
    this.files = this.files.concat(running.files);
    this.wishes = running.wishes.concat(this.wishes);
    this.desk.endings.cut(running.run);
  }

  stop(): void {
    this.timer?.();
    this.giveWay();
  }

  private start(target: SdrTarget, files: readonly string[], wishes: (() => void)[]): void {
    const order = { trigger: "close", target, files, isPreview: false, isFirst: false, mayBeEmpty: false } as const;
    const run = new SdrRun(
      this.desk.tools,
      { ...order, isOwn: true },
      {
        progress: () => {},
        learnt: () => {},
        newer: () => {},
        ended: end => {
          this.running = undefined;
          this.desk.endings.takeOwn(end);
          for (const then of wishes) then();
          this.go();
        },
      },
    );
    this.running = { run, files, wishes };
    run.start();
  }

  private isUnseen(file: string): boolean {
    const { notebook, finder, stampOf, openFile } = this.desk.tools;
    const sighting = file === openFile() ? undefined : finder.find(file);
    const stamp = sighting === undefined ? "" : stampOf(sighting);
    return sighting !== undefined && (stamp === "" || notebook.sidecar(file)?.stamp !== stamp);
  }
}
