/** Reads a command, obeys, answers; meanwhile, on the real clock, the reader lives on. */
import { decode } from "../data/json-decode";
import { encode } from "../data/json-encode";
import { nextDeadline } from "../loop/tasks";
import { exited, turnLoop } from "../loop/ui-manager";
import { isFake, monotonic, wall } from "../system/clock";
import { readFile, writeFile } from "../system/paths";
import type { LineChannel } from "./line-channel";
import { isMishap, mishapText } from "./mishap";
import { asleep } from "./power";
import { obey } from "./verbs";

interface Command {
  readonly verb: string;
  readonly args: unknown[];
}

const CLOCK_FILE = "./.clock";
const CRASHED = 1;
const IDLE_MS = 1000;

/** The time at which a fake clock went on in this data folder before. */
export const storedTime = (): number | undefined => tonumber(readFile(CLOCK_FILE));

const keepTime = (): void => {
  if (isFake()) writeFile(CLOCK_FILE, string.format("%.0f", Math.ceil(wall() / 1e6)));
};

/** Numbers, texts and tables pass; what JSON cannot say is said in words. */
function encoded(result: unknown): string {
  const [ok, text] = pcall(() => encode(result));
  return ok ? text : encode(tostring(result));
}

export class Session {
  constructor(private readonly channel: LineChannel) {}

  /** Returns the exit code. */
  run(): number {
    this.channel.write('{"ok":true,"result":"ready"}');
    while (exited() === undefined) {
      if (!this.live()) continue;
      const line = this.channel.read();
      if (line === undefined) return CRASHED;
      if (!this.answer(line)) return CRASHED;
    }
    return exited() ?? 0;
  }

  /** Waits for a command; true when one is there. */
  private live(): boolean {
    if (isFake() || asleep()) return this.channel.isReady(IDLE_MS);
    this.guard(() => turnLoop());
    const due = nextDeadline();
    const ms = due === undefined ? IDLE_MS : Math.ceil((due - monotonic()) / 1000);
    return this.channel.isReady(Math.max(Math.min(ms, IDLE_MS), 0));
  }

  /** False when KOReader died of it. */
  private answer(line: string): boolean {
    const [command] = decode(line);
    const { verb, args } = command as Command;
    const [ok, result] = xpcall(() => obey(verb, args), explain);
    if (exited() !== undefined) G_reader_settings.flush();
    keepTime();
    if (ok) this.channel.write(`{"ok":true,"result":${encoded(result)}}`);
    else this.refuse(result as string);
    return ok || isMishap(result as string);
  }

  private refuse(problem: string): void {
    const died = !isMishap(problem);
    if (died) io.stderr.write("KOReader crashed: ", problem, "\n");
    const text = died ? problem : mishapText(problem);
    this.channel.write(`{"ok":false,"error":${encode(text)},"died":${tostring(died)}}`);
  }

  /** An error between two commands ends the reader; the next command finds it gone. */
  private guard(action: () => void): void {
    const [ok, problem] = xpcall(action, explain);
    if (ok) return;
    io.stderr.write("KOReader crashed: ", problem, "\n");
    os.exit(CRASHED);
  }
}

/** A mishap needs no trace. */
const explain = (problem: unknown): string => {
  const text = tostring(problem);
  return isMishap(text) ? text : debug.traceback(text, 2);
};
