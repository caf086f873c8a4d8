/** One line in, one line out; whatever else is printed goes to the log, as in KOReader. */
import ffi = require("ffi");
import { libc, plain } from "../system/libc";

const F_SETFD = 2;
const POLLIN = 1;
const CHUNK = 4096;

interface PollFd {
  fd: number;
  events: number;
}

const closeOnExec = (fd: number): number => {
  libc.fcntl(fd, F_SETFD, ffi.cast("int", 1));
  return fd;
};

export class LineChannel {
  private readonly input = closeOnExec(libc.dup(0));
  private readonly output = closeOnExec(libc.dup(1));
  private readonly buffer = ffi.new(`char[${CHUNK}]`);
  private pending = "";

  constructor() {
    libc.dup2(libc.open("/dev/null", 0), 0);
    libc.dup2(2, 1);
  }

  /** The next line; nothing at the end of the input. */
  read(): string | undefined {
    const [line, rest] = string.match(this.pending, "^([^\n]*)\n(.*)$");
    if (line !== undefined) {
      this.pending = rest ?? "";
      return line;
    }
    return this.fill() ? this.read() : undefined;
  }

  private fill(): boolean {
    const count = plain(libc.read(this.input, this.buffer, CHUNK));
    if (count <= 0) return false;
    this.pending += ffi.string(this.buffer, count);
    return true;
  }

  /** Whether something can be read within so many milliseconds. */
  isReady(milliseconds: number): boolean {
    const watched = ffi.new("struct pollfd") as unknown as PollFd;
    watched.fd = this.input;
    watched.events = POLLIN;
    return this.pending !== "" || libc.poll(watched, 1, milliseconds) > 0;
  }

  write(line: string): void {
    let rest = `${line}\n`;
    while (rest !== "")
      rest = string.sub(rest, Math.max(plain(libc.write(this.output, rest, string.len(rest))), 0) + 1);
  }

  close(): void {
    libc.close(this.input);
    libc.close(this.output);
  }
}
