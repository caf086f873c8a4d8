import { type SdrOptions, sdrOptionsOf, type SdrTarget, sdrTargetOf } from "../../core/sdr-settings";
import type { SdrProgress, SdrStatus, SdrTrigger } from "../../ports/sdr-sync";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import type { Runtime } from "../runtime";
import { SdrEndings } from "./endings";
import { optionsIn } from "./make-tools";
import { OwnRuns } from "./own-runs";
import type { RunEnd, RunListener, RunOrder } from "./order";
import { SdrRun } from "./run";
import { SdrStanding } from "./standing";
import { SdrTaps } from "./taps";
import type { SdrTools } from "./tools";
import { SdrWatch } from "./watch";

/** What is special about a run. */
export interface RunWish {
  readonly isConfirmed?: boolean;
  readonly mayBeEmpty?: boolean;
  readonly isPreview?: boolean;
  /** Looks at the books that are known to have changed, and nowhere else. */
  readonly isQuick?: boolean;
}

/** Begins runs, one at a time. */
export class SdrDesk {
  readonly watch: SdrWatch;
  readonly standing: SdrStanding;
  readonly endings: SdrEndings;
  /** What the reader asks for. */
  readonly taps: SdrTaps;
  readonly own: OwnRuns;
  private running: { readonly run: SdrRun; readonly trigger: SdrTrigger } | undefined;
  private progress: SdrProgress = { step: "looking", done: 0, of: 0 };
  private isSwept = false;
  private dirty: string[] = [];

  constructor(
    readonly runtime: Runtime,
    readonly tools: SdrTools,
  ) {
    this.standing = new SdrStanding(runtime, tools.notebook.store);
    this.watch = new SdrWatch(runtime, () => this.status());
    this.taps = new SdrTaps(this);
    this.own = new OwnRuns(this);
    this.endings = new SdrEndings(runtime, tools, this.standing, this.taps);
    tools.spool.clearOut();
  }

  target(): SdrTarget | undefined {
    const target = this.runtime.settings.sdrFields()["target"];
    return type(target) === "table" ? sdrTargetOf(target as Record<string, unknown>) : undefined;
  }

  /** Whether a run came to its end with this target. */
  hasJoined(): boolean {
    const target = this.target();
    return target !== undefined && this.standing.hasJoined(target);
  }

  options(): SdrOptions {
    return sdrOptionsOf(optionsIn(this.runtime));
  }

  /** The target changed: nothing that was learned of the last one holds. */
  forget(): void {
    this.own.giveWay();
    this.cancel();
    this.standing.forget();
    this.watch.tell();
  }

  status(): SdrStatus {
    const { running, progress } = this;
    return this.standing.status(this.target(), running && { trigger: running.trigger, progress });
  }

  /** How far the run is that is on its way. */
  step(): SdrProgress["step"] | undefined {
    return this.running === undefined ? undefined : this.progress.step;
  }

  /** A book was closed: it is looked at soon, or with the next run. */
  noteClosed(file: string): void {
    if (!this.dirty.includes(file)) this.dirty.push(file);
    this.own.closed(file);
  }

  cancel(): void {
    const { running } = this;
    if (running === undefined) return;
    this.running = undefined;
    this.endings.cancelled(running.run.abandon());
    this.watch.tell();
    this.own.go();
  }

  /** KOReader ends. */
  stop(): void {
    const { running } = this;
    this.running = undefined;
    this.own.stop();
    if (running !== undefined) this.endings.cut(running.run);
    this.tools.line.stop();
    this.tools.notebook.store.close();
  }

  begin(trigger: SdrTrigger, more: RunWish): void {
    const target = this.target();
    const isThere = target?.kind === "folder" || this.runtime.network.isConnected();
    if (target === undefined || this.running !== undefined || !isThere) return;
    const trouble = this.standing.trouble();
    if (trouble !== undefined) return this.endings.couldNotBegin(trouble, target, trigger);
    this.own.giveWay();
    const order = this.order(trigger, target, more);
    this.standing.asked = "nothing";
    this.progress = { step: "looking", done: 0, of: 0 };
    const run = new SdrRun(this.tools, order, this.listener(order));
    this.running = { run, trigger };
    run.start();
    this.watch.tell();
  }

  private order(trigger: SdrTrigger, target: SdrTarget, more: RunWish): RunOrder {
    const known = this.runtime.settings.sdrFields()["known"] as KnownScheme | undefined;
    const isSweep = more.isQuick !== true && (!this.isSwept || trigger === "tap" || trigger === "hours");
    const files = this.dirty.filter(file => file !== this.tools.openFile());
    this.dirty = this.dirty.filter(file => !files.includes(file));
    return {
      trigger,
      target,
      files: isSweep ? "all" : files,
      isPreview: more.isPreview === true,
      isFirst: !this.standing.hasJoined(target) && more.isConfirmed !== true,
      mayBeEmpty: more.mayBeEmpty === true,
      ...(type(known) === "table" && known !== undefined && { known }),
    };
  }

  private listener(order: RunOrder): RunListener {
    const heldBefore = this.endings.heldCount();
    return {
      progress: progress => {
        this.progress = progress;
        this.watch.tell();
      },
      learnt: scheme => {
        this.runtime.settings.saveSdr({ known: scheme });
      },
      newer: () => {
        this.tools.notebook.store.values.set("newer", "1");
      },
      ended: (end: RunEnd) => {
        this.running = undefined;
        this.isSwept ||= order.files === "all" && end.kind === "done";
        this.endings.take(end, order.target);
        if (order.trigger !== "tap") this.endings.tell(end, order.target, heldBefore);
        this.watch.tell();
        this.own.go();
      },
    };
  }
}
