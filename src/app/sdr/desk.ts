import type { Failure } from "../../core/failure";
import { needsReader } from "../../core/failure";
import type { ConnectionId } from "../../core/outbox";
import { failure, type Result, success } from "../../core/result";
import { type SdrOptions, sdrOptionsOf, type SdrTarget, sdrTargetKey, sdrTargetOf } from "../../core/sdr-settings";
import { epochSeconds } from "../../core/units";
import { hasPower } from "../../koreader/power";
import { type Breathe, inSlices } from "../../koreader/sidecars/slices";
import type { Json } from "../../ports/json";
import type { Cancel } from "../../ports/scheduler";
import type { SlicedWork } from "../../ports/sidecars";
import type {
  SdrPreview,
  SdrProgress,
  SdrRefusal,
  SdrRun as Account,
  SdrState,
  SdrStatus,
  SdrTrigger,
} from "../../ports/sdr-sync";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import type { Runtime } from "../runtime";
import { optionsIn } from "./make-tools";
import { type RunEnd, SdrRun } from "./run";
import { tellEnd } from "./tell-end";
import type { SdrTools } from "./tools";
import { SdrWatch } from "./watch";

/** Under this name the folder's health is kept beside that of the servers. */
const FOLDER = "sdr" as ConnectionId;

/** No run; the reader has to say something, or not. */
type Asked = "nothing" | "preview" | "emptied";

/** Begins runs, one at a time, and remembers how they came out. */
export class SdrDesk {
  readonly watch: SdrWatch;
  private running: { readonly run: SdrRun; readonly trigger: SdrTrigger } | undefined;
  private progress: SdrProgress = { step: "looking", done: 0, of: 0 };
  private asked: Asked = "nothing";
  private problem: Failure | undefined;
  private isSwept = false;
  private keeping: SlicedWork | undefined;
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
    return target !== undefined && this.tools.notebook.store.values.get(joinedKey(target)) !== undefined;
  }

  options(): SdrOptions {
    return sdrOptionsOf(optionsIn(this.runtime));
  }

  /** The target changed: nothing that was learned of the last one holds. */
  forget(): void {
    this.cancel();
    this.asked = "nothing";
    this.problem = undefined;
    this.runtime.health.forget(FOLDER);
    this.watch.tell();
  }

  status(): SdrStatus {
    const target = this.target();
    const { store } = this.tools.notebook;
    const lastSuccess = tonumber(store.values.get("success") ?? "");
    return {
      state: this.state(target),
      ...(target !== undefined && { target }),
      ...(lastSuccess !== undefined && { lastSuccess: epochSeconds(lastSuccess) }),
      books: store.books.count(),
      unsent: target === undefined ? 0 : store.segments.unsent(sdrTargetKey(target)).length,
      held: store.questions.held().length,
      hasNewer: store.values.get("newer") !== undefined,
    };
  }

  private state(target: SdrTarget | undefined): SdrState {
    const { running, progress, problem, asked } = this;
    if (target === undefined) return { kind: "off" };
    if (running !== undefined) return { kind: "running", progress, trigger: running.trigger };
    if (asked !== "nothing") return { kind: asked };
    if (problem === undefined) return { kind: "idle" };
    if (stops(problem)) return { kind: "stopped", failure: problem };
    const { clock, health } = this.runtime;
    const nextTry = epochSeconds(clock.epoch() + health.pauseLeft(FOLDER));
    return { kind: "waiting", failure: problem, nextTry };
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
    const isStopped = this.problem !== undefined && stops(this.problem);
    const isPausing = this.runtime.health.isPausing(FOLDER);
    if (!wanted[trigger] || isStopped || isPausing || !hasPower(options.batteryFloor)) return;
    if (this.asked === "nothing") this.begin(trigger, {});
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
    if (this.asked !== "nothing" && more.isConfirmed !== true && more.mayBeEmpty !== true) return this.asked;
    this.runtime.health.forget(FOLDER);
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
    this.keep({ ...running.run.soFar(), failure: { reason: "cancelled" } });
    this.tellPreview(failure({ reason: "cancelled" }));
    this.watch.tell();
  }

  stop(): void {
    this.running?.run.cancel();
    this.running = undefined;
    this.keeping?.cancel();
    this.tools.line.stop();
    this.tools.notebook.store.close();
  }

  private begin(
    trigger: SdrTrigger,
    more: { readonly isConfirmed?: boolean; readonly mayBeEmpty?: boolean; readonly isPreview?: boolean },
  ): void {
    const target = this.target();
    const isThere = target?.kind === "folder" || this.runtime.network.isConnected();
    if (target === undefined || this.running !== undefined || !isThere) return;
    const known = this.runtime.settings.sdrFields()["known"] as KnownScheme | undefined;
    const isFirst = this.tools.notebook.store.values.get(joinedKey(target)) === undefined && more.isConfirmed !== true;
    const isSweep = !this.isSwept || trigger === "tap" || trigger === "hours";
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
    this.asked = "nothing";
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
      isStopped: this.problem !== undefined && stops(this.problem),
    });
  }

  private ended(end: RunEnd, target: SdrTarget): void {
    const { health, clock } = this.runtime;
    const { values } = this.tools.notebook.store;
    switch (end.kind) {
      case "done":
        this.problem = undefined;
        health.succeeded(FOLDER);
        values.set(joinedKey(target), "1");
        values.set("success", `${clock.epoch()}`);
        this.whenDone();
        return this.keep(end.account);
      case "failed":
        this.problem = end.failure;
        health.failed(FOLDER, end.failure);
        this.tellPreview(failure(end.failure));
        return this.keep({ ...end.account, failure: end.failure });
      case "previewed":
        this.asked = values.get(joinedKey(target)) === undefined ? "preview" : "nothing";
        return this.tellPreview(success(end.preview));
      case "stranger":
        this.asked = "preview";
        return;
      case "emptied":
        this.asked = "emptied";
        this.tellPreview(failure({ reason: "missing", detail: "the folder is empty" }));
    }
  }

  private tellPreview(preview: Result<SdrPreview, Failure>): void {
    const done = this.whenPreviewed;
    this.whenPreviewed = undefined;
    done?.(preview);
  }

  /** Runs without anything to tell would only push the others out. */
  private keep(account: Omit<Account, "at">): void {
    const isDull = account.failure === undefined && account.books.length === 0 && account.trigger !== "tap";
    if (isDull) return;
    const at = this.runtime.clock.epoch();
    const { json, notebook, slices } = this.tools;
    let text = "";
    const encode = (breathe: Breathe): void => {
      text = runText(json, account, breathe);
    };
    this.keeping = inSlices(slices, encode, () => {
      notebook.store.history.add(at, text);
      this.watch.tell();
    });
  }
}

/** The account as JSON; that of a first sync has thousands of changes, which at once would hold the loop. */
function runText(json: Json, { books, ...rest }: Omit<Account, "at">, breathe: Breathe): string {
  const texts: string[] = [];
  for (const book of books) {
    texts.push(json.encode(book));
    breathe();
  }
  return `${json.encode(rest).slice(0, -1)},"books":[${texts.join(",")}]}`;
}

const joinedKey = (target: SdrTarget): string => `joined:${sdrTargetKey(target)}`;

/** Trying again by itself is of no use: password, certificate, rights, room on the server. */
const stops = ({ reason, at }: Failure): boolean =>
  needsReader(reason) || reason === "forbidden" || (reason === "disk" && at !== undefined);
