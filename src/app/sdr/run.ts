import type { Failure } from "../../core/failure";
import { sdrTargetKey } from "../../core/sdr-settings";
import type { SdrStep } from "../../ports/sdr-sync";
import { Account } from "./account";
import { Delivering } from "./delivering";
import type { RunAccount } from "./history";
import type { RunEnd, RunListener, RunOrder } from "./order";
import type { RunCourse } from "./run-course";
import { lookAround } from "./run-look";
import { tellOf } from "./run-tell";
import { Visits } from "./run-visits";
import { Steps } from "./steps";
import { titleIn } from "./titles";
import type { SdrTools } from "./tools";

const PREVIEWED = { books: 500, changes: 5000 };
const KEPT = { books: 200, changes: 1000 };

/** One run: looking, writing, the exchange with the folder, joining, delivering. Between any two moments of it the reader can do as they like. */
export class SdrRun {
  private readonly begun: number;
  private readonly course: RunCourse;

  constructor(
    private readonly tools: SdrTools,
    private readonly order: RunOrder,
    private readonly listener: RunListener,
  ) {
    this.begun = tools.slices.clock.monotonic();
    const fail = (failure: Failure): void => {
      this.fail(failure);
    };
    this.course = {
      tools,
      order,
      listener,
      fail,
      target: sdrTargetKey(order.target),
      account: new Account(tools.notebook, tools.json, order.isPreview ? PREVIEWED : KEPT),
      steps: new Steps(tools, fail),
      traffic: { requests: 0, bytesIn: 0, bytesOut: 0 },
      tell: (step, done, of) => {
        this.tell(step, done, of);
      },
      end: end => {
        this.end(end);
      },
    };
  }

  start(): void {
    const { course } = this;
    const visits = new Visits(course, failure => {
      this.deliver(() => {
        tellOf(course, { failure, soFar: () => this.soFar(), offered: visits.offered() });
      });
    });
    lookAround(course, () => {
      if (course.order.isOwn === true) visits.none();
      else visits.begin();
    });
  }

  /** What is done stays done. What came into books is told; what went out is told by the run that sends the last of it. */
  abandon(): RunAccount {
    const { tools, course } = this;
    course.steps.cancel();
    tools.notebook.forget();
    const came = course.order.isPreview ? [] : course.account.byTitle().filter(({ incoming }) => incoming.length > 0);
    const books = came.map(({ book, incoming }) => ({
      book,
      ...titleIn(tools.notebook, book),
      incoming,
      outgoing: [],
    }));
    return { ...this.soFar(), books };
  }

  private soFar(): RunAccount {
    const seconds = this.tools.slices.clock.monotonic() - this.begun;
    return { trigger: this.order.trigger, ...this.course.traffic, seconds, books: [] };
  }

  private deliver(next: () => void): void {
    const { tools, account, order, steps, tell } = this.course;
    const told = (done: number, of: number): void => {
      tell("writing", done, of);
    };
    steps.afar(one => new Delivering({ tools, one, account, isPreview: order.isPreview, told }), next);
  }

  private fail(failure: Failure): void {
    this.tools.notebook.forget();
    this.end({ kind: "failed", failure, account: this.soFar(), books: "[]" });
  }

  private end(end: RunEnd): void {
    const { steps } = this.course;
    if (steps.isOver) return;
    steps.end();
    this.listener.ended(end);
  }

  private tell(step: SdrStep, done: number, of: number): void {
    if (!this.course.steps.isOver) this.listener.progress({ step, done, of });
  }
}
