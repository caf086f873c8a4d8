import type { Failure } from "../core/failure";
import type { Log } from "../ports/log";
import type { Cancel } from "../ports/scheduler";
import type { Job, JobEvents, Meanwhile, RunningJob, Workers } from "../ports/workers";

/** The longest that one errand may take, whatever the network does. */
const DEADLINE_SECONDS = 60;

/** Work for a worker, put together when its turn comes, so that it knows what the errand before it learned. */
export interface Errand<Message extends object> extends JobEvents<Message> {
  /** What the worker is to do, or nothing when there is nothing to do any more; then `onEnd` is not called. */
  prepare(): Job<Message> | undefined;
}

/** An errand in its queue. */
interface Ticket {
  readonly begin: () => RunningJob | undefined;
  isCancelled: boolean;
}

/**
 * Errands run one after another: there is never more than one process of ours for each of these, one in the background, one for a tap and one that downloads. A mistake in one, or a
 * store that fails, ends that errand and no other.
 */
export class Errands {
  private readonly waiting: Ticket[] = [];
  private running: { readonly ticket: Ticket; readonly job: RunningJob } | undefined;

  /** @param workers loaded with the first errand */
  constructor(
    private readonly workers: () => Workers,
    private readonly log: Log,
    private readonly deadlineSeconds: number = DEADLINE_SECONDS,
  ) {}

  /** @returns what ends the errand before its time: its worker is killed, and nothing more is told of it */
  add<Message extends object>(errand: Errand<Message>): Cancel {
    const ticket: Ticket = { begin: () => this.begin(errand, ticket), isCancelled: false };
    this.waiting.push(ticket);
    this.next();
    return () => {
      ticket.isCancelled = true;
      if (this.running?.ticket === ticket) this.running.job.cancel();
    };
  }

  /** Forgets what has not begun and kills what runs: nothing is told, what was not acknowledged is still in the outbox. */
  stop(): void {
    while (this.waiting.length > 0) this.waiting.pop();
    if (this.running !== undefined) this.workers().stopAll();
    this.running = undefined;
  }

  isIdle(): boolean {
    return this.running === undefined && this.waiting.length === 0;
  }

  /** Holds the main loop until all is done, for so many seconds at most. */
  waitForAll(mostSeconds: number, meanwhile?: Meanwhile): void {
    if (this.running !== undefined || meanwhile !== undefined) this.workers().waitForAll(mostSeconds, meanwhile);
  }

  private begin<Message extends object>(errand: Errand<Message>, ticket: Ticket): RunningJob | undefined {
    if (ticket.isCancelled) return undefined;
    const [prepared, job] = pcall(() => errand.prepare());
    if (!prepared) {
      errand.onEnd(this.broken(job));
      return undefined;
    }
    return job === undefined ? undefined : this.run(errand, ticket, job);
  }

  private run<Message extends object>(errand: Errand<Message>, ticket: Ticket, job: Job<Message>): RunningJob {
    let mistake: Failure | undefined;
    return this.workers().run(job, this.deadlineSeconds, {
      onMessage: message => {
        if (mistake !== undefined || ticket.isCancelled) return;
        const [taken, problem] = pcall(() => {
          errand.onMessage(message);
        });
        if (!taken) mistake = this.broken(problem);
      },
      onEnd: failure => {
        this.running = undefined;
        const [taken, problem] = pcall(() => {
          if (!ticket.isCancelled) errand.onEnd(mistake ?? failure);
        });
        if (!taken) this.broken(problem);
        this.next();
      },
    });
  }

  private broken(problem: unknown): Failure {
    const detail = tostring(problem);
    this.log.warn(`an errand failed: ${detail}`);
    return { reason: "disk", detail };
  }

  private next(): void {
    while (this.running === undefined) {
      const ticket = this.waiting.shift();
      if (ticket === undefined) return;
      const job = ticket.begin();
      if (job !== undefined) this.running = { ticket, job };
    }
  }
}
