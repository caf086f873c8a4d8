import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { NOTHING_SAID, type Said } from "../formats/said";
import { READY, type Result, type Task } from "./task";

/** Reads files in processes of their own: nothing in a file can stop the server, use up its memory, or keep it busy. */
export interface Parsers {
  /** What a book says, or why it cannot be read: a sentence for the owner of the library. Never rejects. */
  read(task: TaskOf<"read">): Promise<Reading>;
  /** Writes a cover to a file; false when the book has none, or none that can be shown. Never rejects. */
  cover(task: TaskOf<"cover">): Promise<boolean>;
  /** Ends the processes; what they were about to do rejects. */
  close(): void;
}

type TaskOf<Work extends Task["work"]> = Omit<Extract<Task, { work: Work }>, "work">;

export interface Reading {
  readonly said: Said;
  /** Why the book itself could not be read, when it could not. */
  readonly why?: string;
}

export interface ParsersOptions {
  /** How many files are read at once. */
  readonly processes?: number;
  /** How long a file may take, in milliseconds. */
  readonly deadlineMs?: number;
  /** After how long without work a process is ended, in milliseconds. */
  readonly restMs?: number;
}

interface Job {
  readonly task: Task;
  readonly settle: (result: Result) => void;
}

const PROGRAM = fileURLToPath(new URL("./process.ts", import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
/** JavaScript's memory of a process; what it reads is bounded on top of that. */
const HEAP_MIB = 384;

export function makeParsers(options: ParsersOptions = {}): Parsers {
  const { processes = 2, deadlineMs = 20_000, restMs = 30_000 } = options;
  const waiting: Job[] = [];
  const seats = Array.from({ length: processes }, () => new Seat(waiting, deadlineMs, restMs));
  const ask = (task: Task) =>
    new Promise<Result>(settle => {
      waiting.push({ task, settle });
      seats.find(seat => seat.isFree)?.next();
    });
  return {
    read: async task => {
      const result = await ask({ work: "read", ...task });
      if (!result.ok) return { said: NOTHING_SAID, why: result.why };
      return "said" in result ? result : { said: NOTHING_SAID };
    },
    cover: async task => {
      const result = await ask({ work: "cover", ...task });
      return result.ok && "found" in result && result.found;
    },
    close: () => {
      for (const { settle } of waiting.splice(0)) settle(STOPPED);
      for (const seat of seats) seat.end();
    },
  };
}

const STOPPED: Result = { ok: false, why: "The server was stopped." };
const TOO_LONG: Result = { ok: false, why: "Reading it took too long." };
const CRASHED: Result = { ok: false, why: "It is so damaged that nothing can read it." };

/** How long a process may take to start: a small computer that scans for the first time is busy. */
const START_MS = 60_000;
/** Whoever sends these means the server, not the file that is being read. */
const STOP_SIGNALS: readonly (string | null)[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** One process, started when there is work, and the job it is at. */
class Seat {
  private child: ChildProcess | undefined;
  private job: Job | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isReady = false;

  constructor(
    private readonly waiting: Job[],
    private readonly deadlineMs: number,
    private readonly restMs: number,
  ) {}

  get isFree(): boolean {
    return this.job === undefined;
  }

  next(): void {
    this.job = this.waiting.shift();
    clearTimeout(this.timer);
    if (!this.job) {
      this.timer = setTimeout(() => this.end(), this.restMs).unref();
      return;
    }
    this.child ??= this.start();
    this.wait(this.isReady ? this.deadlineMs : START_MS);
    this.child.send(this.job.task, error => {
      if (error) this.finish(CRASHED);
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.kill();
    this.job?.settle(STOPPED);
    this.job = undefined;
  }

  private wait(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.finish(TOO_LONG), ms);
  }

  private hear(message: unknown): void {
    if (message !== READY) return this.settle(message as Result);
    this.isReady = true;
    if (this.job) this.wait(this.deadlineMs);
  }

  private leave(signal: string | null): void {
    if (!this.job || !STOP_SIGNALS.includes(signal)) return this.finish(CRASHED);
    this.waiting.unshift(this.job);
    this.job = undefined;
    this.kill();
    this.next();
  }

  /** Ends a job without an answer: the process is not to be relied on any more. */
  private finish(result: Result): void {
    this.kill();
    this.settle(result);
  }

  private settle(result: Result): void {
    const job = this.job;
    if (!job) return;
    this.job = undefined;
    job.settle(result);
    this.next();
  }

  private kill(): void {
    this.child?.removeAllListeners();
    this.child?.on("error", () => undefined);
    this.child?.kill("SIGKILL");
    this.child = undefined;
    this.isReady = false;
  }

  private start(): ChildProcess {
    const execArgv = ["--import", LOADER, `--max-old-space-size=${HEAP_MIB}`];
    const stdio = ["ignore", "ignore", "ignore", "ipc"] as const;
    const child = fork(PROGRAM, [], {
      execArgv,
      stdio: [...stdio],
      serialization: "advanced",
      env: { TMPDIR: tmpdir() },
    });
    child.on("message", message => this.hear(message));
    child.on("exit", (_code, signal) => this.leave(signal));
    child.on("error", () => this.finish(CRASHED));
    child.unref();
    child.channel?.unref();
    return child;
  }
}
