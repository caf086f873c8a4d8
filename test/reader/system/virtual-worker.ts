/**
 * Workers on a fake clock: the job runs at once, in this process, as the snapshot of the parent that a fork would be;
 * the parent learns of it only when the worker's time has passed.
 */
import { monotonic } from "./clock";
import { asWorker } from "./journal";
import { libc } from "./libc";
import { logger } from "./logger";

interface VirtualWorker {
  /** When the parent may know; never, for what a killed worker wrote. */
  pipeDue: number;
  due: number;
  readonly readFd: number | undefined;
}

/** Far above what the kernel hands out. */
const FIRST_PID = 5_000_000;

const workers = new Map<number, VirtualWorker>();
let nextPid = FIRST_PID;
let secondsPerJob = 0.2;
/** While a job runs: its end of the pipe, until it closes it. */
let jobFd: number | undefined;
let inJob = false;

export function setSecondsPerJob(seconds: number): void {
  secondsPerJob = seconds;
}

export const isVirtual = (pid: number): boolean => workers.has(pid);

/** A file in memory instead of a pipe: it holds any amount, as no one reads while the job writes. */
function memoryPipe(wanted: boolean): LuaMultiReturn<[number, number] | [undefined, undefined]> {
  if (!wanted) return $multi(undefined, undefined);
  const write = libc.memfd_create("worker", 0);
  return $multi(libc.open(`/proc/self/fd/${write}`, 0), write);
}

export function startVirtual(
  job: KOReader.SubProcessJob,
  withPipe: boolean,
): LuaMultiReturn<[number, number | undefined]> {
  nextPid += 1;
  const pid = nextPid;
  const [readFd, writeFd] = memoryPipe(withPipe);
  const due = monotonic() + secondsPerJob * 1e6;
  workers.set(pid, { due, pipeDue: due, readFd });
  run(() => job(pid, writeFd), writeFd);
  return $multi(pid, readFd);
}

function run(job: () => void, writeFd: number | undefined): void {
  jobFd = writeFd;
  inJob = true;
  asWorker(() => {
    const [ok, problem] = xpcall(job, debug.traceback);
    if (!ok) logger.warn("error in subprocess:", problem);
  });
  inJob = false;
  if (jobFd !== undefined) libc.close(jobFd);
  jobFd = undefined;
}

/** Collects a worker; one that was collected before is done as well. */
export function isVirtualDone(pid: number): boolean {
  const worker = workers.get(pid);
  if (worker === undefined || worker.due > monotonic()) return worker === undefined;
  if (worker.readFd === undefined) workers.delete(pid);
  return true;
}

/** Its answer is lost, though the server may have had its request. */
export function killVirtual(pid: number): void {
  const worker = workers.get(pid);
  if (worker === undefined || worker.due <= monotonic()) return;
  worker.due = monotonic();
  worker.pipeDue = math.huge;
}

/** Whether what stands in the pipe has not reached the parent. */
export function isUnderWay(fd: number): boolean {
  for (const [, worker] of workers) if (worker.readFd === fd) return worker.pipeDue > monotonic();
  return false;
}

/** Workers whose pipe nobody closed. */
export const uncollectedVirtual = (): number => workers.size;

/** The parent closed its end. */
export function forgetPipe(fd: number): void {
  for (const [pid, worker] of workers) if (worker.readFd === fd) return void workers.delete(pid);
}

/** A job closes what it inherited, which in this process is the reader's own: only its pipe is let go. */
export function closeInJob(fd: number): boolean {
  if (!inJob) return false;
  if (fd === jobFd) {
    libc.close(fd);
    jobFd = undefined;
  }
  return true;
}

/** A job in this process leaves the process alone: no exit, no signal, no priority. */
export const isInJob = (): boolean => inJob;
