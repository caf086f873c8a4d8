// Which process is whose child, from /proc: a minimal Debian has no ps.
import fs from "node:fs";

/** `/proc/N/stat` has the parent after the name in brackets and the state; nothing when the process is gone. */
function parentOf(pid: number): number | undefined {
  try {
    const [, rest = ""] = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    return Number(rest.split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** The processes that another started and that are still there, zombies too. */
export function childrenOf(pid: number): number[] {
  const all = fs.readdirSync("/proc").map(Number).filter(Number.isInteger);
  return all.filter(child => parentOf(child) === pid);
}
