import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { ribbonProgram } from "../../src/cli/program";
import { run } from "../../src/cli/run";
import { tempDir } from "../support/node/temp-dir";

const BIN = path.resolve("bin/ribbon.mjs");

/** Runs `ribbon` as it is installed, from some other folder. */
function ribbon(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = tempDir()) {
  const { status, stdout, stderr } = spawnSync(BIN, words, { cwd, env: { ...process.env, ...env }, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Each command with the words that lead to it. */
function all(command: Command, words: readonly string[] = ["ribbon"]): [name: string, command: Command][] {
  const below = command.commands.flatMap(each => all(each, [...words, each.name()]));
  return [[words.join(" "), command], ...below];
}

/** What `--help` shows. */
function helpOf(command: Command): string {
  let shown = "";
  command.configureOutput({ writeOut: text => void (shown += text) }).outputHelp();
  return shown;
}

const commands = all(ribbonProgram()).filter(([name]) => name !== "ribbon");

describe("the help", () => {
  it("lists every command in a group", () => {
    const help = helpOf(ribbonProgram());
    for (const name of ["demo", "doctor", "emulator", "deploy", "package", "serve", "key", "pair", "backup", "restore"])
      expect(help).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(help).toMatch(/^The plugin:$/m);
    expect(help).not.toMatch(/^Commands:$/m);
    expect(commands.length).toBeGreaterThan(8);
  });

  it.each(commands)("of %s has an example that can be typed", (name, command) => {
    const [, examples = ""] = helpOf(command).split("\nExamples:\n");
    const typed = [...examples.matchAll(/^ {2}(ribbon .*)$/gm)].map(([, line = ""]) => line);
    expect(typed.some(line => line.startsWith(name))).toBe(true);
  });

  it.each(commands)("of %s describes it and each of its options in a few words", (_name, command) => {
    expect(command.description()).toMatch(/^[a-z]/);
    for (const { long, description } of command.options) expect(description, long ?? "").not.toBe("");
  });
});

describe("what is typed", () => {
  it("is answered with the version and the help", () => {
    const { version } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string };
    expect(ribbon(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    expect(ribbon(["pair", "--help"])).toMatchObject({ status: 0, stderr: "" });
    expect(ribbon([]).status).toBe(2);
  });

  it.each([
    [["servee"], "ribbon: unknown command 'servee' (did you mean serve?); see ribbon --help\n"],
    [["key", "lits"], "ribbon: unknown command 'lits' (did you mean list?); see ribbon key --help\n"],
    [
      ["key", "list", "--dat", "x"],
      "ribbon: unknown option '--dat' (did you mean --data?); see ribbon key list --help\n",
    ],
    [["pair"], "ribbon: missing required argument 'code'; see ribbon pair --help\n"],
    [
      ["serve", "--books", ".", "--port", "x"],
      "ribbon: option '--port <n>' argument 'x' is invalid. A port is a number from 0 to 65535; see ribbon serve --help\n",
    ],
  ])("%j that does not exist is said in one sentence, with code 2", (words, stderr) => {
    expect(ribbon(words)).toEqual({ status: 2, stdout: "", stderr });
  });

  it("fails with code 1 and without a trace, which developers can have", () => {
    const words = ["pair", "ABCDEF", "--data", tempDir()];
    const stderr = "ribbon: No device shows that code, or it has expired.\n";
    expect(ribbon(words)).toEqual({ status: 1, stdout: "", stderr });
    expect(ribbon(words, { RIBBON_DEBUG: "1" }).stderr).toMatch(/has expired\.\n +at .*src\/cli\/pair\.ts/);
  });

  it("is told from a mistake of ours", async () => {
    const said: string[] = [];
    const program = ribbonProgram();
    program.command("break").action(() => (undefined as unknown as { x: () => void }).x());
    const { error } = console;
    console.error = line => void said.push(String(line));
    try {
      expect(await run(program, ["break"])).toBe(1);
    } finally {
      console.error = error;
    }
    expect(said).toEqual([
      expect.stringMatching(/^ribbon: .*undefined.* \(a mistake in Ribbon; RIBBON_DEBUG=1 shows where\)$/),
    ]);
  });

  it("is relative to where it is typed", () => {
    const folder = tempDir();
    expect(ribbon(["key", "list", "--data", "here"], {}, folder)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(fs.readdirSync(folder).sort()).toEqual(["here"]);
  });

  it("works as npx ribbon in the checkout", () => {
    expect(execFileSync("npx", ["--no", "ribbon", "help", "pair"], { encoding: "utf8" })).toContain(
      "ribbon pair K7MP3X",
    );
  });
});
