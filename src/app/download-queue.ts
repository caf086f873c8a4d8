import { pauseAfter } from "../core/backoff";
import type { Connection } from "../core/connection";
import type { DownloadId, DownloadOrder, DownloadState } from "../core/download";
import { afterDownloadFailed } from "../core/download-retry";
import { concernsServer, type Failure, type Reason } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { seconds } from "../core/units";
import { discardPart } from "../koreader/settle-file";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { DownloadProgress, Downloads, DownloadSummary, ExistingChoice } from "../ports/downloads";
import type { Cancel } from "../ports/scheduler";
import { finish } from "./download-arrival";
import { type DownloadDesk, type DownloadPlan } from "./download-desk";
import { DownloadRun, type RunEnd } from "./download-run";
import { DownloadWatch } from "./download-watch";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";

const TO_COME: readonly DownloadState[] = ["waiting", "running"];
const UNFINISHED: readonly DownloadState[] = ["waiting", "running", "asking", "failed"];
const UNDER_WAY: readonly DownloadState[] = ["waiting", "running", "asking"];

/** Whom the queue tells. */
export interface QueueEvents {
  /** A book is on the device. */
  arrived(): void;
  /** Nothing runs or waits any more, after something did. */
  over(summary: DownloadSummary): void;
}

/** Fetches one book after another, whenever there is a network and the device is awake. */
export class DownloadQueue implements Downloads {
  private readonly watchers: DownloadWatch;
  private running: DownloadRun | undefined;
  /** The next try, or the next book, a moment later. */
  private retry: Cancel | undefined;
  /** Why the last try failed. */
  private trouble: { readonly reason: Reason; readonly connectionName: string } | undefined;
  private tries = 0;
  private isAsleep = false;
  /** Something was on its way since all was over the last time. */
  private isBusy = false;

  /** @param line runs one worker at a time, beside the other errands */
  constructor(
    private readonly runtime: Runtime,
    private readonly store: DownloadStore,
    private readonly line: Errands,
    private readonly desk: DownloadDesk,
    private readonly events: QueueEvents,
  ) {
    // Whoever was at it when KOReader ended is gone.
    store.changeAll(["running"], { state: "waiting" });
    this.isBusy = store.count(TO_COME) > 0;
    this.watchers = new DownloadWatch(runtime, () => this.progress());
  }

  add(orders: readonly DownloadOrder[]): number {
    const taken = this.store.add(orders);
    this.byTap();
    return taken;
  }

  watch(changed: (progress: DownloadProgress) => void): Cancel {
    return this.watchers.add(progress => {
      changed(progress);
    });
  }

  setWatched(on: boolean): void {
    this.watchers.look(on, this.isBusy);
  }

  summary(): DownloadSummary {
    const of = (state: DownloadState) => this.store.list([state]);
    return { done: of("done"), skipped: of("skipped"), failed: of("failed"), asking: of("asking") };
  }

  count(): number {
    return this.store.count(UNDER_WAY);
  }

  cancel(): void {
    this.halt();
    for (const { target } of this.store.list(UNDER_WAY)) if (target !== undefined) discardPart(target);
    this.store.remove(UNDER_WAY);
    // Nobody has to be told of the end who made it.
    this.isBusy = false;
    this.changed();
  }

  /** What was to come from a server ends as if it had never been asked for; the rest goes on. */
  forget(connection: ConnectionId): void {
    if (this.running?.plan.connection.id === connection) this.halt();
    for (const download of this.store.list(UNFINISHED)) {
      if (download.connection === connection && download.target !== undefined) discardPart(download.target);
    }
    this.store.forget(connection);
    this.isBusy &&= this.store.count(TO_COME) > 0;
    this.forgive();
    this.go();
    this.changed();
  }

  retryFailed(): void {
    this.store.retryFailed();
    this.byTap();
  }

  clear(): void {
    for (const { target } of this.store.list(["failed"])) if (target !== undefined) discardPart(target);
    this.store.remove(["done", "skipped", "failed"]);
    this.changed();
  }

  answer(id: DownloadId, choice: ExistingChoice): void {
    const download = this.store.get(id);
    if (download?.state !== "asking") return;
    this.desk.answered(download, choice);
    this.byTap();
  }

  /** There may be work and a network. */
  go(): void {
    if (this.running !== undefined || this.retry !== undefined || this.isAsleep) return;
    if (this.runtime.loan === undefined && this.runtime.network.isConnected()) this.beginNext();
    this.changed();
  }

  /** The network goes, or the device falls asleep: what is fetched so far stays. */
  pause(): void {
    this.halt();
    this.store.changeAll(["running"], { state: "waiting" });
    this.changed();
  }

  sleep(): void {
    this.isAsleep = true;
    this.pause();
    this.watchers.keepAwake(false);
  }

  /** Awake, or connected again: whatever failed before may work now. */
  wake(): void {
    this.isAsleep = false;
    this.forgive();
    this.go();
  }

  /** KOReader ends: the next start goes on. */
  stop(): void {
    this.halt();
    this.line.stop();
    this.watchers.keepAwake(false);
  }

  private byTap(): void {
    this.isBusy ||= this.store.count(TO_COME) > 0;
    this.forgive();
    this.changed();
    this.runtime.network.whenConnected(() => {
      // Whoever asks for books wants the network for themselves.
      this.runtime.loan?.lost();
      this.go();
    });
  }

  private forgive(): void {
    this.retry?.();
    this.retry = undefined;
    this.trouble = undefined;
    this.tries = 0;
  }

  private halt(): void {
    this.retry?.();
    this.retry = undefined;
    this.running?.cancel();
    this.running = undefined;
  }

  private beginNext(): void {
    let plan: DownloadPlan | undefined;
    while (plan === undefined) {
      const next = this.store.next();
      if (next === undefined) return this.over();
      plan = this.desk.plan(next);
      if (plan === undefined) this.events.arrived();
    }
    this.begin(plan);
  }

  private begin(plan: DownloadPlan): void {
    this.store.change(plan.download.id, { state: "running", target: plan.target });
    this.running = new DownloadRun(this.runtime, this.store, this.line, {
      ...plan,
      changed: () => {
        this.watchers.tell();
      },
      ended: end => {
        this.running = undefined;
        this.ended(plan, end);
        // To put a book in its place and to fork a worker hold the loop for as long as anything of ours may: not both at once.
        this.retry ??= this.after(0);
      },
    });
  }

  private ended({ connection, download, target }: DownloadPlan, end: RunEnd): void {
    if (end.kind === "failed") return this.failed(connection, download, end.failure, end.gotOn);
    this.tries = 0;
    this.trouble = undefined;
    this.runtime.health.succeeded(connection.id);
    if (finish(this.runtime, this.store, { download, target, digest: end.digest })) this.events.arrived();
  }

  private failed(connection: Connection, download: KeptDownload, failure: Failure, gotOn: boolean): void {
    const { network, random } = this.runtime;
    const { reason } = failure;
    this.trouble = { reason, connectionName: connection.name };
    this.store.change(download.id, { state: "waiting", reason });
    if (!network.isConnected()) return;
    this.tries = gotOn ? 1 : this.tries + 1;
    if (concernsServer(reason) && reason !== "disk" && reason !== "cancelled") {
      serverFailed(this.runtime, connection, failure, true);
    }
    const after = afterDownloadFailed(failure, this.tries);
    if (after.kind === "fail") return this.failFor(connection, download, failure, after.withOthers);
    const pause = Math.max(pauseAfter(this.tries, random.fraction()), failure.retryAfter ?? 0);
    this.retry = this.after(pause);
  }

  private after(pause: number): Cancel {
    return this.runtime.scheduler.after(seconds(pause), () => {
      this.retry = undefined;
      this.go();
    });
  }

  private failFor({ id }: Connection, download: KeptDownload, failure: Failure, withOthers: boolean): void {
    this.tries = 0;
    this.giveUp(download, failure);
    if (withOthers) this.store.changeAll(["waiting"], { state: "failed", reason: failure.reason }, id);
  }

  private giveUp({ id }: KeptDownload, { reason, lacking, said }: Failure): void {
    const more = { ...(lacking === undefined ? {} : { lacking }), ...(said === undefined ? {} : { said }) };
    this.store.change(id, { state: "failed", reason, ...more });
  }

  private over(): void {
    if (!this.isBusy) return;
    this.isBusy = false;
    this.trouble = undefined;
    this.events.over(this.summary());
  }

  private changed(): void {
    this.watchers.keepAwake(this.isBusy);
    this.watchers.tell();
  }

  /** Whether the reader looks on, so that nobody has to tell them how it ended. */
  isWatched(): boolean {
    return this.watchers.isWatched();
  }

  private progress(): DownloadProgress {
    const tally = this.store.tally();
    const of = (state: DownloadState) => tally.get(state) ?? 0;
    const over = of("done") + of("skipped") + of("failed") + of("asking");
    const left = of("waiting") + of("running");
    const isOver = left === 0;
    const current = this.running === undefined ? undefined : currentOf(this.running, over + 1);
    const pausedBy = isOver || this.running !== undefined ? undefined : this.obstacle();
    return {
      of: over + left,
      isOver,
      ...(pausedBy === undefined ? {} : { pausedBy }),
      ...(current === undefined ? {} : { current }),
    };
  }

  private obstacle(): DownloadProgress["pausedBy"] {
    if (this.runtime.network.isConnected()) return this.trouble;
    return { reason: "offline", connectionName: this.trouble?.connectionName ?? "" };
  }
}

function currentOf(
  { bytes, total, speed, plan }: DownloadRun,
  number: number,
): NonNullable<DownloadProgress["current"]> {
  const bytesPerSecond = speed.now();
  return {
    title: plan.download.book.title,
    number,
    bytes,
    ...(total === undefined ? {} : { total }),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  };
}
