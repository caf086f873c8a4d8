// Shows each test of compiled specs as a test of vitest.
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "vitest";
import { folderLocator, rewrite, type Locate } from "../../../scripts/source-maps.mjs";
import { runBusted, type BustedOptions, type BustedRun, type Outcome } from "./busted";

/** Frames of the spec interface and of busted itself say nothing about the code under test. */
const NOISE = /test\/support\/lua\/spec\.|^\[C\]|\/busted\/|\/luassert\//;

const TRACE_LINE = /^\s*([^\s:]+\.lua):(\d+): in (.*)$/;

function frame(label: string, file: string, line: number, locate: Locate): string {
  const position = locate(file, line) ?? { file, line, column: 1 };
  return `    at ${label} (${path.resolve(position.file)}:${position.line}:${position.column})`;
}

function frames(outcome: Outcome, locate: Locate): string[] {
  const found = (outcome.traceback ?? "").split("\n").flatMap(line => {
    const [, file, number, label = ""] = TRACE_LINE.exec(line) ?? [];
    return file === undefined ? [] : [frame(label.replace(/ <.*>$/, ""), file, Number(number), locate)];
  });
  // A body that is one expression is a tail call and leaves no frame: its `it` is the next best place.
  const [, file, line] = /^(.+):(\d+)$/.exec(outcome.definedAt ?? "") ?? [];
  if (file !== undefined) found.push(frame("it", file, Number(line), locate));
  return found.filter(each => !NOISE.test(each));
}

/** The position before a message is the first frame's, or that of the spec interface. */
function withoutPosition(message: string): string {
  return message.replace(/^[^\s:]+\.lua:\d+: /, "");
}

export function failureOf(outcome: Outcome, locate: Locate): Error {
  const failure = new Error(rewrite(withoutPosition(outcome.message ?? outcome.status), locate));
  failure.name = outcome.status === "failure" ? "Failure" : "Error";
  failure.stack = [`${failure.name}: ${failure.message}`, ...frames(outcome, locate)].join("\n");
  return failure;
}

function register(outcome: Outcome, locate: Locate): void {
  const name = outcome.names.join(" > ");
  if (outcome.status === "pending") test.skip(name);
  else
    test(name, () => {
      if (outcome.status !== "success") throw failureOf(outcome, locate);
    });
}

/** build/lua/test/core/session_spec.lua → test/core/session.spec.ts */
function sourceOf(file: string, luaRoot: string): string {
  return path.relative(luaRoot, file).replace(/_spec\.lua$/, ".spec.ts");
}

function registerRun(run: BustedRun, luaRoot: string): void {
  const locate = folderLocator(luaRoot);
  const nowhere = "outside of any spec";
  for (const file of new Set(run.outcomes.map(outcome => outcome.file ?? nowhere)))
    describe(sourceOf(file, luaRoot), () => {
      for (const outcome of run.outcomes) if ((outcome.file ?? nowhere) === file) register(outcome, locate);
    });
  test("busted ran to its end", () => {
    if (!run.completed) throw new Error(`LuaJIT ended before the specs did:\n${rewrite(run.output, locate)}`);
  });
}

/** Runs these compiled specs in one LuaJIT and registers a test for each of theirs; call it at a test file's top level. */
export async function registerSpecs(files: readonly string[], options: BustedOptions = {}): Promise<void> {
  const wanted = files.filter(file => file.includes(process.env["RIBBON_SPECS"] ?? ""));
  if (wanted.length === 0) test.skip("no spec to run");
  else registerRun(await runBusted(wanted, options), options.luaRoot ?? "build/lua");
}

/** The compiled specs below a folder of the sources, such as `test/protocol`. */
export function specsIn(folder: string, luaRoot = "build/lua"): string[] {
  const root = path.join(luaRoot, folder);
  if (!fs.existsSync(root)) return [];
  const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter(file => file.endsWith("_spec.lua"))
    .map(file => path.join(root, file))
    .sort();
}
