import type { DownloadId, DownloadOrder, DownloadState } from "../core/download";
import type { ConnectionId } from "../core/outbox";
import { discardPart } from "../koreader/settle-file";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { DownloadProgress, Downloads, DownloadSummary, ExistingChoice } from "../ports/downloads";
import type { Cancel } from "../ports/scheduler";
import type { DownloadDesk } from "./download-desk";
import { progressOf } from "./download-progress";
import { DownloadTurns } from "./download-turns";
import { DownloadWatch } from "./download-watch";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";

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

/** What the reader wants on this device, and has a say in, until it is here. */
export class DownloadQueue implements Downloads {
  private readonly watchers: DownloadWatch;
  private readonly turns: DownloadTurns;
  /** Something was on its way since all was over the last time. */
  private isBusy: boolean;

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
    this.watchers = new DownloadWatch(runtime, () => progressOf(store.tally(), this.turns.running(), this.turns.tries));
    this.turns = new DownloadTurns(runtime, store, line, desk, {
      arrived: () => events.arrived(),
      gotOn: () => this.watchers.tell(),
      looked: () => this.changed(),
      idle: () => this.over(),
    });
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

  /** Whether the reader looks on, so that nobody has to tell them how it ended. */
  isWatched(): boolean {
    return this.watchers.isWatched();
  }

  summary(): DownloadSummary {
    const of = (state: DownloadState) => this.store.list([state]);
    return { done: of("done"), skipped: of("skipped"), failed: of("failed"), asking: of("asking") };
  }

  count(): number {
    return this.store.count(UNDER_WAY);
  }

  cancel(): void {
    this.turns.halt();
    discardParts(this.store.list(UNDER_WAY));
    this.store.remove(UNDER_WAY);
    // Nobody has to be told of the end who made it.
    this.isBusy = false;
    this.changed();
  }

  /** What was to come from a server ends as if it had never been asked for; the rest goes on. */
  forget(connection: ConnectionId): void {
    if (this.turns.running()?.plan.connection.id === connection) this.turns.halt();
    discardParts(this.store.list(UNFINISHED).filter(download => download.connection === connection));
    this.store.forget(connection);
    this.isBusy &&= this.store.count(TO_COME) > 0;
    this.turns.tries.forgive();
    this.turns.go();
    this.changed();
  }

  retryFailed(): void {
    this.store.retryFailed();
    this.byTap();
  }

  clear(): void {
    discardParts(this.store.list(["failed"]));
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
    this.turns.go();
  }

  /** The network goes, or the device falls asleep: what is fetched so far stays. */
  pause(): void {
    this.turns.halt();
    this.store.changeAll(["running"], { state: "waiting" });
    this.changed();
  }

  sleep(): void {
    this.turns.sleep();
    this.pause();
    this.watchers.keepAwake(false);
  }

  /** Awake, or connected again: whatever failed before may work now. */
  wake(): void {
    this.turns.wake();
  }

  /** KOReader ends: the next start goes on. */
  stop(): void {
    this.turns.halt();
    this.line.stop();
    this.watchers.keepAwake(false);
  }

  private byTap(): void {
    this.isBusy ||= this.store.count(TO_COME) > 0;
    this.turns.tries.forgive();
    this.changed();
    this.runtime.network.whenConnected(() => {
      // Whoever asks for books wants the network for themselves.
      this.runtime.loan?.lost();
      this.turns.go();
    });
  }

  private over(): void {
    if (!this.isBusy) return;
    this.isBusy = false;
    this.turns.tries.over();
    this.events.over(this.summary());
  }

  private changed(): void {
    this.watchers.keepAwake(this.isBusy);
    this.watchers.tell();
  }
}

function discardParts(downloads: readonly KeptDownload[]): void {
  for (const { target } of downloads) if (target !== undefined) discardPart(target);
}
