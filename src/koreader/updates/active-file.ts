import ffiUtil = require("ffi/util");
import type { ActiveVersion } from "../../core/active-version";
import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import { pluginRoot } from "./folders";

/** Far more than it ever has. */
const MOST_BYTES = 1000;

/** `active.txt`, as data; src/boot.ts has its own copy of this. Empty where there is none, or no whole one. */
export function readActive(): ActiveVersion {
  const root = pluginRoot();
  const text = textOf(`${root}active.txt`) ?? textOf(`${root}active.new`) ?? "";
  if (string.match(text, "^RIBBON 1\n.*end\n$")[0] === undefined) return {};
  const fields: Record<string, string> = {};
  for (const [key, value] of string.gmatch(text, "(%l+) ([%w.+-]+)\n")) fields[key ?? ""] = value ?? "";
  return fields as ActiveVersion;
}

/** Replaces it in one go; on the disk when it returns. */
export function writeActive(active: ActiveVersion): Result<true, Failure> {
  const root = pluginRoot();
  const draft = `${root}active.new`;
  const written = write(draft, textFor(active));
  if (!written.ok) return written;
  const [moved, problem] = os.rename(draft, `${root}active.txt`);
  if (moved !== true) return failure({ reason: "disk", detail: problem });
  ffiUtil.fsyncDirectory(root);
  return success(true);
}

function textFor({ run, before, trial, failed, why }: ActiveVersion): string {
  const lines = ["RIBBON 1"];
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined) lines.push(`${key} ${value}`);
  };
  add("run", run);
  add("before", before);
  add("trial", trial);
  add("failed", failed);
  add("why", why);
  return `${lines.join("\n")}\nend\n`;
}

function textOf(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  const text = file?.read(MOST_BYTES);
  file?.close();
  return text;
}

/** Writes a small file that is on the disk when it returns. */
export function write(path: string, text: string): Result<true, Failure> {
  const [file, problem] = io.open(path, "wb");
  if (file === undefined) return failure({ reason: "disk", detail: problem });
  // A buffer would hide that the disk is full.
  file.setvbuf("no");
  const [done, noRoom] = file.write(text);
  const [synced, unsynced] = ffiUtil.fsyncOpenedFile(file, true);
  file.close();
  if (done === undefined) return failure({ reason: "disk", detail: noRoom });
  return synced ? success(true) : failure({ reason: "disk", detail: unsynced ?? "cannot be synced" });
}
