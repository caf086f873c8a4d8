/** Workers on the real clock: forked copies, as KOReader makes them. */
import { becomeWorker } from "./journal";
import { cells, lastError, libc } from "./libc";

const WNOHANG = 1;
const SIGKILL = 9;
const PRIO_PROCESS = 0;
/** No worker of a test outlives it by more, whatever the plugin forgets. */
const LIFETIME_SECONDS = 120;

/** Forked and not collected; whether each was killed. */
const uncollected = new Map<number, "runs" | "killed">();

/** Run in a child before its job: the stand-in's own descriptors are no part of KOReader. */
let afterFork = (): void => {};

export function onFork(action: () => void): void {
  afterFork = action;
}

function makePipe(wanted: boolean): LuaMultiReturn<[number, number] | [undefined, undefined]> {
  if (!wanted) return $multi(undefined, undefined);
  const ends = cells("int", 2);
  if (libc.pipe(ends) !== 0) return $multi(undefined, undefined);
  return $multi(ends[0] as number, ends[1] as number);
}

function runChild(job: KOReader.SubProcessJob, readFd?: number, writeFd?: number): void {
  afterFork();
  libc.alarm(LIFETIME_SECONDS);
  becomeWorker();
  const [ok, problem] = xpcall(() => {
    libc.setpgid(0, 0);
    if (readFd !== undefined) libc.close(readFd);
    libc.setpriority(PRIO_PROCESS, 0, 5);
    job(libc.getpid(), writeFd);
  }, debug.traceback);
  if (!ok) io.stderr.write("error in subprocess: ", tostring(problem), "\n");
  libc._exit(0);
}

/** The outer of two forks only starts the inner one. */
function forkTwice(): number {
  const pid = libc.fork();
  if (pid !== 0) libc._exit(pid < 0 ? 1 : 0);
  return pid;
}

export function startFork(
  job: KOReader.SubProcessJob,
  withPipe: boolean,
  doubleFork: boolean,
): LuaMultiReturn<[number, number | undefined] | [false, string]> {
  const [readFd, writeFd] = makePipe(withPipe);
  if (withPipe && readFd === undefined) return $multi(false, `failed creating pipe: ${lastError()}`);
  const pid = libc.fork();
  if (pid === 0) {
    if (doubleFork) forkTwice();
    runChild(job, readFd, writeFd);
  }
  if (pid < 0) return $multi(false, `fork failed: ${lastError()}`);
  if (doubleFork) libc.waitpid(pid, cells("int", 1), 0);
  else uncollected.set(pid, "runs");
  if (writeFd !== undefined) libc.close(writeFd);
  return $multi(pid, readFd);
}

export function isForkDone(pid: number, wait = false): boolean {
  const result = libc.waitpid(pid, cells("int", 1), wait ? 0 : WNOHANG);
  const isDone = result === pid || result === -1;
  if (isDone) uncollected.delete(pid);
  return isDone;
}

export function killFork(pid: number): void {
  if (isForkDone(pid)) return;
  libc.kill(-pid, SIGKILL);
  uncollected.set(pid, "killed");
}

/** Waiting for it takes as long as it likes. */
export const isAtWork = (pid: number): boolean => uncollected.get(pid) === "runs";

/** Workers that nobody collected. */
export const uncollectedForks = (): number => uncollected.size;
