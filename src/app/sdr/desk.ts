import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import { type SdrOptions, sdrOptionsOf, type SdrTarget, sdrTargetKey, sdrTargetOf } from "../../core/sdr-settings";
import { type Seconds, seconds } from "../../core/units";
import { hasPower } from "../../koreader/power";
import type { Cancel } from "../../ports/scheduler";
import type { SdrPreview, SdrProgress, SdrRefusal, SdrStatus, SdrTrigger } from "../../ports/sdr-sync";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import type { Runtime } from "../runtime";
import { noteRun, type RunAccount } from "./history";
import { optionsIn } from "./make-tools";
import type { RunEnd } from "./order";
import { SdrRun } from "./run";
import { joinedKey, SdrStanding } from "./standing";
import { tellEnd } from "./tell-end";
import type { SdrTools } from "./tools";
import { SdrWatch } from "./watch";

/** What is special about a run. */
interface RunWish {
  readonly isConfirmed?: boolean;
  readonly mayBeEmpty?: boolean;
  readonly isPreview?: boolean;
  /** Looks at the books that are known to have changed, and nowhere else. */
  readonly isQuick?: boolean;
}

/** Between two looks at a worker while the loop waits. */
const A_LOOK = seconds(0.02);

/** Begins runs, one at a time, and remembers how they came out. */
export class SdrDesk {
  readonly watch: SdrWatch;
  private running: { readonly run: SdrRun; readonly trigger: SdrTrigger } | undefined;
  private progress: SdrProgress = { step: "looking", done: 0, of: 0 };
  private readonly standing: SdrStanding;
  private isSwept = false;
  private dirty: string[] = [];
  /** A run came to its end. */
  whenDone: () => void = () => {};
  /** How many changes wait for the book on screen. */
  staged: () => number = () => 0;
  private whenPreviewed: ((preview: Result<SdrPreview, Failure>) => void) | undefined;

  constructor(
    readonly runtime: Runtime,
    readonly tools: SdrTools,
  ) {
    this.standing = new SdrStanding(runtime, tools.notebook.store);
    this.watch = new SdrWatch(runtime, () => this.status());
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
    this.cancel();
    this.standing.forget();
    this.watch.tell();
  }

  status(): SdrStatus {
    const { running, progress } = this;
    return this.standing.status(this.target(), running && { trigger: running.trigger, progress });
  }

  /** A book was closed: it is looked at with the next run. */
  noteClosed(file: string): void {
    if (!this.dirty.includes(file)) this.dirty.push(file);
  }

  /** Something happened that may be a reason to sync; it never asks for a network. */
  moment(trigger: Exclude<SdrTrigger, "tap">): void {
    const options = this.options();
    const wanted: Readonly<Record<typeof trigger, boolean>> = {
      close: options.atClose,
      sleep: options.atSleep,
      wake: options.atWake,
      connected: options.whenConnected,
      hours: options.everyHours > 0,
    };
    if (wanted[trigger] && !this.standing.isResting() && hasPower(options.batteryFloor)) this.begin(trigger, {});
  }

  /**
   * The network goes off, and the device to sleep: what changed in the book on screen and in those just closed is sent while the loop
   * waits, where the reader wants a sync at sleep and the last one worked. What else such a run does goes on as usual.
   */
  lastCall(most: Seconds): void {
    const { clock, network } = this.runtime;
    const { urgent, line } = this.tools;
    const options = this.options();
    const isWanted = options.atSleep && this.standing.isWell() && hasPower(options.batteryFloor);
    if (!isWanted || this.running !== undefined || this.target()?.kind !== "webdav" || !network.isConnected()) return;
    const deadline = clock.monotonic() + most;
    urgent.begin();
    this.begin("sleep", { isQuick: true });
    while (this.hasToSend() && clock.monotonic() < deadline) if (!urgent.workOff()) line.waitForAll(A_LOOK);
  }

  /** Whether the run that is on its way may still have something to put. */
  private hasToSend(): boolean {
    const target = this.target();
    if (this.running === undefined || target === undefined) return false;
    switch (this.progress.step) {
      case "looking":
        return true;
      case "asking":
      case "sending":
        return this.tools.notebook.store.segments.unsent(sdrTargetKey(target)).length > 0;
      case "fetching":
      case "merging":
      case "writing":
        return false;
    }
  }

  /** What stops a run that a tap asks for, besides the network. */
  refusal(): SdrRefusal | undefined {
    if (this.target() === undefined) return "off";
    if (this.running !== undefined) return "running";
    return undefined;
  }

  tap(more: { readonly isConfirmed?: boolean; readonly mayBeEmpty?: boolean } = {}): SdrRefusal | undefined {
    const refused = this.refusal();
    if (refused !== undefined) return refused;
    const { asked } = this.standing;
    if (asked !== "nothing" && more.isConfirmed !== true && more.mayBeEmpty !== true) return asked;
    this.standing.mayTry();
    const start = () => {
      this.begin("tap", more);
    };
    if (this.target()?.kind === "folder") start();
    else this.runtime.network.whenConnected(start);
    return undefined;
  }

  preview(done: (preview: Result<SdrPreview, Failure>) => void): Cancel {
    if (this.refusal() !== undefined) {
      done(failure({ reason: "busy", detail: "a run is on its way" }));
      return () => {};
    }
    const start = () => {
      if (this.whenPreviewed === undefined) return;
      this.begin("tap", { isPreview: true });
    };
    this.whenPreviewed = preview => {
      done(preview);
    };
    if (this.target()?.kind === "folder") start();
    else this.runtime.network.whenConnected(start);
    return () => {
      if (this.whenPreviewed === undefined) return;
      this.whenPreviewed = undefined;
      this.cancel();
    };
  }

  cancel(): void {
    const { running } = this;
    if (running === undefined) return;
    running.run.cancel();
    this.running = undefined;
    this.keep({ ...running.run.soFar(), failure: { reason: "cancelled" } }, "[]");
    this.tellPreview(failure({ reason: "cancelled" }));
    this.watch.tell();
  }

  stop(): void {
    this.running?.run.cancel();
    this.running = undefined;
    this.tools.line.stop();
    this.tools.notebook.store.close();
  }

  private begin(trigger: SdrTrigger, more: RunWish): void {
    const target = this.target();
    const isThere = target?.kind === "folder" || this.runtime.network.isConnected();
    if (target === undefined || this.running !== undefined || !isThere) return;
    const known = this.runtime.settings.sdrFields()["known"] as KnownScheme | undefined;
    const isFirst = !this.standing.hasJoined(target) && more.isConfirmed !== true;
    const isSweep = more.isQuick !== true && (!this.isSwept || trigger === "tap" || trigger === "hours");
    const files = this.dirty.filter(file => file !== this.tools.openFile());
    const order = {
      trigger,
      target,
      files: isSweep ? ("all" as const) : files,
      isPreview: more.isPreview === true,
      isFirst,
      mayBeEmpty: more.mayBeEmpty === true,
      ...(type(known) === "table" && known !== undefined && { known }),
    };
    this.dirty = this.dirty.filter(file => !files.includes(file));
    this.standing.asked = "nothing";
    this.progress = { step: "looking", done: 0, of: 0 };
    const heldBefore = this.heldCount();
    const listener = {
      progress: (progress: SdrProgress) => {
        this.progress = progress;
        this.watch.tell();
      },
      learnt: (scheme: KnownScheme) => {
        this.runtime.settings.saveSdr({ known: scheme });
      },
      newer: () => {
        this.tools.notebook.store.values.set("newer", "1");
      },
      ended: (end: RunEnd) => {
        this.running = undefined;
        this.isSwept ||= isSweep && end.kind === "done";
        this.ended(end, target);
        if (trigger !== "tap") this.tell(end, target, heldBefore);
        this.watch.tell();
      },
    };
    const run = new SdrRun(this.tools, order, listener);
    this.running = { run, trigger };
    run.start();
    this.watch.tell();
  }

  private heldCount(): number {
    return this.tools.notebook.store.questions.held().length;
  }

  /** In the background. */
  private tell(end: RunEnd, target: SdrTarget, heldBefore: number): void {
    tellEnd(this.runtime, {
      end,
      target,
      staged: end.kind === "done" ? this.staged() : 0,
      newlyHeld: this.heldCount() - heldBefore,
      isStopped: this.standing.isStopped(),
    });
  }

  private ended(end: RunEnd, target: SdrTarget): void {
    const { standing } = this;
    switch (end.kind) {
      case "done":
        standing.succeeded();
        this.tools.notebook.setRaw(joinedKey(target), "1");
        this.tools.notebook.setRaw("success", `${this.runtime.clock.epoch()}`);
        this.keep(end.account, end.books);
        return this.whenDone();
      case "failed":
        standing.failed(end.failure);
        this.tellPreview(failure(end.failure));
        return this.keep({ ...end.account, failure: end.failure }, end.books);
      case "previewed":
        standing.asked = standing.hasJoined(target) ? "nothing" : "preview";
        return this.tellPreview(success(end.preview));
      case "stranger":
        standing.asked = "preview";
        return;
      case "emptied":
        standing.asked = "emptied";
        this.tellPreview(failure({ reason: "missing", detail: "the folder is empty" }));
    }
  }

  private tellPreview(preview: Result<SdrPreview, Failure>): void {
    const done = this.whenPreviewed;
    this.whenPreviewed = undefined;
    done?.(preview);
  }

  /** With the last that the run has to write: whoever quits right then has both. */
  private keep(account: RunAccount, books: string): void {
    const { json, notebook } = this.tools;
    noteRun(notebook, json, this.runtime.clock.epoch(), account, books);
    notebook.flush();
  }
}
