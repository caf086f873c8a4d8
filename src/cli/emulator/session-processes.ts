// The processes of a session, from /proc: a forked worker of KOReader's has a process group of its own, not a session.
import fs from "node:fs";

/** `/proc/N/stat` has, after the name in brackets: state, parent, process group, session. */
function sessionOf(pid: number): number | undefined {
  try {
    const [state, , , session] = (fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
    return state === "Z" ? undefined : Number(session);
  } catch {
    return undefined;
  }
}

/** The processes of a session that run; none where there is no /proc. */
export function processesOf(session: number): number[] {
  if (!fs.existsSync("/proc/self/stat")) return [];
  const all = fs.readdirSync("/proc").map(Number).filter(Number.isInteger);
  return all.filter(pid => sessionOf(pid) === session);
}
