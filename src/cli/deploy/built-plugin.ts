import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DeployProblem } from "./problem";

const CHECKOUT = fileURLToPath(new URL("../../../", import.meta.url));

/** What the plugin is made of. */
const SOURCES = ["src", "scripts", "po", "package.json"];
/** Node's half, which is not in it. */
const NOT_IN_IT = ["src/cli/", "src/shelf/"];

/** The newest change below a folder or of a file, in milliseconds; 0 when it is not there. */
function newest(path: string, from: string): number {
  const found = statSync(join(path, from), { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const files = readdirSync(join(path, from), { recursive: true, encoding: "utf8" });
  const ours = files.map(file => `${from}/${file.replaceAll("\\", "/")}`);
  const used = ours.filter(file => !NOT_IN_IT.some(folder => file.startsWith(folder)));
  return used.reduce((latest, file) => Math.max(latest, statSync(join(path, file)).mtimeMs), 0);
}

/** Whether the plugin of a checkout is absent, or older than what it is made of. */
export function needsBuild(checkout: string): boolean {
  const built = newest(checkout, "koplugin/ribbon.koplugin/main.lua");
  return SOURCES.some(source => newest(checkout, source) > built);
}

/** The folder of this checkout's plugin, built anew where that is needed. Throws a DeployProblem. */
export function builtPlugin(say: (line: string) => void): string {
  if (needsBuild(CHECKOUT)) {
    say("The plugin is not built, or older than its sources: building it.");
    const run = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: CHECKOUT, encoding: "utf8" });
    if (run.status !== 0) throw new DeployProblem({ why: "no-build", detail: run.stderr.trim() });
  }
  return join(CHECKOUT, "koplugin", "ribbon.koplugin");
}
