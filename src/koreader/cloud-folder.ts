import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import { isCloudName } from "../core/cloud-name";
import type { Failure, Reason } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import type { CloudFile, CloudFolder, CloudListing } from "../ports/cloud-folder";

const MOST_FILES = 20_000;
/**
 * The mark of a file that is not whole. Syncthing looks over names that begin with `~syncthing~` and `.syncthing.`; ours
 * begins with neither, because it also removes them as it likes. No cloud name begins so, so no device reads one.
 */
const PART_START = "~ribbon-";
const PART_END = ".part";
/** Whoever was writing it has died. */
const OLD_SECONDS = 3600;

/** Of the system (errno): not allowed, not there, a file where a folder should be, read-only, no room, no quota. */
const REASONS: Readonly<Record<number, Reason>> = {
  1: "forbidden",
  2: "missing",
  13: "forbidden",
  20: "missing",
  21: "forbidden",
  28: "disk",
  30: "forbidden",
  122: "disk",
};

/** @param code errno, which is a number whatever its type says */
const problem = (code: unknown, detail: string | undefined): Result<never, Failure> =>
  failure({ reason: REASONS[tonumber(code) ?? 0] ?? "disk", detail: detail ?? "no reason given" });

/** A folder of this device, which somebody else brings to the other devices: Syncthing, a mounted server, a card. */
export class LocalFolder implements CloudFolder {
  /** @param root its path; the folder it stands in must exist, unless it is on the same disk as everything above it */
  constructor(private readonly root: string) {}

  list(): Result<CloudListing, Failure> {
    if (lfs.attributes(this.root, "mode") !== "directory") return failure({ reason: "missing", detail: this.root });
    const [worked, read] = pcall(() => this.read());
    if (!worked) return problem(undefined, `${read}`);
    return read.files.length + read.others > MOST_FILES
      ? failure({ reason: "rejected", detail: `more than ${MOST_FILES} files` })
      : success(read);
  }

  get(name: string, maxBytes: number): Result<string, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    if (lfs.attributes(this.pathOf(name), "mode") === "directory") return failure({ reason: "missing", detail: name });
    const [file, detail, code] = io.open(this.pathOf(name), "rb");
    if (file === undefined) return problem(code, detail);
    const bytes = file.read(maxBytes + 1) ?? "";
    file.close();
    return bytes.length > maxBytes
      ? failure({ reason: "garbled", detail: `larger than ${maxBytes} bytes` })
      : success(bytes);
  }

  /** Whole or not at all: the others never see a file under its name of which a part is missing. */
  put(name: string, bytes: string): Result<true, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    const part = `${this.root}/${PART_START}${name}${PART_END}`;
    const written = write(part, bytes);
    if (!written.ok) {
      os.remove(part);
      return written;
    }
    const [moved, detail, code] = os.rename(part, this.pathOf(name));
    if (moved !== true) {
      os.remove(part);
      return problem(code, detail);
    }
    ffiUtil.fsyncDirectory(this.root);
    return success(true);
  }

  delete(name: string): Result<true, Failure> {
    if (!isCloudName(name)) return notOurs(name);
    const [gone, detail, code] = os.remove(this.pathOf(name));
    return gone === true || tonumber(code) === 2 ? success(true) : problem(code, detail);
  }

  makeRoot(): Result<true, Failure> {
    const [made, detail] = util.makePath(this.root);
    if (lfs.attributes(this.root, "mode") === "directory") return success(true);
    return failure({ reason: "forbidden", detail: made === true ? "it is no folder" : detail });
  }

  close(): void {
    // Nothing is kept open.
  }

  private pathOf(name: string): string {
    return `${this.root}/${name}`;
  }

  private read(): { files: CloudFile[]; others: number } {
    const files: CloudFile[] = [];
    let others = 0;
    for (const name of lfs.dir(this.root)) {
      if (name === "." || name === "..") continue;
      const file = this.fileOf(name);
      if (file !== undefined) files.push(file);
      else others += 1;
    }
    return { files, others };
  }

  private fileOf(name: string): CloudFile | undefined {
    if (!isCloudName(name)) {
      if (name.startsWith(PART_START) && name.endsWith(PART_END)) this.dropOld(name);
      return undefined;
    }
    const [found] = lfs.attributes(this.pathOf(name));
    return found?.mode === "file" ? { name, size: found.size } : undefined;
  }

  private dropOld(name: string): void {
    const age = os.time() - (lfs.attributes(this.pathOf(name), "modification") ?? os.time());
    if (age > OLD_SECONDS) os.remove(this.pathOf(name));
  }
}

/** On disk when it returns. */
function write(path: string, bytes: string): Result<true, Failure> {
  const [file, detail, code] = io.open(path, "wb");
  if (file === undefined) return problem(code, detail);
  const [written, whyNot, writeCode] = file.write(bytes);
  const isFlushed = written !== undefined && file.flush();
  // A mounted server may not know how to sync; a file that is lost there is put again, once a listing lacks it.
  if (isFlushed) ffiUtil.fsyncOpenedFile(file);
  const isClosed = file.close();
  if (written === undefined) return problem(writeCode, whyNot);
  return isFlushed && isClosed ? success(true) : failure({ reason: "disk", detail: "not all of it could be written" });
}

const notOurs = (name: string): Result<never, Failure> =>
  failure({ reason: "unsupported", detail: `the name ${name.slice(0, 40)} is none of ours` });
