import type { Failure } from "../../core/failure";
import { failure, success } from "../../core/result";
import type { SdrTarget } from "../../core/sdr-settings";
import type { SdrTrigger } from "../../ports/sdr-sync";
import type { Runtime } from "../runtime";
import { booksText, noteRun, type RunAccount } from "./history";
import type { RunEnd } from "./order";
import type { SdrRun } from "./run";
import { joinedKey, type SdrStanding } from "./standing";
import type { SdrTaps } from "./taps";
import { tellEnd } from "./tell-end";
import type { SdrTools } from "./tools";

/** What follows from how a run came out: what is remembered, kept for the history, and told. */
export class SdrEndings {
  /** A run came to its end. */
  whenDone: () => void = () => {};
  /** How many changes wait for the book on screen. */
  staged: () => number = () => 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly tools: SdrTools,
    private readonly standing: SdrStanding,
    private readonly taps: SdrTaps,
  ) {}

  take(end: RunEnd, target: SdrTarget): void {
    const { standing, tools, taps } = this;
    switch (end.kind) {
      case "done":
        standing.succeeded();
        tools.notebook.setRaw(joinedKey(target), "1");
        tools.notebook.setRaw("success", `${this.runtime.clock.epoch()}`);
        this.keep(end.account, end.books);
        return this.whenDone();
      case "failed":
        standing.failed(end.failure);
        taps.tell(failure(end.failure));
        return this.keep({ ...end.account, failure: end.failure }, end.books);
      case "previewed":
        standing.asked = standing.hasJoined(target) ? "nothing" : "preview";
        return taps.tell(success(end.preview));
      case "stranger":
        standing.asked = "preview";
        return;
      case "emptied":
        standing.asked = "emptied";
        taps.tell(failure({ reason: "missing", detail: "the folder is empty" }));
    }
  }

  /** In the background. */
  tell(end: RunEnd, target: SdrTarget, heldBefore: number): void {
    tellEnd(this.runtime, {
      end,
      target,
      staged: end.kind === "done" ? this.staged() : 0,
      newlyHeld: this.heldCount() - heldBefore,
      isStopped: this.standing.isStopped(),
    });
  }

  /** Nothing can be remembered here: the reader is told the first time, and it is tried again later. */
  couldNotBegin(trouble: Failure, target: SdrTarget, trigger: SdrTrigger): void {
    const isNew = this.standing.failed(trouble);
    this.taps.tell(failure(trouble));
    if (trigger !== "tap" && isNew) this.runtime.notices().highlightsStopped(trouble, target);
  }

  /** Of a run that asked no folder: it says nothing of how the sync stands. */
  takeOwn(end: RunEnd): void {
    if (end.kind === "done" && end.account.books.length > 0) this.keep(end.account, end.books);
  }

  /** By the reader. */
  cancelled(account: RunAccount): void {
    this.keep({ ...account, failure: { reason: "cancelled" } }, this.textOf(account));
    this.taps.tell(failure({ reason: "cancelled" }));
  }

  /** KOReader ends before the run did, or another takes its place: what came into books stays there, and is in the history. */
  cut(run: SdrRun): void {
    pcall(() => {
      const account = run.abandon();
      if (account.books.length > 0) this.keep(account, this.textOf(account));
    });
  }

  /** Books whose deletions wait for the reader. */
  heldCount(): number {
    return this.tools.notebook.store.questions.held().length;
  }

  private textOf({ books }: RunAccount): string {
    return booksText(this.tools.json, { books }, () => {});
  }

  /** With the last that the run has to write: whoever quits right then has both. */
  private keep(account: RunAccount, books: string): void {
    const { json, notebook } = this.tools;
    noteRun(notebook, json, this.runtime.clock.epoch(), account, books);
    notebook.flush();
  }
}
