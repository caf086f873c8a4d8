import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { DeployProblem } from "../problem";
import { type Answer, readAnswer } from "../shell/answers";
import type { Listener, Shell } from "../shell/shell";
import { explainSsh } from "./explain-ssh";

export interface SshAddress {
  /** "root@192.168.1.20", or a name from ~/.ssh/config. */
  readonly host: string;
  /** What ssh takes by itself (its configuration, else 22) when absent. */
  readonly port?: number;
  readonly identity?: string;
  /** Takes the key of a host that was never seen; a key that changed is refused all the same. */
  readonly acceptsNewKey: boolean;
}

/** Seconds until a host that does not answer is given up: at the beginning, and between two signs of life later. */
const CONNECT_SECONDS = 10;
const ALIVE_SECONDS = 5;

function sshArguments({ host, port, identity, acceptsNewKey }: SshAddress): string[] {
  const options = [
    `ConnectTimeout=${CONNECT_SECONDS}`,
    `ServerAliveInterval=${ALIVE_SECONDS}`,
    "ServerAliveCountMax=3",
  ];
  if (acceptsNewKey) options.push("StrictHostKeyChecking=accept-new");
  return [
    "-T",
    ...options.flatMap(option => ["-o", option]),
    ...(port === undefined ? [] : ["-p", String(port)]),
    ...(identity === undefined ? [] : ["-i", identity]),
    "--",
    host,
    "sh",
  ];
}

/** Pieces so small that the progress is worth showing. */
const PIECE = 16 * 1024;

/**
 * One login in which a shell reads its commands from us, one script at a time: the next is only sent when the one before
 * has answered, so that the shell never reads ahead into what a command is to read. ssh asks for passwords and about new host
 * keys on the terminal by itself.
 */
export class SshShell implements Shell {
  readonly name: string;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<void>;
  private errors = "";
  private failedToStart = false;
  /** Whether the device's shell has said anything: who refuses a login has not. */
  private isThrough = false;
  private isAllSent = false;

  constructor(private readonly address: SshAddress) {
    this.name = address.host;
    this.child = spawn("ssh", sshArguments(address), { stdio: ["pipe", "pipe", "pipe"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.child.stderr.on("data", (bytes: Buffer) => (this.errors += bytes.toString()));
    // Whoever reads learns of the end; a write to a closed pipe tells nothing more.
    this.child.stdin.on("error", () => undefined);
    this.ended = once(this.child, "close").then(
      () => undefined,
      () => void (this.failedToStart = true),
    );
  }

  async ask(script: string): Promise<readonly Answer[]> {
    this.child.stdin.write(script);
    return this.answersUntil(["end"], () => undefined);
  }

  async run(script: string, input: Uint8Array | undefined, on: Listener): Promise<readonly Answer[]> {
    this.child.stdin.write(script);
    const hear = (answer: Answer) => on.answer(answer);
    this.isAllSent = input === undefined;
    if (input === undefined) return this.answersUntil(["done", "fail"], hear);
    const first = await this.answersUntil(["ready", "fail"], hear);
    if (first.some(({ word }) => word === "fail")) return first;
    const sending = this.send(input, on);
    const rest = await this.answersUntil(["done", "fail"], hear);
    await sending;
    return rest;
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }

  private async answersUntil(last: readonly string[], hear: (answer: Answer) => void): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (let next = await this.lines.next(); next.done !== true; next = await this.lines.next()) {
      const answer = readAnswer(next.value);
      if (answer === undefined) continue;
      this.isThrough = true;
      answers.push(answer);
      hear(answer);
      if (last.includes(answer.word)) return answers;
    }
    throw await this.lost();
  }

  /** Writes as fast as ssh takes it, and ends the input: tar then knows that nothing more comes. */
  private async send(input: Uint8Array, on: Listener): Promise<void> {
    const { stdin } = this.child;
    for (let at = 0; at < input.length && !stdin.destroyed; at += PIECE) {
      const piece = input.subarray(at, at + PIECE);
      this.isAllSent = at + PIECE >= input.length;
      const hasRoom = stdin.write(piece);
      if (!hasRoom) await Promise.race([once(stdin, "drain"), this.ended]).catch(() => undefined);
      on.sent(at + piece.length);
    }
    stdin.end();
  }

  private async lost(): Promise<DeployProblem> {
    await this.ended;
    if (this.failedToStart) return new DeployProblem({ why: "no-ssh" });
    if (this.isThrough) return new DeployProblem({ why: this.isAllSent ? "cut-late" : "cut" });
    return new DeployProblem(explainSsh(this.errors, this.address));
  }
}
