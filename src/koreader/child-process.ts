import ffi = require("ffi");
import ffiUtil = require("ffi/util");

/** A forked copy of KOReader, and the end of a pipe that it writes to. */
export interface ChildProcess {
  readonly pid: number;
  readonly readFd: number;
}

/** A small one, made for every look that finds something: it would stay in memory for nothing most of the time. */
const BUFFER_BYTES = 4096;

ffi.cdef(`
  unsigned int alarm(unsigned int seconds);
  int close(int fd);
  ssize_t read(int fd, void *buffer, size_t count);
  int prctl(int option, unsigned long argument, unsigned long, unsigned long, unsigned long);
`);

/** Linux: the signal that a process gets when its parent dies. */
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/** A worker whose KOReader was killed must not go on: the next start may send the same, or write to the same file. */
function dieWithParent(): void {
  // macOS has no such call: there the alarm has to do.
  pcall(() => {
    ffi.C["prctl"]?.(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  });
}

/**
 * Runs `work` in a forked copy. An alarm ends the copy `lifetimeSeconds` later even when nobody is left to kill it.
 * Nothing when the system refuses to fork.
 */
export function fork(work: (write: (text: string) => void) => void, lifetimeSeconds: number): ChildProcess | undefined {
  const [pid, readFd] = ffiUtil.runInSubProcess((_pid, writeFd) => {
    if (writeFd === undefined) return;
    dieWithParent();
    ffi.C["alarm"]?.(lifetimeSeconds);
    work(text => {
      ffiUtil.writeToFD(writeFd, text);
    });
    ffi.C["alarm"]?.(0);
    ffi.C["close"]?.(writeFd);
  }, true);
  return pid === false || typeof readFd !== "number" ? undefined : { pid, readFd };
}

/** What the child has written since the last look; never waits. A child blocks when 64 KiB wait in its pipe. */
export function readAvailable({ readFd }: ChildProcess): string {
  const pieces: string[] = [];
  if ((ffiUtil.getNonBlockingReadSize(readFd) ?? 0) === 0) return "";
  const buffer = ffi.new("char[?]", BUFFER_BYTES);
  while ((ffiUtil.getNonBlockingReadSize(readFd) ?? 0) > 0) {
    const count = tonumber(ffi.C["read"]?.(readFd, buffer, BUFFER_BYTES)) ?? 0;
    if (count <= 0) break;
    pieces.push(ffi.string(buffer, count));
  }
  return pieces.join("");
}

/** True once it has ended; then it is reaped too. */
export function hasEnded({ pid }: ChildProcess): boolean {
  return ffiUtil.isSubProcessDone(pid);
}

/** Kills it. It stays a zombie until `hasEnded` has said so. */
export function kill({ pid }: ChildProcess): void {
  ffiUtil.terminateSubProcess(pid);
}

export function closePipe({ readFd }: ChildProcess): void {
  ffi.C["close"]?.(readFd);
}
