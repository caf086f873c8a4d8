// The same function, compiled for two runtimes, on the same cases.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "./fast-check";
import { requirePrograms } from "../../../scripts/debian.mjs";
import { folderLocator, rewrite } from "../../../scripts/source-maps.mjs";
import { luaPath } from "./busted";

export interface Subject {
  /** From the top folder, without ".ts"; a module of ours that runs in both runtimes. */
  readonly module: string;
  /** Takes and returns plain data: no functions, no Map or Set, no undefined in an array. */
  readonly function: string;
  /** Its arguments, as a tuple. */
  readonly arbitrary: fc.Arbitrary<readonly unknown[]>;
}

export interface Difference {
  readonly args: string;
  readonly node: string;
  readonly lua: string;
}

/** More cases or another seed for a longer search: RIBBON_CASES=20000 RIBBON_SEED=7. */
export const SAMPLING = {
  numRuns: Number(process.env["RIBBON_CASES"] ?? 300),
  seed: Number(process.env["RIBBON_SEED"] ?? 1),
};

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) return value ?? null;
  // Lua has one empty table.
  if (Array.isArray(value)) return value.length === 0 ? {} : value.map(plain);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Error("a result is no plain object");
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, plain(item)]));
}

/** JSON with sorted keys, which two equal values share. */
export function canonical(value: unknown): string {
  return JSON.stringify(plain(value));
}

/** JSON has no word for numbers that are not finite; support/lua/differential.ts reads this one. */
function writeCase(args: readonly unknown[]): string {
  const mark = (value: unknown): unknown =>
    typeof value === "number" && !Number.isFinite(value) ? { notFinite: String(value) } : value;
  return JSON.stringify(args, (_key, value: unknown) => mark(value));
}

function readCase(line: string): unknown[] {
  const revive = (value: unknown): unknown =>
    typeof value === "object" && value !== null && "notFinite" in value ? Number(value.notFinite) : value;
  const args = JSON.parse(line, (_key, value: unknown) => revive(value)) as unknown[];
  // JSON writes an argument that is undefined as null.
  return args.map(each => each ?? undefined);
}

async function inNode(subject: Subject, cases: readonly string[]): Promise<string[]> {
  const file = path.resolve(`${subject.module}.ts`);
  const module = (await import(/* @vite-ignore */ file)) as Record<string, (...args: unknown[]) => unknown>;
  const tested = module[subject.function];
  if (tested === undefined) throw new Error(`${subject.module} exports no ${subject.function}`);
  return cases.map(line => canonical(tested(...readCase(line))));
}

function inLua(subject: Subject, cases: readonly string[], luaRoot: string): string[] {
  requirePrograms(["luajit"]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-cases-"));
  const file = path.join(folder, "cases.jsonl");
  fs.writeFileSync(file, `${cases.join("\n")}\n`);
  const module = subject.module.replaceAll("/", ".");
  const runner = `${luaRoot}/test/support/lua/differential.lua`;
  const env = { ...process.env, LUA_PATH: luaPath(luaRoot) };
  const options = { env, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const run = spawnSync("luajit", [runner, module, subject.function, file], options);
  fs.rmSync(folder, { recursive: true });
  if (run.status !== 0) throw new Error(rewrite(run.stderr, folderLocator(luaRoot)));
  return run.stdout
    .split("\n")
    .slice(0, -1)
    .map(line => canonical(JSON.parse(line)));
}

/** The cases on which the runtimes disagree, the shortest first. */
export async function differences(subject: Subject, luaRoot = "build/lua"): Promise<Difference[]> {
  // Both sides start from the same text: what JSON cannot carry is no argument.
  const cases = fc.sample(subject.arbitrary, SAMPLING).map(writeCase);
  const node = await inNode(subject, cases);
  const lua = inLua(subject, cases, luaRoot);
  const results = cases.map((args, index) => ({ args, node: node[index] ?? "nothing", lua: lua[index] ?? "nothing" }));
  return results.filter(each => each.node !== each.lua).sort((a, b) => a.args.length - b.args.length);
}
