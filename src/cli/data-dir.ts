import { homedir } from "node:os";
import { join } from "node:path";

/** Where Shelf keeps its database unless told otherwise: `ribbon` below the user's data folder (XDG). */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  const base = env["XDG_DATA_HOME"] ?? "";
  return join(base === "" ? join(homedir(), ".local", "share") : base, "ribbon");
}
