import ffi = require("ffi");
import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import type { Failure } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import type { PartFile } from "../ports/part-file";

ffi.cdef("int truncate(const char *path, long length);");

/** What is written goes to the disk every so many bytes: a device without much memory has to do so anyway. */
const SYNC_BYTES = 32 * 1024 * 1024;
/** More than any piece that is written at once. */
const PIECE_BYTES = 1024 * 1024;
const BOOT_ID = "/proc/sys/kernel/random/boot_id";

const noDisk = (detail: string | undefined): { readonly ok: false; readonly failure: Failure } =>
  failure({ reason: "disk", detail: detail ?? "unknown" });

/** The path of a folder, without its last slash. */
const folderOf = (path: string): string => ffiUtil.dirname(path);

function freeBytes(folder: string): number | undefined {
  const [total, free, available] = ffiUtil.df(folder);
  return total === undefined ? undefined : Number(available ?? free);
}

/** A file under a temporary name, for a worker. */
export class FilePart implements PartFile {
  private file: LuaFile | undefined;
  /** Its length. */
  private written = 0;
  private synced = 0;

  /** @param path absolute, as `partPathOf` gives it */
  constructor(private readonly path: string) {}

  boot(): string | undefined {
    const [file] = io.open(BOOT_ID, "r");
    const id = file?.read("*l");
    file?.close();
    return id;
  }

  /** All of it in the same run of the system; else without what may have been written since the last sync. */
  kept(boot: string | undefined): number {
    const size = lfs.attributes(this.path, "size") ?? 0;
    if (boot !== undefined && boot === this.boot()) return size;
    return Math.max(0, size - SYNC_BYTES - PIECE_BYTES);
  }

  beginAt(offset: number): Result<true, Failure> {
    this.close();
    const folder = folderOf(this.path);
    const [made, noFolder] = util.makePath(folder);
    if (made === undefined) return noDisk(noFolder);
    if (offset > 0 && ffi.C["truncate"]?.(this.path, offset) !== 0) return noDisk(`cannot truncate ${this.path}`);
    const [file, problem] = io.open(this.path, offset > 0 ? "r+b" : "wb");
    if (file === undefined) return noDisk(problem);
    this.file = file;
    // Pieces are large: a buffer would only copy them, and hide that the disk is full.
    file.setvbuf("no");
    if (file.seek("end")[0] !== offset) return noDisk(`${this.path} has another length`);
    this.written = offset;
    // Whoever wrote what is here may have been killed before it was synced.
    return offset > 0 ? this.syncBytes(file, true) : success(true);
  }

  write(bytes: string): Result<true, Failure> {
    const { file } = this;
    if (file === undefined) return noDisk("not open");
    const [done, problem] = file.write(bytes);
    if (done === undefined) return noDisk(problem);
    this.written += bytes.length;
    return this.written - this.synced < SYNC_BYTES ? success(true) : this.syncBytes(file, false);
  }

  sync(): Result<true, Failure> {
    const { file } = this;
    if (file === undefined) return success(true);
    const synced = this.syncBytes(file, true);
    this.close();
    if (!synced.ok) return synced;
    // Its folder may have been removed: then it is written, and nowhere.
    return lfs.attributes(this.path, "size") === this.written ? synced : noDisk(`${this.path} is gone`);
  }

  room(): number | undefined {
    const [asked, room] = pcall(() => freeBytes(folderOf(this.path)));
    // Some versions of Android lack the call, and it fails.
    return asked ? room : undefined;
  }

  digest(): Result<string, Failure> {
    const digest = util.partialMD5(this.path);
    return digest === undefined ? noDisk(`${this.path} cannot be read`) : success(digest);
  }

  private syncBytes(file: LuaFile, withLength: boolean): Result<true, Failure> {
    const [done, problem] = ffiUtil.fsyncOpenedFile(file, withLength);
    this.synced = this.written;
    return done ? success(true) : noDisk(problem);
  }

  private close(): void {
    this.file?.close();
    this.file = undefined;
  }
}
