import type { Failure } from "../../core/failure";
import { sdrTargetKey } from "../../core/sdr-settings";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { ChangedSidecar } from "../../ports/sidecars";
import type { SdrBookChanges, SdrStep } from "../../ports/sdr-sync";
import { Account } from "./account";
import { becomeAnother } from "./another-device";
import { compact } from "./compacting";
import { Delivering } from "./delivering";
import { ExchangeRun, type Exchanged } from "./exchange-run";
import { booksText, type RunAccount } from "./history";
import { Joining } from "./joining";
import { findChanged, Looking } from "./looking";
import type { RunEnd, RunListener, RunOrder } from "./order";
import { Publishing } from "./publishing";
import { adoptRetired } from "./retiring";
import { forgetSent, tellSent } from "./settle";
import { Steps } from "./steps";
import { Naming } from "./titles";
import type { SdrTools } from "./tools";

const MOST_PREVIEWED = 500;
const MOST_KEPT = 200;
const MOST_ROUNDS = 8;

/** One run: looking, publishing, the exchange with the folder, joining, delivering. Between any two moments of it the reader can do as they like. */
export class SdrRun {
  private readonly account: Account;
  private readonly target: string;
  private readonly begun: number;
  private readonly steps: Steps;
  private hasWritten = false;
  private rounds = 0;
  private traffic = { requests: 0, bytesIn: 0, bytesOut: 0 };
  private listed = { files: 0, bytes: 0 };

  constructor(
    private readonly tools: SdrTools,
    private readonly order: RunOrder,
    private readonly listener: RunListener,
  ) {
    this.account = new Account(tools.notebook, tools.json);
    this.target = sdrTargetKey(order.target);
    this.begun = tools.slices.clock.monotonic();
    this.steps = new Steps(tools, failure => {
      this.fail(failure);
    });
  }

  start(): void {
    this.tell("looking", 0, 0);
    const sweep = findChanged(this.tools, this.order.files, changed => {
      this.look(changed);
    });
    if (sweep === undefined) return;
    this.steps.stoppedBy(() => {
      sweep.cancel();
    });
  }

  /** What is done stays done; nothing more is told. */
  cancel(): void {
    this.steps.cancel();
    this.tools.notebook.forget();
  }

  soFar(): RunAccount {
    const seconds = this.tools.slices.clock.monotonic() - this.begun;
    return { trigger: this.order.trigger, ...this.traffic, seconds, books: [] };
  }

  private look(changed: readonly ChangedSidecar[]): void {
    const told = (done: number) => {
      this.tell("looking", done, changed.length);
    };
    this.steps.afar(
      one => new Looking(this.tools, one, changed, told),
      () => {
        if (this.order.isPreview || this.order.isFirst) this.exchange([]);
        else this.write();
      },
    );
  }

  /** What waits becomes files of ours, which the next exchange puts. */
  private write(): void {
    const { tools } = this;
    this.hasWritten = true;
    this.steps.then(
      breathe => {
        adoptRetired(tools, breathe);
      },
      () => {
        this.steps.afar(
          () => new Publishing(tools),
          () => {
            this.compact();
          },
        );
      },
    );
  }

  private compact(): void {
    const { notebook, device, newHash, label, now } = this.tools;
    this.steps.then(
      breathe => {
        compact({ notebook, device, newHash, label: label(), now, breathe }, this.target);
        this.export(breathe, notebook.store.segments.unsent(this.target));
      },
      () => {
        this.exchange([]);
      },
    );
  }

  /** A worker must not open the store: what it is to put lies in files. */
  private export(breathe: Breathe, names: readonly string[]): void {
    const { spool, notebook } = this.tools;
    for (const name of names) {
      const bytes = spool.has("out", name) ? undefined : notebook.store.segments.content(name);
      if (bytes !== undefined) spool.write("out", name, bytes);
      breathe();
    }
  }

  private exchange(lacking: readonly string[]): void {
    this.rounds += 1;
    this.tell("asking", 0, 0);
    const { tools, target } = this;
    const run = new ExchangeRun(tools, target, this.order, lacking.length > 0, {
      told: (step, done, of, bytes) => {
        if (bytes !== undefined) this.listed = { files: of, bytes };
        this.tell(step, done, of);
      },
      ended: end => {
        this.exchanged(end);
      },
    });
    this.steps.stoppedBy(() => {
      run.cancel();
    });
  }

  private exchanged(end: Exchanged): void {
    this.traffic.requests += end.requests;
    this.traffic.bytesIn += end.bytesIn;
    this.traffic.bytesOut += end.bytesOut;
    if (end.learnt !== undefined) this.listener.learnt(end.learnt);
    if (end.obstacle === "emptied") return this.end({ kind: "emptied" });
    if (end.obstacle === "clone") return this.renameUs();
    this.steps.afar(
      () => this.joining(),
      () => {
        this.steps.then(
          breathe => {
            this.export(breathe, end.lacking);
          },
          () => {
            this.joined(end);
          },
        );
      },
    );
  }

  private joining(): Joining {
    return new Joining(this.tools, this.target, {
      told: (done, of) => {
        this.tell("merging", done, of);
      },
      newer: () => {
        this.listener.newer();
      },
    });
  }

  private joined(end: Exchanged): void {
    const again = this.rounds < MOST_ROUNDS && (end.hasMore || end.lacking.length > 0);
    if (end.failure === undefined && again) return this.exchange(end.lacking);
    if (end.lacking.length > 0) return this.fail({ reason: "disk", detail: "no room for what is to be sent" });
    if (end.obstacle === "stranger" && !this.order.isPreview) return this.end({ kind: "stranger" });
    // Nobody has synced here before us: there is nothing to be shown first.
    const beginsHere = this.order.isFirst && !this.order.isPreview && !this.hasWritten;
    if (end.failure === undefined && beginsHere) return this.write();
    this.deliver(end.failure);
  }

  private renameUs(): void {
    if (this.rounds >= MOST_ROUNDS) return this.fail({ reason: "conflict", detail: "another device has our name" });
    this.steps.then(
      () => {
        becomeAnother(this.tools, this.target);
      },
      () => {
        this.write();
      },
    );
  }

  private deliver(failure: Failure | undefined): void {
    const { tools, account } = this;
    const told = (done: number, of: number) => {
      this.tell("writing", done, of);
    };
    this.steps.afar(
      one => new Delivering({ tools, one, account, isPreview: this.order.isPreview, told }),
      () => {
        this.settle(failure);
      },
    );
  }

  private settle(failure: Failure | undefined): void {
    const { tools, account, target } = this;
    const { isPreview } = this.order;
    const most = isPreview ? MOST_PREVIEWED : MOST_KEPT;
    let isSent = false;
    this.steps.then(
      breathe => {
        isSent = tellSent(tools, account, { target, isPreview, hasFailed: failure !== undefined }, breathe);
      },
      () => {
        this.steps.afar(
          one => new Naming(one, account, account.first(most)),
          () => {
            this.finish(account.told(most), isSent, failure);
          },
        );
      },
    );
  }

  private finish(told: SdrBookChanges[], isSent: boolean, failure: Failure | undefined): void {
    const { tools } = this;
    if (this.order.isPreview && failure === undefined) return this.previewed(told);
    let books = "[]";
    this.steps.then(
      breathe => {
        books = booksText(tools.json, { books: told }, breathe);
        if (isSent && !this.order.isPreview) forgetSent(tools.notebook);
      },
      () => {
        const run = { account: { ...this.soFar(), books: told }, books };
        this.end(failure === undefined ? { kind: "done", ...run } : { kind: "failed", failure, ...run });
      },
    );
  }

  private previewed(books: SdrBookChanges[]): void {
    const { files, bytes } = this.listed;
    this.end({ kind: "previewed", preview: { books, others: this.account.size() - books.length, files, bytes } });
  }

  private fail(failure: Failure): void {
    this.tools.notebook.forget();
    this.end({ kind: "failed", failure, account: this.soFar(), books: "[]" });
  }

  private end(end: RunEnd): void {
    if (this.steps.isOver) return;
    this.steps.end();
    this.listener.ended(end);
  }

  private tell(step: SdrStep, done: number, of: number): void {
    if (!this.steps.isOver) this.listener.progress({ step, done, of });
  }
}
