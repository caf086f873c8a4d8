/** LuaJIT's `ffi` as plugins get it: a job that runs in this process may not close or end what is the reader's. */
import ffi = require("ffi");
import { libc, plain } from "./libc";
import { closeInJob, forgetPipe, isInJob, isUnderWay } from "./virtual-worker";

const EAGAIN = 11;

const setErrno = ffi.errno as unknown as (this: void, code: number) => void;

const guarded: Partial<typeof libc> = {
  close(fd) {
    if (closeInJob(fd)) return 0;
    forgetPipe(fd);
    return libc.close(fd);
  },
  read(fd, buffer, size) {
    if (!isUnderWay(fd)) return plain(libc.read(fd, buffer, size));
    setErrno(EAGAIN);
    return -1;
  },
  fork: () => (isInJob() ? -1 : libc.fork()),
  setpgid: (pid, group) => (isInJob() ? 0 : libc.setpgid(pid, group)),
  setpriority: (which, who, priority) => (isInJob() ? 0 : libc.setpriority(which, who, priority)),
  alarm: seconds => (isInJob() ? 0 : libc.alarm(seconds)),
  prctl: (option, argument) => (isInJob() ? 0 : libc.prctl(option, argument, 0, 0, 0)),
  _exit: status => (isInJob() ? error(`_exit(${status}) in a worker`) : libc._exit(status)),
};

/** Whatever else the C library has. */
function symbol(this: void, _guarded: unknown, name: string): unknown {
  return (libc as unknown as Record<string, unknown>)[name];
}

const C = setmetatable(guarded, { __index: symbol } as LuaMetatable<typeof guarded>);

export const guardedFfi = setmetatable({ C } as object, { __index: ffi });
