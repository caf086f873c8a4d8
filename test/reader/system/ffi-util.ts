/** KOReader's `ffi/util`. */
import ffi = require("ffi");
import { template } from "../data/texts";
import { isFake, monotonic, moveTo } from "./clock";
import { forbid, noteSleep } from "./journal";
import { cells, libc, plain } from "./libc";
import { basename, copyFile, df, dirname, fsyncFile, fsyncFolder, joinPath, purgeFolder, realpath } from "./paths";
import { isAtWork, isForkDone, killFork, startFork } from "./real-worker";
import {
  closeInJob,
  forgetPipe,
  isUnderWay,
  isVirtual,
  isVirtualDone,
  killVirtual,
  startVirtual,
} from "./virtual-worker";

const FIONREAD = 21531;
const CHUNK = 8192;

function readSize(file: number | LuaFile): number | undefined {
  const fd = typeof file === "number" ? file : libc.fileno(file);
  if (isUnderWay(fd)) return 0;
  const available = cells("int", 1);
  if (libc.ioctl(fd, FIONREAD, available) !== 0) return undefined;
  return available[0];
}

function readAll(fd: number): string {
  const buffer = ffi.new(`char[${CHUNK}]`);
  const pieces: string[] = [];
  let count = isUnderWay(fd) ? 0 : plain(libc.read(fd, buffer, CHUNK));
  while (count > 0) {
    pieces.push(ffi.string(buffer, count));
    count = plain(libc.read(fd, buffer, CHUNK));
  }
  libc.close(fd);
  forgetPipe(fd);
  return pieces.join("");
}

function writeAll(fd: number, data: string, close = false): boolean {
  const written = plain(libc.write(fd, data, string.len(data))) === string.len(data);
  if (close && !closeInJob(fd)) libc.close(fd);
  return written;
}

function waitFor(pid: number, wait: boolean): boolean {
  if (wait && isAtWork(pid)) forbid("isSubProcessDone(pid, true): waits for a worker");
  return isForkDone(pid, wait);
}

export const ffiUtil: KOReader.FfiUtil = {
  runInSubProcess(job, withPipe = false, doubleFork = false) {
    if (isFake()) return startVirtual(job, withPipe);
    return startFork(job, withPipe, doubleFork);
  },
  isSubProcessDone: (pid, wait = false) => (isFake() ? isVirtualDone(pid) : waitFor(pid, wait)),
  terminateSubProcess: pid => (isVirtual(pid) ? killVirtual(pid) : isFake() ? undefined : killFork(pid)),
  getNonBlockingReadSize: readSize,
  readAllFromFD: readAll,
  writeToFD: writeAll,
  fsyncOpenedFile: fsyncFile,
  fsyncDirectory: fsyncFolder,
  df,
  copyFile,
  purgeDir: purgeFolder,
  realpath,
  basename,
  dirname,
  joinPath,
  template,
  usleep(microseconds) {
    noteSleep(microseconds);
    if (isFake()) moveTo(monotonic() + microseconds);
    else libc.usleep(microseconds);
  },
};
