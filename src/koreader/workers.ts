import ffiUtil = require("ffi/util");
import UIManager = require("ui/uimanager");
import type { Failure, Reason } from "../core/failure";
import { LineBuffer } from "../core/lines";
import { takeTurns } from "../core/turns";
import { type Seconds, seconds } from "../core/units";
import type { Clock } from "../ports/clock";
import type { Json } from "../ports/json";
import type { Cancel, Scheduler } from "../ports/scheduler";
import type { Job, JobEvents, Meanwhile, RunningJob, Workers } from "../ports/workers";
import { type ChildProcess, closePipe, fork, hasEnded, kill, readAvailable } from "./child-process";

const FIRST_POLL = seconds(0.05);
const LOOK_MICROSECONDS = 10_000;
const MOST_KILLS = 50;
const DYING_MICROSECONDS = 1000;
const SLOWEST_POLL = seconds(0.5);
/** What a worker told is passed on for so long at once; the rest after a while in which the loop is the reader's. */
const TELLING = seconds(0.003);
const BETWEEN = seconds(0.01);
/** The last line of a worker that came to its end; every other line is a message in JSON. */
const END = "end";

/** How one worker fared. */
export interface WorkerRun {
  readonly at: number;
  readonly seconds: number;
  /** Why it did not come to its end. */
  readonly reason?: Reason;
}

const MOST_RUNS = 20;

/** The last that ended, the newest first: for the diagnostics. */
export const lastRuns: WorkerRun[] = [];

/** What every worker is built on. */
interface Tools {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly json: Json;
}

/** One child, looked at now and then until it ends. */
class Worker<Message extends object> implements RunningJob {
  private readonly lines = new LineBuffer();
  private untold: string[] = [];
  private interval: Seconds = FIRST_POLL;
  private hasEnded = false;
  private cameToEnd = false;
  private isOver = false;
  private nextPoll: Cancel;

  constructor(
    private readonly tools: Tools,
    private readonly child: ChildProcess,
    private readonly deadline: Seconds,
    private readonly events: JobEvents<Message>,
  ) {
    // In standby nobody would look at the child, and the radio would be off.
    UIManager.preventStandby();
    this.nextPoll = this.pollLater(FIRST_POLL);
  }

  cancel(): void {
    if (this.isOver) return;
    if (!this.hasEnded) this.killLater();
    this.end({ reason: "cancelled" });
  }

  /** Kills and reaps it without telling anyone. */
  stop(): void {
    if (this.isOver) return;
    if (!this.hasEnded) this.killNow();
    this.letGo();
  }

  /** A look before its time. */
  lookNow(): void {
    if (this.isOver) return;
    this.nextPoll();
    this.poll();
  }

  /** Some milliseconds, in which the child gets its turn to die; one that survives them all has its own alarm. */
  private killNow(): void {
    for (const _ of $range(1, MOST_KILLS)) {
      kill(this.child);
      if (hasEnded(this.child)) return;
      ffiUtil.usleep(DYING_MICROSECONDS);
    }
  }

  private pollLater(interval: Seconds): Cancel {
    return this.tools.scheduler.after(interval, () => {
      this.poll();
    });
  }

  private poll(): void {
    // First this: what it wrote last is in the pipe then.
    this.hasEnded ||= hasEnded(this.child);
    for (const line of this.lines.push(readAvailable(this.child))) this.untold.push(line);
    if (this.tell()) this.settle();
    else if (!this.isOver) this.nextPoll = this.pollLater(BETWEEN);
  }

  /** False when some of it has to wait. */
  private tell(): boolean {
    const { clock } = this.tools;
    const [untold, until] = [this.untold, clock.monotonic() + TELLING];
    this.untold = [];
    for (const [index, line] of untold.entries()) {
      if (index > 0 && clock.monotonic() >= until) this.untold.push(line);
      else this.take(line);
    }
    return this.untold.length === 0;
  }

  /** All that it said is told: is it over, too late, or to be looked at again? */
  private settle(): void {
    if (this.isOver) return;
    if (this.hasEnded) {
      this.end(this.cameToEnd ? undefined : { reason: "cancelled", detail: "the worker died" });
    } else if (this.tools.clock.monotonic() > this.deadline) {
      this.killLater();
      this.end({ reason: "timeout", detail: "the worker was stopped at its deadline" });
    } else {
      this.interval = seconds(Math.min(this.interval * 1.5, SLOWEST_POLL));
      this.nextPoll = this.pollLater(this.interval);
    }
  }

  private take(line: string): void {
    if (line === END) {
      this.cameToEnd = true;
      return;
    }
    const message = this.tools.json.decode(line);
    if (message.ok && !this.isOver) this.events.onMessage(message.value as Message);
  }

  /**
   * Taking down a large process takes the system a moment, which is not waited for. KOReader kills the child's group, which
   * a child that was just forked has not made yet: until it is gone, it is killed again.
   */
  private killLater(): void {
    kill(this.child);
    this.tools.scheduler.after(seconds(1), () => {
      if (!hasEnded(this.child)) this.killLater();
    });
  }

  private end(failure: Failure | undefined): void {
    if (this.isOver) return;
    this.letGo();
    this.events.onEnd(failure);
  }

  private letGo(): void {
    this.isOver = true;
    this.nextPoll();
    closePipe(this.child);
    UIManager.allowStandby();
  }
}

/** Who wants to hear of each. */
const listeners: ((run: WorkerRun) => void)[] = [];

export function onWorkerEnd(listener: (run: WorkerRun) => void): void {
  listeners.push(listener);
}

function note(run: WorkerRun): void {
  lastRuns.unshift(run);
  if (lastRuns.length > MOST_RUNS) lastRuns.pop();
  for (const listener of listeners) listener(run);
}

/** Workers as forked copies of KOReader: the only way to wait for a network that every supported version has. */
export class ForkedWorkers implements Workers {
  private readonly running = new LuaSet<Worker<never>>();

  constructor(private readonly tools: Tools) {}

  run<Message extends object>(job: Job<Message>, deadlineSeconds: number, events: JobEvents<Message>): RunningJob {
    const { clock, json } = this.tools;
    const child = fork(write => {
      job(message => {
        write(`${json.encode(message)}\n`);
      });
      write(`${END}\n`);
    }, deadlineSeconds);
    if (child === undefined) return this.refuse(events);
    const began = clock.monotonic();
    const deadline = seconds(began + deadlineSeconds);
    const worker = new Worker<Message>(this.tools, child, deadline, {
      onMessage: message => {
        events.onMessage(message);
      },
      onEnd: failure => {
        this.running.delete(worker as Worker<never>);
        note({ at: clock.epoch(), seconds: clock.monotonic() - began, ...(failure && { reason: failure.reason }) });
        events.onEnd(failure);
      },
    });
    this.running.add(worker as Worker<never>);
    return worker;
  }

  waitForAll(mostSeconds: number, meanwhile?: Meanwhile): void {
    const now = (): number => this.tools.clock.monotonic();
    const isOn = (): boolean => (meanwhile === undefined ? this.isBusy() : meanwhile.isOn());
    takeTurns(now, mostSeconds, () => {
      if (!isOn()) return false;
      if (meanwhile?.work() === true) return true;
      for (const worker of this.running) worker.lookNow();
      if (isOn()) ffiUtil.usleep(LOOK_MICROSECONDS);
      return true;
    });
  }

  private isBusy(): boolean {
    return next(this.running as unknown as object)[0] !== undefined;
  }

  stopAll(): void {
    for (const worker of this.running) {
      worker.stop();
      this.running.delete(worker);
    }
  }

  private refuse<Message extends object>(events: JobEvents<Message>): RunningJob {
    const cancel = this.tools.scheduler.after(seconds(0), () => {
      events.onEnd({ reason: "busy", detail: "the system refused another process" });
    });
    return {
      cancel: () => {
        cancel();
      },
    };
  }
}
