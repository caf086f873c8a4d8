import { rename, rm } from "node:fs/promises";
import { FORMATS } from "../formats";
import { LARGEST_PICTURE_BYTES, Unreadable } from "../formats/said";
import { fileBeside } from "./file-beside";
import { readBook } from "./read-book";
import { READY, type Result, type Task } from "./task";

/*
 * The parser process: files of unknown origin meet parsers only here. It may hang, run out of memory or crash: the server
 * kills it and goes on. One task at a time, in the order of asking.
 */
process.on("message", (task: Task) => {
  void carryOut(task).then(result => process.send?.(result));
});
// Ctrl-C and systemd tell all processes of the server; it ends this one itself when no answer is missing.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());

process.send?.(READY);

async function carryOut(task: Task): Promise<Result> {
  try {
    return task.work === "read" ? await readBook(task, reasonOf) : { ok: true, found: await writeCover(task) };
  } catch (error) {
    return { ok: false, why: reasonOf(error) };
  }
}

async function writeCover({ path, kind, beside, to }: Extract<Task, { work: "cover" }>): Promise<boolean> {
  const { scaleDown } = await import("./scale");
  const own = beside === undefined ? undefined : await fileBeside(beside, LARGEST_PICTURE_BYTES);
  const picture = own ?? (await FORMATS[kind].cover(path));
  if (picture === undefined) return false;
  const unfinished = `${to}.${process.pid}`;
  try {
    await scaleDown(picture, unfinished);
    await rename(unfinished, to);
  } finally {
    await rm(unfinished, { force: true });
  }
  return true;
}

function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "Shelf may not read it: check its permissions.";
  if (code === "ENOENT") return "It is not there any more.";
  return `It could not be understood (${message.split("\n", 1)[0]?.slice(0, 200) ?? ""}).`;
}
