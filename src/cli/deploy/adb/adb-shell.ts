import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeployProblem, type Problem } from "../problem";
import { type Answer, readAnswer } from "../shell/answers";
import type { Listener, Shell } from "../shell/shell";

/** Where every Android lets adb write. */
const REMOTE = "/data/local/tmp";
const SCRIPT = `${REMOTE}/ribbon-deploy.sh`;
const INPUT = `${REMOTE}/ribbon-deploy.tar`;

/** Android's shell through adb: scripts and files are pushed first, because an old adb changes the bytes of an input. */
export class AdbShell implements Shell {
  readonly name: string;

  constructor(private readonly serial: string | undefined) {
    this.name = serial ?? "adb";
  }

  async ask(script: string): Promise<readonly Answer[]> {
    return this.runPushed(script, "</dev/null", () => undefined);
  }

  async run(script: string, input: Uint8Array | undefined, on: Listener): Promise<readonly Answer[]> {
    if (input !== undefined) await this.push(input, INPUT);
    on.sent(input?.length ?? 0);
    const from = input === undefined ? "/dev/null" : INPUT;
    return this.runPushed(script, `<${from}`, answer => on.answer(answer));
  }

  close(): void {
    // Each command of adb is over when it has answered.
  }

  private async runPushed(script: string, input: string, hear: (answer: Answer) => void): Promise<readonly Answer[]> {
    await this.push(Buffer.from(script), SCRIPT);
    const output = await this.adb("shell", `sh ${SCRIPT} ${input}; rm -f ${SCRIPT} ${INPUT}`);
    const answers = output.split("\n").flatMap(line => readAnswer(line) ?? []);
    answers.forEach(hear);
    const isWhole = answers.some(({ word }) => ["end", "done", "fail"].includes(word));
    if (!isWhole) throw new DeployProblem({ why: "cut" });
    return answers;
  }

  private async push(bytes: Uint8Array, to: string): Promise<void> {
    const dir = mkdtempSync(join(tmpdir(), "ribbon-adb-"));
    try {
      writeFileSync(join(dir, "file"), bytes);
      await this.adb("push", join(dir, "file"), to);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  private async adb(...words: readonly string[]): Promise<string> {
    const which = this.serial === undefined ? [] : ["-s", this.serial];
    const child = spawn("adb", [...which, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (errors += bytes.toString()));
    const [code] = (await once(child, "close").catch(() => {
      throw new DeployProblem({ why: "no-adb" });
    })) as [number | null];
    // adb shell hands on the status of the command, which its answers tell better.
    if (code !== 0 && !output.includes("@ribbon")) throw new DeployProblem(explainAdb(`${errors}\n${output}`));
    return output;
  }
}

function explainAdb(words: string): Problem {
  if (/no devices\/emulators found|device '.*' not found|no devices found/.test(words)) return { why: "adb-none" };
  if (words.includes("more than one device")) return { why: "adb-several", detail: "adb devices lists them" };
  if (words.includes("unauthorized")) return { why: "adb-unauthorized" };
  return { why: "adb-other", detail: words.trim().split("\n")[0] ?? "" };
}
