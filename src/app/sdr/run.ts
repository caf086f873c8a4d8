import { sorted } from "../../core/order";
import type { Failure } from "../../core/failure";
import type { SdrTarget } from "../../core/sdr-settings";
import { sdrTargetKey } from "../../core/sdr-settings";
import type { Breathe } from "../../koreader/sidecars/slices";
import { inSlices } from "../../koreader/sidecars/slices";
import type { ChangedSidecar, SlicedWork } from "../../ports/sidecars";
import type {
  SdrBookChanges,
  SdrPreview,
  SdrProgress,
  SdrRun as RunAccount,
  SdrStep,
  SdrTrigger,
} from "../../ports/sdr-sync";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import { Account } from "./account";
import { becomeAnother } from "./another-device";
import { compact, countSync } from "./compacting";
import { deliverAll } from "./delivering";
import { ExchangeRun, type Exchanged } from "./exchange-run";
import { joinSegment } from "./join";
import { findChanged, lookAtAll } from "./looking";
import { OneBook } from "./one-book";
import { publish, type PublishTools } from "./publish";
import { adoptRetired } from "./retiring";
import type { SdrTools } from "./tools";

export interface RunOrder {
  readonly trigger: SdrTrigger;
  readonly target: SdrTarget;
  readonly known?: KnownScheme;
  /** The books to look at; every one where nobody knows which changed. */
  readonly files: readonly string[] | "all";
  readonly isPreview: boolean;
  /** Nobody has seen a preview yet. */
  readonly isFirst: boolean;
  readonly mayBeEmpty: boolean;
}

/** How a run came out. */
export type RunEnd =
  | { readonly kind: "done"; readonly account: Omit<RunAccount, "at"> }
  | { readonly kind: "failed"; readonly failure: Failure; readonly account: Omit<RunAccount, "at"> }
  | { readonly kind: "previewed"; readonly preview: SdrPreview }
  | { readonly kind: "stranger" }
  | { readonly kind: "emptied" };

export interface RunListener {
  readonly progress: (this: void, progress: SdrProgress) => void;
  readonly learnt: (this: void, known: KnownScheme) => void;
  readonly newer: (this: void) => void;
  readonly ended: (this: void, end: RunEnd) => void;
}

const MOST_PREVIEWED = 500;
const MOST_KEPT = 200;
const MOST_ROUNDS = 8;

/** One run, step by step; between two steps, and within the long ones, the reader can do as they like. */
export class SdrRun {
  private readonly account: Account;
  private readonly target: string;
  private readonly begun: number;
  private stop: () => void = () => {};
  private isOver = false;
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
  }

  start(): void {
    this.tell("looking", 0, 0);
    const sweep = findChanged(this.tools, this.order.files, changed => {
      this.look(changed);
    });
    if (sweep !== undefined) this.stoppedBy(sweep);
  }

  /** What is done stays done; nothing more is told. */
  cancel(): void {
    this.isOver = true;
    this.stop();
    this.tools.notebook.forget();
  }

  soFar(): Omit<RunAccount, "at"> {
    const seconds = this.tools.slices.clock.monotonic() - this.begun;
    return { trigger: this.order.trigger, ...this.traffic, seconds, books: [] };
  }

  private stoppedBy(work: SlicedWork): void {
    this.stop = () => {
      work.cancel();
    };
  }

  /** Work that leaves room for the reader, then the next. */
  private then(work: (breathe: Breathe) => void, next: () => void): void {
    if (this.isOver) return;
    let problem: unknown;
    const guarded = (breathe: Breathe): void => {
      const [worked, trouble] = pcall(() => {
        work(breathe);
      });
      if (!worked) problem = trouble;
    };
    this.stoppedBy(
      inSlices(this.tools.slices, guarded, () => {
        if (this.isOver) return;
        if (problem === undefined) next();
        else this.fail({ reason: "disk", detail: tostring(problem) });
      }),
    );
  }

  private look(changed: readonly ChangedSidecar[]): void {
    const { tools } = this;
    this.then(
      breathe => {
        const told = (done: number) => {
          this.tell("looking", done, changed.length);
        };
        if (changed.length > 0) lookAtAll(tools, new OneBook(tools.notebook), changed, breathe, told);
        if (!this.order.isPreview && !this.order.isFirst) this.write(breathe);
        this.export(breathe);
      },
      () => {
        this.exchange([]);
      },
    );
  }

  private publishTools(breathe: Breathe): PublishTools {
    const { notebook, device, newHash, label, now } = this.tools;
    return { notebook, device, newHash, label: label(), now, breathe };
  }

  private write(breathe: Breathe): void {
    this.hasWritten = true;
    adoptRetired(this.tools, breathe);
    publish(this.publishTools(breathe));
    compact(this.publishTools(breathe), this.target);
  }

  /** A worker must not open the store: what it is to put lies in files. */
  private export(
    breathe: Breathe,
    names: readonly string[] = this.tools.notebook.store.segments.unsent(this.target),
  ): void {
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
    this.stop = () => {
      run.cancel();
    };
  }

  private exchanged(end: Exchanged): void {
    this.traffic.requests += end.requests;
    this.traffic.bytesIn += end.bytesIn;
    this.traffic.bytesOut += end.bytesOut;
    if (end.learnt !== undefined) this.listener.learnt(end.learnt);
    if (end.obstacle === "emptied") return this.end({ kind: "emptied" });
    if (end.obstacle === "clone") return this.renameUs();
    this.then(
      breathe => {
        this.join(breathe);
        this.export(breathe, end.lacking);
      },
      () => {
        this.joined(end);
      },
    );
  }

  private joined(end: Exchanged): void {
    const again = this.rounds < MOST_ROUNDS && (end.hasMore || end.lacking.length > 0);
    if (end.failure === undefined && again) return this.exchange(end.lacking);
    if (end.lacking.length > 0) return this.fail({ reason: "disk", detail: "no room for what is to be sent" });
    if (end.obstacle === "stranger" && !this.order.isPreview) return this.end({ kind: "stranger" });
    if (end.failure === undefined && this.order.isFirst && !this.order.isPreview && !this.hasWritten) {
      return this.beginHere();
    }
    this.deliver(end.failure);
  }

  /** Nobody has synced here before us: there is nothing to be shown first. */
  private beginHere(): void {
    this.then(
      breathe => {
        this.write(breathe);
        this.export(breathe);
      },
      () => {
        this.exchange([]);
      },
    );
  }

  private renameUs(): void {
    this.then(
      breathe => {
        becomeAnother(this.tools, this.target);
        this.write(breathe);
        this.export(breathe);
      },
      () => {
        if (this.rounds < MOST_ROUNDS) this.exchange([]);
        else this.fail({ reason: "conflict", detail: "another device has our name" });
      },
    );
  }

  private join(breathe: Breathe): void {
    const { spool, notebook, device } = this.tools;
    const names = sorted(spool.names("in"), (a, b) => a < b);
    let done = 0;
    for (const name of names) {
      const bytes = spool.read("in", name) ?? "";
      breathe();
      const problem = joinSegment({ notebook, device, breathe }, this.target, name, bytes);
      if (problem === "newer") {
        this.listener.newer();
        notebook.store.spool.markSeen(this.target, name);
      }
      spool.remove("in", name);
      done += 1;
      this.tell("merging", done, names.length);
    }
    notebook.flush();
  }

  private deliver(failure: Failure | undefined): void {
    const { tools, account } = this;
    const { isPreview } = this.order;
    let books: SdrBookChanges[] = [];
    this.then(
      breathe => {
        const one = new OneBook(tools.notebook);
        const told = (done: number, of: number) => {
          this.tell("writing", done, of);
        };
        deliverAll({ tools, one, account, isPreview, breathe, told });
        this.settle(isPreview, failure, breathe);
        books = account.told(one, isPreview ? MOST_PREVIEWED : MOST_KEPT, breathe);
      },
      () => {
        this.finish(books, failure);
      },
    );
  }

  /** What was sent is told once, in the run that sent the last of it. */
  private settle(isPreview: boolean, failure: Failure | undefined, breathe: Breathe): void {
    const { notebook } = this.tools;
    const isSent = notebook.store.segments.unsent(this.target).length === 0 && failure === undefined;
    if (isPreview || isSent) this.account.outgoing(breathe);
    if (isPreview || !isSent) return;
    const waiting = new LuaSet<string>();
    for (const book of notebook.all("unsent")) waiting.add(book);
    for (const book of notebook.all("out")) {
      if (!waiting.has(book)) notebook.set("out", book, undefined);
      if (notebook.isFull()) notebook.flush();
      breathe();
    }
    countSync(notebook);
  }

  private finish(books: SdrBookChanges[], failure: Failure | undefined): void {
    if (this.order.isPreview && failure === undefined) return this.previewed(books);
    const account = { ...this.soFar(), books };
    this.end(failure === undefined ? { kind: "done", account } : { kind: "failed", failure, account });
  }

  private previewed(books: SdrBookChanges[]): void {
    const { files, bytes } = this.listed;
    this.end({ kind: "previewed", preview: { books, others: this.account.size() - books.length, files, bytes } });
  }

  private fail(failure: Failure): void {
    this.tools.notebook.forget();
    this.end({ kind: "failed", failure, account: this.soFar() });
  }

  private end(end: RunEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    this.listener.ended(end);
  }

  private tell(step: SdrStep, done: number, of: number): void {
    if (!this.isOver) this.listener.progress({ step, done, of });
  }
}
