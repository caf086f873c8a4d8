import type { Failure } from "../../../core/failure";
import { readSheet, removeSheets } from "../../../koreader/sdr-sheets";
import { type Breathe, inSlices } from "../../../koreader/sidecars/slices";
import { part } from "../../../parts";
import type { Cancel } from "../../../ports/scheduler";
import type { OneBook } from "../one-book";
import type { SdrTools } from "../tools";
import type { Sheet } from "./change";
import { commit } from "./commit";
import { Given } from "./given";
import type { Batch, BatchNews } from "./work";

/** What one worker is sent off with at most: so much of the store is in memory at a time. */
const MOST_TASKS = 64;
const MOST_BYTES = 1024 * 1024;
/** A task whose books were changed here again and again waits for the next run. */
const MOST_TRIES = 3;

/** Work on many books: looked up here, done by workers, and made true here. */
export interface AfarWork<Task extends object, Result extends object> {
  /** What a worker does with each task: a name in the part that only workers load. */
  readonly kind: keyof typeof import("../../sdr-errand").AFAR;
  /** The next task, if there is one; what it needs of the store is put into `given`. Tasks that need nothing done are left out. */
  next(given: Given, breathe: Breathe): Task | undefined;
  /** What a task needs again: its rows were changed meanwhile, or it turned out to need more. */
  gather(task: Task, given: Given): void;
  /** What came of a step; its changes are in the store. */
  take(task: Task, result: Result | undefined, breathe: Breathe): void;
}

interface Again<Task> {
  readonly task: Task;
  readonly lacks: readonly string[];
  readonly tries: number;
}

/** Bytes of sheets after which the store is settled: about a megabyte of its log, and two waits for the disk. */
const MOST_LOGGED = 256 * 1024;

let batches = 0;
let logged = 0;

/** Runs such work, a batch after another; never more than one worker. */
export class Afar<Task extends object, Result extends object> {
  private stop: Cancel = () => {};
  private isOver = false;
  private again: Again<Task>[] = [];
  private sent: Again<Task>[] = [];
  private name = "";
  private readonly news: BatchNews[] = [];
  private isTaking = false;
  private end: { readonly failure?: Failure } | undefined;

  constructor(
    private readonly tools: SdrTools,
    private readonly one: OneBook,
    private readonly work: AfarWork<Task, Result>,
    private readonly done: (this: void, failure: Failure | undefined) => void,
  ) {
    this.nextBatch();
  }

  cancel(): void {
    this.isOver = true;
    this.stop();
    removeSheets(this.name);
  }

  private finish(failure: Failure | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.done(failure);
  }

  /** Slices on the loop; a mistake in them ends the work. */
  private slices(work: (breathe: Breathe) => void, next: () => void): void {
    let problem: string | undefined;
    const sliced = inSlices(
      this.tools.slices,
      breathe => {
        const [worked, trouble] = pcall(() => {
          work(breathe);
        });
        if (!worked) problem = tostring(trouble);
      },
      () => {
        if (this.isOver) return;
        if (problem === undefined) return next();
        this.cancelWorker();
        this.finish({ reason: "disk", detail: problem });
      },
    );
    this.stopSlices = () => {
      sliced.cancel();
    };
  }

  private stopSlices: Cancel = () => {};
  private cancelWorker: Cancel = () => {};

  private nextBatch(): void {
    const { tools, work } = this;
    const given = new Given(tools.notebook.store);
    this.stop = () => {
      this.stopSlices();
      this.cancelWorker();
    };
    this.sent = [];
    this.slices(
      breathe => {
        tools.notebook.flush();
        tools.notebook.watch();
        for (const again of this.again) {
          work.gather(again.task, given);
          for (const row of again.lacks) given.give(row);
          this.sent.push(again);
          breathe();
        }
        this.again = [];
        while (this.sent.length < MOST_TASKS && given.bytes < MOST_BYTES) {
          const task = work.next(given, breathe);
          if (task === undefined) break;
          this.sent.push({ task, lacks: [], tries: 0 });
          breathe();
        }
      },
      () => {
        if (this.sent.length === 0) this.finish(undefined);
        else this.send(given);
      },
    );
  }

  private send(given: Given): void {
    const { tools, one, work } = this;
    batches += 1;
    this.name = `${batches}`;
    this.end = undefined;
    const batch: Batch<Task> = { name: this.name, tasks: this.sent.map(({ task }) => task), given, one };
    const { kind } = work;
    this.cancelWorker = tools.line.add<BatchNews>({
      prepare: () => tell => {
        part("app/sdr-errand").afar(kind, tools, batch, tell);
      },
      onMessage: news => {
        this.news.push(news);
        this.takeAll();
      },
      onEnd: failure => {
        this.end = failure === undefined ? {} : { failure };
        this.takeAll();
      },
    });
  }

  /** A sheet at a time, in their order, while the worker goes on. */
  private takeAll(): void {
    if (this.isTaking) return;
    this.isTaking = true;
    this.slices(
      breathe => {
        let news = this.news.shift();
        while (news !== undefined) {
          this.take(news, breathe);
          breathe();
          news = this.news.shift();
        }
      },
      () => {
        this.isTaking = false;
        if (this.end !== undefined) this.ended(this.end.failure);
      },
    );
  }

  private ended(failure: Failure | undefined): void {
    removeSheets(this.name);
    this.cancelWorker = () => {};
    if (failure === undefined) this.nextBatch();
    else this.finish(failure);
  }

  private take(news: BatchNews, breathe: Breathe): void {
    const sheet = news.at < 0 ? undefined : readSheet(this.name, news);
    if (sheet === undefined) error("no room for what a worker made", 0);
    const { task: index, result, lacks, problem } = sheet as Sheet<Result>;
    const sent = this.sent[index];
    if (sent === undefined) return;
    breathe();
    if (lacks.length > 0) return this.repeat(sent, lacks);
    if (problem !== false) error(problem, 0);
    if (!commit(this.tools.notebook, sheet as Sheet<Result>)) return this.repeat(sent, []);
    breathe();
    this.settle(news.length, breathe);
    this.work.take(sent.task, result === false ? undefined : result, breathe);
  }

  /** Between two sheets, where nothing else holds the loop in the same breath. */
  private settle(bytes: number, breathe: Breathe): void {
    logged += bytes;
    if (logged < MOST_LOGGED) return;
    logged = 0;
    this.tools.notebook.store.settle();
    breathe();
  }

  /** Every time with more of what it lacks; what was changed under it, or cannot be given, is not tried for ever. */
  private repeat({ task, lacks, tries }: Again<Task>, more: readonly string[]): void {
    const isProgress = more.some(row => !lacks.includes(row));
    const again = { task, lacks: lacks.concat(more), tries: isProgress ? tries : tries + 1 };
    if (again.tries <= MOST_TRIES) this.again.push(again);
  }
}
