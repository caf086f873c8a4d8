import type { DownloadStore } from "../ports/download-store";
import { finish } from "./download-arrival";
import type { DownloadDesk, DownloadPlan } from "./download-desk";
import { DownloadRun, type RunEnd } from "./download-run";
import { DownloadTries } from "./download-tries";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";

/** Whom the turns tell. */
export interface TurnEvents {
  /** A book is on the device. */
  arrived(): void;
  /** More of the book that runs is here. */
  gotOn(): void;
  /** It was looked whether something is to be fetched. */
  looked(): void;
  /** Nothing waits any more. */
  idle(): void;
}

/** Fetches one book after another, whenever there is a network and the device is awake. */
export class DownloadTurns {
  readonly tries: DownloadTries;
  private run: DownloadRun | undefined;
  private isAsleep = false;

  /** @param line runs one worker at a time, beside the other errands */
  constructor(
    private readonly runtime: Runtime,
    private readonly store: DownloadStore,
    private readonly line: Errands,
    private readonly desk: DownloadDesk,
    private readonly events: TurnEvents,
  ) {
    this.tries = new DownloadTries(runtime, store, () => {
      this.go();
    });
  }

  /** The book that is fetched just now. */
  running(): DownloadRun | undefined {
    return this.run;
  }

  /** There may be work and a network. */
  go(): void {
    if (this.run !== undefined || this.tries.isPausing() || this.isAsleep) return;
    if (this.runtime.loan === undefined && this.runtime.network.isConnected()) this.beginNext();
    this.events.looked();
  }

  /** Ends what runs, with nothing told; what is fetched of it stays. */
  halt(): void {
    this.tries.stop();
    this.run?.cancel();
    this.run = undefined;
  }

  /** Asleep nothing begins. */
  sleep(): void {
    this.isAsleep = true;
  }

  /** Awake, or connected again: whatever failed before may work now. */
  wake(): void {
    this.isAsleep = false;
    this.tries.forgive();
    this.go();
  }

  private beginNext(): void {
    let plan: DownloadPlan | undefined;
    while (plan === undefined) {
      const next = this.store.next();
      if (next === undefined) return this.events.idle();
      plan = this.desk.plan(next);
      if (plan === undefined) this.events.arrived();
    }
    this.begin(plan);
  }

  private begin(plan: DownloadPlan): void {
    this.store.change(plan.download.id, { state: "running", target: plan.target });
    this.run = new DownloadRun(this.runtime, this.store, this.line, {
      ...plan,
      changed: () => {
        this.events.gotOn();
      },
      ended: end => {
        this.run = undefined;
        this.ended(plan, end);
        // To put a book in its place and to fork a worker hold the loop for as long as anything of ours may: not both at once.
        this.tries.next();
      },
    });
  }

  private ended({ connection, download, target }: DownloadPlan, end: RunEnd): void {
    if (end.kind === "failed") return this.tries.failed(connection, download, end.failure, end.gotOn);
    this.tries.succeeded(connection);
    if (finish(this.runtime, this.store, { download, target, digest: end.digest })) this.events.arrived();
  }
}
