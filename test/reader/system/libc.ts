/** The C library, declared once; what KOReader's `ffi/posix_h` gives its modules and plugins. */
import ffi = require("ffi");

ffi.cdef(`
  typedef int pid_t;
  typedef long time_t;
  typedef int clockid_t;
  typedef unsigned long nfds_t;
  struct timespec { time_t tv_sec; long tv_nsec; };
  struct pollfd { int fd; short events; short revents; };
  static const int WNOHANG = 1;
  static const int POLLIN = 1;
  static const int SIGKILL = 9;
  static const int EINTR = 4;
  static const int EAGAIN = 11;
  static const int O_RDONLY = 0;
  static const int O_CLOEXEC = 524288;
  static const int O_NONBLOCK = 2048;
  static const int F_SETFD = 2;
  static const int F_GETFL = 3;
  static const int F_SETFL = 4;
  static const int FD_CLOEXEC = 1;
  static const int FIONREAD = 21531;
  static const int CLOCK_REALTIME = 0;
  static const int CLOCK_MONOTONIC = 1;
  static const int PRIO_PROCESS = 0;
  pid_t fork(void);
  pid_t getpid(void);
  pid_t getppid(void);
  pid_t waitpid(pid_t, int *, int);
  int kill(pid_t, int);
  int setpgid(pid_t, pid_t);
  int setpriority(int, int, int);
  void _exit(int);
  int pipe(int *);
  int dup(int);
  int dup2(int, int);
  int open(const char *, int, ...);
  int close(int);
  ssize_t read(int, void *, size_t);
  ssize_t write(int, const void *, size_t);
  int ioctl(int, unsigned long, ...);
  int fcntl(int, int, ...);
  int poll(struct pollfd *, nfds_t, int);
  int fsync(int);
  int fdatasync(int);
  int fileno(void *);
  struct statvfs {
    unsigned long f_bsize, f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree, f_favail, f_fsid, f_flag, f_namemax;
    int f_spare[6];
  };
  int statvfs(const char *, struct statvfs *);
  int usleep(unsigned);
  unsigned alarm(unsigned);
  int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long);
  int chdir(const char *);
  char *realpath(const char *, char *);
  void free(void *);
  int clock_gettime(clockid_t, struct timespec *);
  int memfd_create(const char *, unsigned);
  char *strerror(int);
`);

type Call<Parameters extends unknown[]> = (this: void, ...parameters: Parameters) => number;

/** Those of the declarations above that the stand-in itself calls. */
interface Libc {
  fork: Call<[]>;
  getpid: Call<[]>;
  waitpid: Call<[pid: number, status: unknown, options: number]>;
  kill: Call<[pid: number, signal: number]>;
  setpgid: Call<[pid: number, group: number]>;
  setpriority: Call<[which: number, who: number, priority: number]>;
  _exit: Call<[status: number]>;
  pipe: Call<[ends: unknown]>;
  dup: Call<[fd: number]>;
  dup2: Call<[from: number, to: number]>;
  open: Call<[path: string, flags: number]>;
  close: Call<[fd: number]>;
  read: Call<[fd: number, buffer: unknown, size: number]>;
  write: Call<[fd: number, data: string, size: number]>;
  ioctl: Call<[fd: number, request: number, result: unknown]>;
  fcntl: Call<[fd: number, command: number, value: unknown]>;
  poll: Call<[fds: unknown, count: number, milliseconds: number]>;
  fsync: Call<[fd: number]>;
  fdatasync: Call<[fd: number]>;
  fileno: Call<[file: LuaFile]>;
  statvfs: Call<[path: string, into: unknown]>;
  usleep: Call<[microseconds: number]>;
  alarm: Call<[seconds: number]>;
  prctl: Call<[option: number, argument: number, third: number, fourth: number, fifth: number]>;
  chdir: Call<[path: string]>;
  realpath: (this: void, path: string, into: undefined) => unknown;
  free: (this: void, pointer: unknown) => void;
  clock_gettime: Call<[clock: number, time: unknown]>;
  memfd_create: Call<[name: string, flags: number]>;
  strerror: (this: void, code: number) => unknown;
}

export const libc = ffi.C as unknown as Libc;

/** A C array of numbers, indexed from 0. */
export type Cells = Record<number, number>;

export const cells = (type: string, count: number): Cells => ffi.new(`${type}[${count}]`) as unknown as Cells;

/** What the last failed call says of itself. */
export const lastError = (): string => ffi.string(libc.strerror(ffi.errno()));

/** A number of LuaJIT's, also when C gave 64 bits. */
export const plain = (value: number): number => tonumber(value) ?? 0;
