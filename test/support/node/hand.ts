// The hand of a test's reader: starts the stand-in reader (test/reader) and does with it what a person can do.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { requirePrograms } from "../../../scripts/debian.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BUILD = path.join(ROOT, "build/lua");

export interface HandOptions {
  /** KOReader's folder on the device; starting again from the same folder is the device's next start. */
  dataDir: string;
  /** Built plugin folders; the default is Ribbon's own. */
  plugin?: string | string[];
  device?: "kobo" | "kindle";
  clock?: "fake" | "real";
  /** Seconds since 1970 for a fake clock; without it the clock goes on where the data folder's last run ended. */
  now?: number;
  /** False: the radio is off at start. */
  wifi?: boolean;
  /** How many pages every reflowable book has (300). */
  pages?: number;
  /** False: the device's file system cannot keep SQLite's write-ahead log. */
  wal?: boolean;
  /** Whose rules for plugins hold; today's. */
  loader?: "v2024.07" | "today";
  /** KOReader's own settings. */
  settings?: Record<string, unknown>;
  /** The reader's time zone (UTC). */
  zone?: string;
  /** A program that starts the reader, with its options: strace, for instance. */
  under?: readonly string[];
}

export interface Position {
  file: string;
  page: number;
  pages: number;
  percent: number;
  /** Reflowable books only. */
  xpointer?: string;
}

/** Something that a plugin did on the main loop and must not. */
export interface Violation {
  verb: string;
  what: string;
  where: string;
}

/** The longest time that a handler, or any task, of the plugin held the loop during a verb. */
export interface Hold {
  verb: string;
  what: string;
  ms: number;
  /** Of the processor's time alone. */
  cpu: number;
}

export interface Summary {
  status?: "reading" | "abandoned" | "complete";
  rating?: number;
  note?: string;
}

interface Answer {
  ok: boolean;
  result?: unknown;
  error?: string;
  died?: boolean;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** KOReader died of an error that nothing guarded. */
export class ReaderCrash extends Error {}

/** Starts the process; its answers come back in the order of the commands. */
function spawnReader(options: HandOptions): ChildProcess {
  const entry = path.join(BUILD, "test/reader/entry.lua");
  requirePrograms(["luajit", "unzip"]);
  if (!fs.existsSync(entry)) throw new Error(`${entry} is missing: compile it with "node scripts/compile-lua.mjs".`);
  const {
    plugin = path.join(ROOT, "koplugin/ribbon.koplugin"),
    device = "kobo",
    clock = "fake",
    under = [],
    zone = "UTC",
    ...rest
  } = options;
  const plugins = [plugin].flat().map(folder => path.resolve(folder));
  const argument = JSON.stringify({ ...rest, dataDir: path.resolve(options.dataDir), plugins, device, clock });
  const prelude = `package.path = ${JSON.stringify(`${BUILD}/?.lua;`)} .. package.path`;
  const [program = "luajit", ...words] = [...under, "luajit", "-e", prelude, entry, argument];
  return spawn(program, words, { env: { ...process.env, TZ: zone } });
}

export class Hand {
  /** KOReader's log so far. */
  log = "";
  /** After exit, restart and power-off: workers that the plugin did not collect. */
  orphans = 0;
  /** How the process ended: its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  private readonly waiting: Waiting[] = [];
  private isOver = false;

  private constructor(
    private readonly reader: ChildProcess,
    readonly dataDir: string,
  ) {
    this.ended = once(reader, "exit").then(([code]) => this.over(code as number | null));
    reader.stderr?.on("data", (chunk: Buffer) => (this.log += chunk.toString()));
    reader.stdin?.on("error", () => {});
    const lines = readline.createInterface({ input: reader.stdout! });
    lines.on("line", line => this.hear(JSON.parse(line) as Answer));
    // Its last words may still be on their way through the pipe when the process is gone: whoever waits is told after them.
    lines.on("close", () => void this.ended.then(code => this.rejectWaiting(code)));
  }

  static async start(options: HandOptions): Promise<Hand> {
    const hand = new Hand(spawnReader(options), path.resolve(options.dataDir));
    await hand.nextAnswer("start");
    return hand;
  }

  private hear(answer: Answer): void {
    this.waiting.shift()?.resolve(answer);
  }

  private over(code: number | null): number | null {
    this.isOver = true;
    return code;
  }

  private rejectWaiting(code: number | null): void {
    const reason = new ReaderCrash(`The reader is gone (${code ?? "killed"}).\n${this.log.slice(-4000)}`);
    this.waiting.splice(0).forEach(({ reject }) => reject(reason));
  }

  private async nextAnswer(verb: string): Promise<unknown> {
    const answer = await new Promise<Answer>((resolve, reject) => this.waiting.push({ resolve, reject }));
    if (answer.ok) return answer.result;
    throw answer.died === true ? new ReaderCrash(`${verb}: ${answer.error}`) : new Error(`${verb}: ${answer.error}`);
  }

  /** Any verb of test/reader/hand/verbs.ts. */
  async do(verb: string, ...args: unknown[]): Promise<unknown> {
    if (this.isOver) throw new ReaderCrash(`${verb}: the reader is gone.\n${this.log.slice(-4000)}`);
    this.reader.stdin?.write(`${JSON.stringify({ verb, args })}\n`);
    return this.nextAnswer(verb);
  }

  /** Lua has one empty table, which JSON shows as an object. */
  private async list<Item>(verb: string): Promise<Item[]> {
    const answer = await this.do(verb);
    return Array.isArray(answer) ? (answer as Item[]) : [];
  }

  /** The battery falls out. */
  async kill(): Promise<void> {
    this.reader.kill("SIGKILL");
    await this.ended;
  }

  /** Ends the process if it is still there: for `afterEach`. */
  async stop(): Promise<void> {
    if (!this.isOver) await this.kill();
  }

  /** Copies a book onto the device, and returns where it is there. */
  addBook(source: string, name = path.basename(source)): string {
    const target = path.join(fs.realpathSync(this.dataDir), "books", name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(source, target);
    fs.chmodSync(target, 0o644);
    return target;
  }

  async openBook(file: string): Promise<void> {
    await this.do("openBook", file);
  }

  async closeBook(): Promise<void> {
    await this.do("closeBook");
  }

  async switchBook(file: string): Promise<void> {
    await this.do("switchBook", file);
  }

  async reloadBook(): Promise<void> {
    await this.do("reloadBook");
  }

  /** Turns so many pages (back when negative) and reads each for so many seconds. */
  async turn(pages = 1, secondsEach = 0): Promise<void> {
    await this.do("turn", pages, secondsEach);
  }

  async gotoPage(page: number): Promise<void> {
    await this.do("gotoPage", page);
  }

  async gotoXPointer(xpointer: string): Promise<void> {
    await this.do("gotoXPointer", xpointer);
  }

  async position(): Promise<Position> {
    return (await this.do("position")) as Position;
  }

  /** Status, stars and review, as the book status page sets them: no event tells of it. */
  async judge(summary: Summary): Promise<void> {
    await this.do("judge", summary);
  }

  /** Marks a text on the current page. */
  async highlight(text: string, note?: string): Promise<void> {
    await this.do("highlight", text, ...(note === undefined ? [] : [note]));
  }

  async editNote(text: string, note: string): Promise<void> {
    await this.do("editNote", text, note);
  }

  async removeHighlight(text: string): Promise<void> {
    await this.do("removeHighlight", text);
  }

  /** A tab of the top menu ("Tools"), then the items below it. */
  async tapMenu(...items: string[]): Promise<void> {
    await this.do("tapMenu", ...items);
  }

  async tap(text: string): Promise<void> {
    await this.do("tap", text);
  }

  /** A long press. */
  async hold(text: string): Promise<void> {
    await this.do("hold", text);
  }

  /** The Back key, or a tap outside. */
  async back(): Promise<void> {
    await this.do("back");
  }

  /** Into the field with this label, hint or title; of a path chooser: picks the path. */
  async typeInto(field: string, text: string): Promise<void> {
    await this.do("typeInto", field, text);
  }

  /** A long press on a file in the browser: shows what plugins add to its dialog. */
  async holdFile(file: string): Promise<void> {
    await this.do("holdFile", file);
  }

  /** Performs an action that a gesture could be bound to. */
  async perform(action: string): Promise<void> {
    await this.do("perform", action);
  }

  /** What can be read on the screen, toasts included; not the page itself. */
  async screen(): Promise<string[]> {
    return this.list<string>("screen");
  }

  /** Sleep: events, the time until the device really sleeps (15 s of a fake clock), then sleep. */
  async closeLid(awakeSeconds?: number): Promise<void> {
    await this.do("closeLid", ...(awakeSeconds === undefined ? [] : [awakeSeconds]));
  }

  async openLid(minutesLater = 0): Promise<void> {
    await this.do("openLid", minutesLater);
  }

  /** Out of range: KOReader is not told. */
  async loseWifi(): Promise<void> {
    await this.do("loseWifi");
  }

  /** Back and connected: KOReader is told. */
  async regainWifi(): Promise<void> {
    await this.do("regainWifi");
  }

  /** The reader's own switch: NetworkDisconnecting, off, NetworkDisconnected. */
  async turnWifiOff(): Promise<void> {
    await this.do("turnWifiOff");
  }

  /** NetworkConnecting; four seconds later NetworkConnected. */
  async turnWifiOn(): Promise<void> {
    await this.do("turnWifiOn");
  }

  /** Returns KOReader's exit code. */
  async exit(): Promise<number> {
    return this.leave("exit");
  }

  async restart(): Promise<number> {
    return this.leave("restart");
  }

  async powerOff(): Promise<number> {
    return this.leave("powerOff");
  }

  private async leave(verb: string): Promise<number> {
    const { exitCode, orphans } = (await this.do(verb)) as { exitCode: number; orphans: number };
    this.orphans = orphans;
    await this.ended;
    return exitCode;
  }

  /** Lets time pass on a fake clock. */
  async advance(seconds: number): Promise<void> {
    await this.do("advance", seconds);
  }

  /** Lets real time pass. */
  async wait(seconds: number): Promise<void> {
    await this.do("wait", seconds);
  }

  /** Waits until something is so, for at most so many seconds of the reader's clock: a minute finds what hangs. */
  async until(isSo: () => Promise<boolean>, seconds = 60, step = 0.05): Promise<void> {
    for (let passed = 0; passed <= seconds; passed += step) {
      if (await isSo()) return;
      await this.do("wait", step);
    }
    throw new Error(`not so within ${seconds} s; the screen shows: ${(await this.screen()).join(" | ")}`);
  }

  /** The reader's wall clock, in seconds since 1970. */
  async now(): Promise<number> {
    return (await this.do("now")) as number;
  }

  /** Sets the wall clock, as a time server does: the monotonic clock goes on. */
  async setClock(seconds: number): Promise<void> {
    await this.do("setClock", seconds);
  }

  /** How long a worker takes on a fake clock (0.2). */
  async secondsPerJob(seconds: number): Promise<void> {
    await this.do("secondsPerJob", seconds);
  }

  /** Runs Lua inside the reader and returns what JSON can say of its result. */
  async run(code: string): Promise<unknown> {
    return this.do("run", code);
  }

  /** Lua's heap after collection, in KiB. */
  async heap(): Promise<number> {
    return (await this.do("heap")) as number;
  }

  /** What reached the screens since the last call, in order: "reader PageUpdate 3". */
  async events(): Promise<string[]> {
    return this.list<string>("events");
  }

  async violations(): Promise<Violation[]> {
    return this.list<Violation>("violations");
  }

  /** What KOReader logged as an error since the last call: a handler that failed, a plugin that did not load. */
  async problems(): Promise<string[]> {
    return this.list<string>("problems");
  }

  async holds(): Promise<Hold[]> {
    return this.list<Hold>("holds");
  }

  /** Tasks that wait, and what holds off standby. */
  async waitingFor(): Promise<{ tasks: number; standbyHolds: number }> {
    return (await this.do("waiting")) as { tasks: number; standbyHolds: number };
  }
}
