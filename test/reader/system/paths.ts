/** Files and paths, for the stand-in and for KOReader's `ffi/util`. */
import ffi = require("ffi");
import lfs = require("lfs");
import { isFake } from "./clock";
import { lastError, libc, plain } from "./libc";

const O_DIRECTORY_READ = 0;

export const isFile = (path: string): boolean => lfs.attributes(path, "mode") === "file";
export const isFolder = (path: string): boolean => lfs.attributes(path, "mode") === "directory";

export const basename = (path: string): string =>
  string.match(string.match(path, ".*[^/]")[0] ?? "/", "[^/]*$")[0] ?? "";

export function dirname(path: string): string {
  const [folder] = string.match(path, "^(.*[^/])/+[^/]+/*$");
  if (folder !== undefined) return folder;
  return string.sub(path, 1, 1) === "/" ? "/" : ".";
}

export function joinPath(folder: string, name: string): string {
  if (string.sub(name, 1, 1) === "/") return name;
  return string.sub(folder, -1) === "/" ? folder + name : `${folder}/${name}`;
}

export function realpath(path: string): string | undefined {
  const resolved = libc.realpath(path, undefined);
  if (resolved === ffi.cast("char *", 0)) return undefined;
  const text = ffi.string(resolved);
  libc.free(resolved);
  return text;
}

export function fsyncFile(file: number | LuaFile, metadata = false): LuaMultiReturn<[boolean, string?]> {
  if (typeof file !== "number") file.flush();
  const fd = typeof file === "number" ? file : libc.fileno(file);
  if ((metadata ? libc.fsync(fd) : libc.fdatasync(fd)) === 0) return $multi(true);
  return $multi(false, lastError());
}

export function fsyncFolder(path: string): LuaMultiReturn<[boolean, string?]> {
  const fd = libc.open(isFolder(path) ? path : dirname(path), O_DIRECTORY_READ);
  if (fd < 0) return $multi(false, lastError());
  const done = libc.fsync(fd) === 0;
  libc.close(fd);
  if (done) return $multi(true);
  return $multi(false, lastError());
}

export function df(path: string): LuaMultiReturn<[number, number, number?] | [undefined, string?]> {
  const room = ffi.new("struct statvfs") as unknown as Record<"f_frsize" | "f_blocks" | "f_bfree" | "f_bavail", number>;
  if (libc.statvfs(path, room) !== 0) return $multi(undefined, lastError());
  const [size, blocks, free, available] = [room.f_frsize, room.f_blocks, room.f_bfree, room.f_bavail].map(value =>
    plain(value),
  );
  return $multi((blocks ?? 0) * (size ?? 0), (free ?? 0) * (size ?? 0), (available ?? 0) * (size ?? 0));
}

export function readFile(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  const text = file?.read("*a");
  file?.close();
  return text;
}

/** Writes and syncs; the file's time follows the reader's clock, which KOReader compares it with. */
export function writeFile(path: string, text: string, sync = false): LuaMultiReturn<[true] | [undefined, string]> {
  const [file, problem] = io.open(path, "wb");
  if (file === undefined) return $multi(undefined, problem);
  file.write(text);
  if (sync) fsyncFile(file);
  file.close();
  if (isFake()) lfs.touch(path, os.time(), os.time());
  return $multi(true);
}

/** Nothing when it worked, else what is wrong. */
export function copyFile(from: string, to: string): string | undefined {
  const [source, problem] = io.open(from, "rb");
  if (source === undefined) return problem;
  const [target, noTarget] = io.open(to, "wb");
  if (target === undefined) return noTarget;
  target.write(source.read("*a") ?? "");
  source.close();
  target.close();
  return undefined;
}

export function makePath(path: string): LuaMultiReturn<[true] | [undefined, string]> {
  if (isFolder(path)) return $multi(true);
  let made = string.sub(path, 1, 1) === "/" ? "/" : "";
  for (const [name] of string.gmatch(path, "[^/]+")) {
    made = `${made}${name as string}/`;
    if (lfs.attributes(made, "mode") !== undefined) continue;
    const [ok, problem] = lfs.mkdir(made);
    if (ok === undefined) return $multi(undefined, problem);
  }
  return $multi(true);
}

/** Removes empty folders from the path's end upwards. */
export function removePath(path: string): LuaMultiReturn<[true] | [undefined, string]> {
  let folder = path;
  while (folder !== "." && folder !== "/") {
    const mode = lfs.attributes(folder, "mode");
    if (mode !== undefined && mode !== "directory") return $multi(undefined, "not a folder");
    if (mode !== undefined) {
      const [ok, problem] = lfs.rmdir(folder);
      if (ok === undefined) return $multi(undefined, problem);
    }
    folder = dirname(folder);
  }
  return $multi(true);
}

export function purgeFolder(path: string): LuaMultiReturn<[true] | [undefined, string]> {
  if (!isFolder(path)) return $multi(undefined, "no such folder");
  for (const name of lfs.dir(path)) {
    const inside = joinPath(path, name);
    if (name !== "." && name !== "..") isFolder(inside) ? purgeFolder(inside) : os.remove(inside);
  }
  return os.remove(path);
}
