// A KOReader that runs, and the end of it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import readline from "node:readline";
import type { Launch } from "./launch";
import { processesOf } from "./session-processes";

/** KOReader's own "start me again" (UIManager:restartKOReader). */
export const RESTART = 85;

/** How long KOReader may take to close the book and to write its settings. */
const GRACE_MS = 5000;

/** How a process ended: its exit status, or the signal that ended it. */
export type Ending = number | NodeJS.Signals;

/** Starts it in a session of its own: Ctrl-C in the terminal is ours, and the session tells what belongs to it. */
export class ReaderProcess {
  /** Resolves when nothing of it is left and every line was told; rejects when it cannot be started. */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;

  /** @param tell takes each line of the log */
  constructor({ command, args, cwd, env }: Launch, tell: (line: string) => void) {
    const options = { env, detached: true, ...(cwd === undefined ? {} : { cwd }) };
    this.child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const told = [this.child.stdout, this.child.stderr].map(stream => tellLines(stream, tell));
    this.ended = this.whenEnded(told);
    // Whoever waits for it hears of it; nobody may.
    this.ended.catch(() => undefined);
  }

  /** Asks it to close as its window's cross does, and ends what is left after a while. */
  async end(graceMs = GRACE_MS): Promise<void> {
    const impatience = setTimeout(() => this.kill(), graceMs);
    this.signal("SIGTERM");
    await this.ended.catch(() => undefined);
    clearTimeout(impatience);
  }

  /** Ends all of it at once. */
  kill(): void {
    this.signal("SIGKILL");
    for (const pid of this.left()) signalTo(pid, "SIGKILL");
  }

  private async whenEnded(told: readonly Promise<unknown>[]): Promise<Ending> {
    const [status, signal] = (await once(this.child, "exit").catch(explainStart)) as [
      number | null,
      NodeJS.Signals | null,
    ];
    for (const pid of this.left()) signalTo(pid, "SIGKILL");
    await Promise.all(told);
    return signal ?? status ?? 0;
  }

  private signal(name: NodeJS.Signals): void {
    if (this.child.pid !== undefined) signalTo(-this.child.pid, name);
  }

  private left(): number[] {
    return this.child.pid === undefined ? [] : processesOf(this.child.pid);
  }
}

function explainStart(error: unknown): never {
  throw new Error(`KOReader cannot be started: ${error instanceof Error ? error.message : String(error)}`);
}

async function tellLines(stream: NodeJS.ReadableStream | null, tell: (line: string) => void): Promise<void> {
  if (stream === null) return;
  for await (const line of readline.createInterface({ input: stream })) tell(line);
}

/** A process that is gone already needs no signal. */
function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
