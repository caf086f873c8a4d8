import type { Failure } from "../../core/failure";
import type { SdrStep } from "../../ports/sdr-sync";
import type { Cancel } from "../../ports/scheduler";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import { part } from "../../parts";
import { dropReplaced, replacedFiles } from "./replaced";
import type { ExchangeNews, ExchangePlan } from "./exchange";
import type { RunOrder } from "./order";
import { retiredDevices } from "./retiring";
import type { SdrTools } from "./tools";

/** What came of one exchange with the folder. */
export interface Exchanged {
  readonly obstacle?: "clone" | "emptied" | "stranger";
  readonly failure?: Failure;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly learnt?: KnownScheme;
  /** Files of ours that have to be put into the spool first. */
  readonly lacking: readonly string[];
  readonly hasMore: boolean;
}

export interface ExchangeListener {
  /** `bytes` once it is known what is to be fetched. */
  readonly told: (this: void, step: SdrStep, done: number, of: number, bytes?: number) => void;
  readonly ended: (this: void, end: Exchanged) => void;
}

/** A damaged file may be whole the next time its writer syncs: it is looked at again after this. */
const BAD_SECONDS = 6 * 3600;

/** One worker's visit to the folder, as this side sees it. */
export class ExchangeRun {
  private readonly stop: Cancel;
  private readonly lacking: string[] = [];
  private obstacle: Exchanged["obstacle"];
  private done: Extract<ExchangeNews, { kind: "done" }> | undefined;
  private hasMore = false;
  private gets = 0;
  private puts = 0;
  private gotten = 0;
  private put = 0;

  constructor(
    private readonly tools: SdrTools,
    private readonly target: string,
    private readonly order: RunOrder,
    private readonly putsFirst: boolean,
    private readonly listener: ExchangeListener,
  ) {
    this.stop = tools.line.add<ExchangeNews>({
      prepare: () => {
        const plan = this.plan();
        return tell => {
          part("app/sdr-errand").exchange(plan, tell);
        };
      },
      onMessage: news => {
        this.take(news);
      },
      onEnd: died => {
        this.end(died);
      },
    });
  }

  cancel(): void {
    this.stop();
  }

  private plan(): ExchangePlan {
    const { notebook, device, now } = this.tools;
    const { segments, spool } = notebook.store;
    const { target, known, isPreview, isFirst, mayBeEmpty, trigger } = this.order;
    return {
      target,
      ...(known !== undefined && { known }),
      device: device.id(),
      own: segments.names(),
      unsent: segments.unsent(this.target),
      seen: spool.seen(this.target),
      passed: this.passed(),
      replaced: replacedFiles(notebook),
      retired: retiredDevices(this.tools),
      now: now(),
      isReadOnly: isPreview,
      isFirst,
      mayBeEmpty,
      putsFirst: this.putsFirst || trigger === "close" || trigger === "sleep",
    };
  }

  private passed(): string[] {
    const { notebook, now } = this.tools;
    const passed: string[] = [];
    for (const name of notebook.all("bad")) {
      const age = now() - (tonumber(notebook.get("bad", name) ?? "0") ?? 0);
      if (age >= 0 && age < BAD_SECONDS) passed.push(name);
      else notebook.set("bad", name, undefined);
    }
    notebook.flush();
    return passed;
  }

  private take(news: ExchangeNews): void {
    switch (news.kind) {
      case "listed":
        return;
      case "clone":
      case "emptied":
      case "stranger":
        this.obstacle = news.kind;
        return;
      case "work":
        [this.gets, this.puts] = [news.gets, news.puts];
        return this.listener.told(
          news.gets > 0 ? "fetching" : "sending",
          0,
          Math.max(news.gets, news.puts),
          news.bytes,
        );
      case "fetched":
        this.gotten += 1;
        return this.listener.told("fetching", this.gotten, this.gets);
      case "bad":
        return this.tools.notebook.set("bad", news.name, `${this.tools.now()}`);
      case "put":
        return this.wasPut(news.name);
      case "lacking":
        this.lacking.push(news.name);
        return;
      case "deleted":
        return dropReplaced(this.tools.notebook, news.name);
      case "gone":
        return this.tools.notebook.store.spool.forget(this.target, news.name);
      case "more":
        this.hasMore = true;
        return;
      case "done":
        this.done = news;
    }
  }

  private wasPut(name: string): void {
    this.put += 1;
    this.tools.notebook.store.segments.markSent(this.target, name);
    this.tools.spool.remove("out", name);
    this.listener.told("sending", this.put, this.puts);
  }

  private end(died: Failure | undefined): void {
    this.tools.notebook.flush();
    const { done, lacking, obstacle, hasMore } = this;
    const failure = done === undefined ? (died ?? { reason: "cancelled" as const }) : done.failure;
    this.listener.ended({
      requests: done?.requests ?? 0,
      bytesIn: done?.bytesIn ?? 0,
      bytesOut: done?.bytesOut ?? 0,
      lacking,
      hasMore,
      ...(obstacle !== undefined && { obstacle }),
      ...(failure !== undefined && { failure }),
      ...(done?.learnt !== undefined && { learnt: done.learnt }),
    });
  }
}
