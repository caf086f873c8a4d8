// Runs compiled specs in LuaJIT and tells how each test went, with TypeScript's lines.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { requirePrograms } from "../../../scripts/debian.mjs";

/** A test as support/lua/reporter.ts writes it. */
export interface Outcome {
  readonly file?: string;
  readonly names: readonly string[];
  readonly status: "success" | "pending" | "failure" | "error" | "end";
  readonly message?: string;
  readonly traceback?: string;
  readonly definedAt?: string;
}

export interface BustedOptions {
  /** Where the compiled specs and sources lie. */
  readonly luaRoot?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

export interface BustedRun {
  readonly outcomes: readonly Outcome[];
  /** False when LuaJIT died or was killed before busted was through. */
  readonly completed: boolean;
  readonly output: string;
}

/** A spec may change the working directory: the second entry finds modules from there too. */
export function luaPath(luaRoot: string): string {
  return `${luaRoot}/?.lua;${path.resolve(luaRoot)}/?.lua;;`;
}

/** busted hands its arguments to a shell unquoted, so whatever may hold a blank goes through the environment. */
function start(files: readonly string[], report: string, { luaRoot = "build/lua", env }: BustedOptions) {
  const handler = `${luaRoot}/test/support/lua/reporter.lua`;
  return spawn("busted", ["--lua=luajit", `--output=${handler}`, ...files], {
    env: { ...process.env, ...env, LUA_PATH: luaPath(luaRoot), RIBBON_REPORT: report },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Kills busted with the LuaJIT that it started: both are one process group. */
function killGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, "SIGKILL");
}

async function outputOf(child: ReturnType<typeof start>, timeoutSeconds: number): Promise<string> {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", part => parts.push(part));
  const deadline = setTimeout(() => {
    parts.push(`\nkilled after ${timeoutSeconds} s`);
    killGroup(child.pid);
  }, timeoutSeconds * 1000);
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  clearTimeout(deadline);
  return parts.join("");
}

export async function runBusted(files: readonly string[], options: BustedOptions = {}): Promise<BustedRun> {
  requirePrograms(["luajit", "busted"]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-specs-"));
  const report = path.join(folder, "report.jsonl");
  fs.writeFileSync(report, "");
  const output = await outputOf(start(files, report, options), options.timeoutSeconds ?? 1200);
  const lines = fs.readFileSync(report, "utf8").split("\n").slice(0, -1);
  fs.rmSync(folder, { recursive: true });
  const outcomes = lines.map(line => JSON.parse(line) as Outcome);
  const tests = outcomes.filter(outcome => outcome.status !== "end");
  return { outcomes: tests, completed: tests.length < outcomes.length, output };
}
