// One reader's days, mixed from a seed: what they do, what goes wrong, and whether everything is on the server in the end.
import { ASH, Household, settle, TRAIN } from "../support/node/household";
import type { Hand } from "../support/node/hand";
import type { Fault } from "../support/node/proxy";
import { sampleBook } from "../support/node/sample-book";
import { FaultProxy, type Fault as WayFault, PORTAL, TOO_MANY, UNAVAILABLE } from "../support/node/fault-proxy";
import { Dice } from "./dice";
import { Ledger } from "./ledger";
import { Twin } from "./twin";
import { Watchman } from "./watchman";
import { childrenOf } from "../support/node/processes";

export interface Outcome {
  seed: number;
  faults: number;
  kills: number;
  /** Empty when everything held. */
  violations: string[];
  story: string[];
}

export interface ScenarioOptions {
  /** Real forks, with the minutes of reading told to the session's clock. */
  isReal?: boolean;
  steps?: number;
}

/** Not in the library at first. */
const LATER = "orchard-1.epub";
const TITLES: Record<string, string> = {
  [ASH]: "Ash",
  [TRAIN]: "Ночной поезд в Кёльн — 夜行列車",
  [LATER]: "Seedlings",
};
const PAGES = 300;
const TOLERANCE = 4;
/** A real clock also counts what the machine takes. */
const REAL_TOLERANCE = 40;

/** The session's clock goes on without anybody waiting for it. */
const CLOCK_THAT_IS_TOLD = `local time = require("ui/time") local now = time.now
  local ahead = 0
  time.now = function() return now() + time.s(ahead) end
  function later(seconds) ahead = ahead + seconds end`;

export class Scenario {
  private readonly dice: Dice;
  private readonly ledger: Ledger;
  private readonly story: string[] = [];
  private readonly violations: string[] = [];
  private readonly files: Record<string, string> = {};
  private readonly watchman: Watchman;
  private readonly isReal: boolean;
  /** The books on the device. */
  private readonly books: readonly string[];
  private isComplete = false;
  private twin: Twin | undefined;
  private hand!: Hand;
  private open: string | undefined;
  private isAsleep = false;
  private faults = 0;
  private kills = 0;

  private constructor(
    private readonly home: Household,
    /** Between the device and the server: a network that fails below HTTP. */
    private readonly way: FaultProxy,
    seed: number,
    private readonly options: ScenarioOptions,
  ) {
    this.dice = new Dice(seed);
    this.isReal = options.isReal === true;
    this.ledger = new Ledger(this.isReal ? REAL_TOLERANCE : TOLERANCE);
    this.books = this.dice.chance(0.2) ? [ASH, TRAIN, LATER] : [ASH, TRAIN];
    this.watchman = new Watchman(home.shelf, home.proxy, this.isReal);
  }

  static async play(seed: number, options: ScenarioOptions = {}): Promise<Outcome> {
    const home = await Household.found([ASH, TRAIN]);
    const way = await FaultProxy.start(Number(new URL(home.proxy.origin).port));
    const scenario = new Scenario(home, way, seed, options);
    try {
      await scenario.live();
    } catch (error) {
      scenario.violations.push(`broke: ${(error as Error).message}`);
    } finally {
      await way.close();
      await home.dissolve();
    }
    const { faults, kills, violations, story } = scenario;
    return { seed, faults, kills, violations, story };
  }

  private async live(): Promise<void> {
    const device = this.dice.pick(["kobo", "kindle"] as const);
    const settings = this.dice.chance(0.5) ? { auto_restore_wifi: true } : {};
    const wifi = this.dice.chance(0.7);
    const start = (): Promise<Hand> =>
      this.home.device({
        device,
        settings,
        wifi,
        pages: PAGES,
        clock: this.isReal ? "real" : "fake",
        address: this.way.url,
      });
    await this.switchOn(start);
    const steps = this.options.steps ?? this.dice.between(8, 26);
    for (let step = 0; step < steps; step += 1) await this.step(start);
    await this.comeHome(start);
    await this.check();
  }

  private tell(text: string): void {
    this.story.push(text);
  }

  private async switchOn(start: () => Promise<Hand>): Promise<void> {
    this.tell("switches on");
    this.hand = await start();
    if (this.isReal) await this.hand.run(CLOCK_THAT_IS_TOLD);
    for (const book of this.books) this.files[book] ??= this.hand.addBook(sampleBook(book));
    this.open = undefined;
    this.isAsleep = false;
  }

  private async pass(seconds: number): Promise<void> {
    this.ledger.pass(seconds);
    if (!this.isReal) return this.hand.advance(seconds);
    await this.hand.run(`later(${seconds})`);
    await this.hand.wait(this.dice.pick([0, 0.02, 0.1]));
  }

  /** A question lies over the book: the reader answers it before anything else. */
  private async answer(): Promise<void> {
    const screen = await this.hand.screen();
    if (!screen.includes("Stay here")) return;
    const answer = this.dice.pick(["Stay here", "Go there"]);
    this.tell(answer);
    await this.hand.tap(answer);
  }

  private async step(start: () => Promise<Hand>): Promise<void> {
    if (this.isAsleep) return this.wakeUp(start);
    await this.answer();
    const inBook: (readonly [number, () => Promise<void>])[] = [
      [30, () => this.turn()],
      [4, () => this.jumpTo()],
      [6, () => this.close()],
      [3, () => this.openBook()],
      [3, () => this.reload()],
      [2, () => this.scroll()],
      [3, () => this.doze()],
      [8, () => this.sleep()],
    ];
    const always: (readonly [number, () => Promise<void>])[] = [
      [8, () => this.network()],
      [10, () => this.goWrong()],
      [5, () => this.heal()],
      [7, () => this.otherDevice()],
      [2, () => this.setClock()],
      [3, () => this.syncNow()],
      [3, () => this.kill(start)],
      [2, () => this.leave(start)],
      [1, () => this.complete()],
      ...(this.isReal ? [] : [[1, () => this.readOnTwin()] as const]),
      ...(this.isReal ? [[6, () => this.killWorker()] as const] : []),
    ];
    const outside: (readonly [number, () => Promise<void>])[] = [
      [30, () => this.openBook()],
      [3, () => this.sleep()],
      [3, () => this.pass(this.dice.between(1, 4000))],
    ];
    await this.dice.weighted([...(this.open === undefined ? outside : inBook), ...always])();
  }

  private async openBook(): Promise<void> {
    const book = this.dice.pick(this.books);
    this.tell(`opens ${book}`);
    this.ledger.end();
    if (this.open === undefined) await this.hand.openBook(this.files[book] ?? "");
    else await this.hand.switchBook(this.files[book] ?? "");
    this.open = book;
    this.ledger.begin(book);
    await this.pass(this.dice.pick([1, 2, 30]));
  }

  private async close(): Promise<void> {
    this.tell("closes the book");
    await this.hand.closeBook();
    this.ledger.end();
    this.open = undefined;
    await this.pass(this.dice.pick([0, 1, 30]));
  }

  /** Page by page: whatever moves the page besides, the reader's own turn is the step of one page. */
  private async turn(): Promise<void> {
    const seconds = this.dice.weighted([
      [2, 2],
      [6, 20],
      [3, 45],
      [1, 400],
      [1, 700],
    ] as const);
    const turns = this.dice.pick([1, 3, 10, 10, 55]);
    this.tell(`turns ${turns} pages, ${seconds} s each`);
    for (let count = 0; count < turns; count += 1) {
      await this.answer();
      const { page, pages } = await this.hand.position();
      if (page === pages) return;
      await this.hand.turn(1);
      this.ledger.page({ isTurn: true });
      this.watchman.moved(TITLES[this.open ?? ""] ?? "");
      // Now nobody is taken anywhere, or asked: the rest goes in one piece.
      const rest = Math.min(turns - 1, pages - page - 1);
      await this.pass(seconds);
      if (this.isReal || rest < 1) continue;
      await this.turnOn(rest, seconds);
      return;
    }
  }

  private async turnOn(turns: number, seconds: number): Promise<void> {
    await this.watchman.whileMoving(TITLES[this.open ?? ""] ?? "", () => this.hand.turn(turns, seconds));
    for (let count = 0; count < turns; count += 1) {
      this.ledger.page({ isTurn: true });
      this.ledger.pass(seconds);
    }
  }

  private async jumpTo(): Promise<void> {
    const { page } = await this.hand.position();
    const target = page > PAGES / 2 ? this.dice.between(1, page - 20) : this.dice.between(page + 20, PAGES);
    this.tell(`goes to page ${target}`);
    await this.hand.gotoPage(target);
    this.ledger.page({ isTurn: false });
    this.watchman.moved(TITLES[this.open ?? ""] ?? "");
    await this.pass(3);
  }

  private async reload(): Promise<void> {
    this.tell("changes the style");
    await this.hand.reloadBook();
    await this.pass(2);
  }

  private async scroll(): Promise<void> {
    this.tell("scrolls within the page");
    await this.hand.run(`local ui, Event = require("apps/reader/readerui").instance, require("ui/event")
      for step = 1, 20 do ui:handleEvent(Event:new("PosUpdate", step, ui:getCurrentPage())) end`);
  }

  private async doze(): Promise<void> {
    const seconds = this.dice.pick([120, 599, 3600, 30_000]);
    this.tell(`looks away for ${seconds} s`);
    await this.pass(seconds);
  }

  private async sleep(): Promise<void> {
    this.tell("closes the lid");
    this.ledger.end();
    await this.hand.closeLid();
    this.isAsleep = true;
  }

  private async wakeUp(start: () => Promise<Hand>): Promise<void> {
    if (this.dice.chance(0.1)) return this.kill(start);
    if (this.dice.chance(0.3)) return this.otherDevice();
    const minutes = this.isReal ? 0 : this.dice.pick([0, 1, 60, 600]);
    this.tell(`opens the lid ${minutes} minutes later`);
    await this.hand.openLid(minutes);
    this.isAsleep = false;
    if (this.open !== undefined) this.ledger.begin(this.open);
    await this.pass(this.dice.pick([1, 2, 10]));
  }

  private async network(): Promise<void> {
    const change = this.dice.pick(["loseWifi", "regainWifi", "regainWifi", "turnWifiOff", "turnWifiOn"] as const);
    this.tell(change);
    await this.hand[change]();
    await this.pass(this.dice.pick([0, 1, 5]));
  }

  private async goWrong(): Promise<void> {
    this.faults += 1;
    if (this.dice.chance(0.25)) {
      this.tell("the server is down");
      return this.way.refuse();
    }
    await this.way.accept();
    if (this.dice.chance(0.4)) return this.loseBytes();
    const fault = this.fault();
    const probability = this.dice.pick([0.3, 1]);
    this.tell(`goes wrong (${probability}): ${JSON.stringify(fault)}`);
    this.home.proxy.fail(() => (this.dice.chance(probability) ? fault : undefined));
  }

  private loseBytes(): void {
    const fault = this.dice.weighted<WayFault>([
      [3, { kind: "cut", afterBytes: this.dice.between(0, 400) }],
      [3, { kind: "dropAnswer" }],
      [2, { kind: "dropAfterFirst" }],
      [3, { kind: "replay" }],
      [1, { kind: "stall", ms: 30 }],
      [1, { kind: "trickle", bytesPerSecond: 20_000 }],
      [1, this.dice.pick([PORTAL, TOO_MANY, UNAVAILABLE])],
      ...(this.isReal ? ([[2, { kind: "blackhole" }]] as const) : []),
    ]);
    const next = this.dice.pick([0, 1, 3]);
    this.tell(`the network goes bad (${next === 0 ? "from now on" : next}): ${JSON.stringify(fault).slice(0, 60)}`);
    if (next === 0) this.way.set(fault);
    else this.way.next(...Array.from({ length: next }, () => fault));
  }

  private fault(): Fault {
    return this.dice.weighted<Fault>([
      [4, { kind: "lost answer" }],
      [2, { kind: "cut", bytes: this.dice.between(0, 40) }],
      [2, { kind: "reset" }],
      [2, { kind: "status", status: this.dice.pick([401, 408, 429, 500, 503]) }],
      [2, { kind: "page", status: this.dice.pick([200, 403, 404, 502, 511]) }],
      ...(this.isReal ? ([[3, { kind: "silence" }]] as const) : []),
    ]);
  }

  private async heal(): Promise<void> {
    this.tell("the way to the server is good");
    await this.mend();
  }

  private async mend(): Promise<void> {
    await this.way.accept();
    this.way.set({ kind: "pass" });
    await this.home.proxy.heal();
  }

  /** The library gets the book that it lacked. */
  private async complete(): Promise<void> {
    if (this.isComplete || !this.books.includes(LATER)) return;
    this.isComplete = true;
    this.tell(`the library gets ${LATER}`);
    await this.home.addToLibrary(LATER);
  }

  /** Somebody copies the settings folder to a second device, and reads there too. */
  private async readOnTwin(): Promise<void> {
    if (this.twin === undefined && this.open !== undefined) return;
    if (this.twin === undefined) await this.pass(10);
    const original = { dataDir: this.hand.dataDir, address: this.way.url, watchman: this.watchman };
    this.twin ??= await Twin.of(this.home, original, TOLERANCE);
    const book = this.dice.pick([ASH, TRAIN]);
    this.tell(`the twin reads ${book}`);
    await new Promise(done => setTimeout(done, 2));
    await this.twin.read(book, TITLES[book] ?? "", PAGES, this.dice);
  }

  private async otherDevice(): Promise<void> {
    const book = this.dice.pick([ASH, TRAIN]);
    const percentage = this.dice.pick([0.02, 0.3, 0.6, 0.9, 1]);
    this.tell(`another device is at ${percentage} of ${book}`);
    // Its stamp has whole milliseconds: two in one would look like one.
    await new Promise(done => setTimeout(done, 2));
    await this.home.elsewhere(book, percentage);
  }

  private async setClock(): Promise<void> {
    const shift = this.dice.pick([-3 * 365 * 86_400, -7200, -30, 30, 7200, 86_400]);
    this.tell(`the clock is set by ${shift} s`);
    await this.hand.setClock((await this.hand.now()) + shift);
  }

  private async syncNow(): Promise<void> {
    if (!(await this.isConnected())) return;
    this.tell("taps Sync now");
    await this.hand.tapMenu("Tools", "Ribbon", "Sync now");
    await this.pass(this.dice.pick([0, 5]));
  }

  private async isConnected(): Promise<boolean> {
    return (await this.hand.run('return require("ui/network/manager"):isConnected()')) === true;
  }

  private async kill(start: () => Promise<Hand>): Promise<void> {
    this.tell("the battery falls out");
    this.kills += 1;
    await this.complain();
    await this.hand.kill();
    this.ledger.kill();
    await this.switchOn(start);
  }

  private async killWorker(): Promise<void> {
    const reader = (await this.hand.run('return require("ffi").C.getpid()')) as number;
    const [child] = childrenOf(reader);
    if (child === undefined) return;
    this.tell("a worker is killed");
    this.kills += 1;
    try {
      process.kill(child, "SIGKILL");
    } catch {
      this.tell("it had ended by itself");
    }
  }

  private async leave(start: () => Promise<Hand>): Promise<void> {
    const verb = this.dice.pick(["exit", "restart", "powerOff"] as const);
    // A toast goes first: KOReader ends when its last window has gone.
    await this.pass(10);
    if (this.isReal) await this.hand.wait(4.2);
    await this.answer();
    this.tell(verb);
    await this.complain();
    await this.hand[verb]();
    if (this.hand.orphans > 0) this.violations.push(`${verb} left ${this.hand.orphans} workers behind`);
    this.ledger.end();
    await this.switchOn(start);
  }

  /** Notes what the reader held against the plugin. */
  private async complain(): Promise<void> {
    for (const { what, verb } of await this.hand.violations()) this.violations.push(`${verb}: ${what}`);
    for (const problem of await this.hand.problems()) this.violations.push(problem);
  }

  /** The network is healthy, and time passes. */
  private async comeHome(start: () => Promise<Hand>): Promise<void> {
    this.tell("comes home");
    await this.mend();
    await this.complete();
    if (this.isAsleep) {
      await this.hand.openLid(10);
      this.isAsleep = false;
      if (this.open !== undefined) this.ledger.begin(this.open);
    }
    await this.hand.regainWifi();
    await this.rest();
    await this.answer();
    if (this.open !== undefined) await this.close();
    await this.rest();
    if (this.dice.chance(0.3)) {
      await this.leave(start);
      await this.rest();
    }
    await this.hand.regainWifi();
    await this.rest();
    // What the library lacked is not asked for again by itself within the hour.
    if (this.books.includes(LATER)) await this.syncNow();
    await this.rest();
    await this.twin?.comeHome();
  }

  private async rest(): Promise<void> {
    if (!this.isReal) {
      await settle(this.hand);
      this.ledger.pass(30);
      return;
    }
    await this.hand.wait(0.1);
    await this.hand.until(async () => (await this.hand.waitingFor()).standbyHolds === 0, 30);
  }

  private async check(): Promise<void> {
    const arrived = this.home.sessions().map(({ title, pagesTurned, durationSeconds }) => ({
      book: Object.keys(TITLES).find(book => TITLES[book] === title) ?? title,
      turns: pagesTurned ?? 0,
      seconds: durationSeconds ?? 0,
    }));
    if (this.twin !== undefined) this.ledger.due.push(...this.twin.ledger.due);
    const complaints = [...this.watchman.complaints, ...(this.twin?.watchman.complaints ?? [])];
    this.violations.push(...this.ledger.compare(arrived), ...complaints);
    await this.hand.tapMenu("Tools", "Ribbon");
    const waiting = (await this.hand.screen()).find(text => text.startsWith("Waiting"));
    if (waiting !== "Waiting (0)") this.violations.push(`still waits: ${waiting ?? "?"}`);
    await this.complain();
  }
}

export const command = ({ isReal }: ScenarioOptions, seed: number): string =>
  `npm run soak -- --seed ${seed}${isReal === true ? " --real" : ""}`;

/** Plays seeds side by side; `next` gives the next seed, or nothing. */
export async function playMany(
  next: () => number | undefined,
  options: ScenarioOptions,
  done: (outcome: Outcome) => void,
  width = 3,
): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let seed = next(); seed !== undefined; seed = next()) done(await Scenario.play(seed, options));
  };
  await Promise.all(Array.from({ length: width }, lane));
}
