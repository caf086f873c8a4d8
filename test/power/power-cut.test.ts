// The power fails in the middle of a day: what was finished is on the disk, a sitting lost its last minute, the store is whole.
import fs from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { Dice } from "../scenarios/dice";
import { type Arrived, Ledger } from "../scenarios/ledger";
import { Disk, type Files } from "../support/node/disk";
import { Hand } from "../support/node/hand";
import { ASH, Household, TRAIN } from "../support/node/household";
import { sampleBook } from "../support/node/sample-book";

const TOLERANCE = 4;

/** One moment at which the power could fail. */
interface Moment {
  /** What had happened. */
  story: string;
  syncs: number;
  written: Files;
  /** What the next start must find. */
  due: Ledger;
  /** What had ended by then, whatever comes. */
  finished: Ledger;
}

/** A day without a network: everything that is read waits in the store. */
class Day {
  readonly moments: Moment[] = [];
  private readonly ledger = new Ledger(TOLERANCE);
  private readonly story: string[] = [];
  private isOpen = false;

  constructor(
    private readonly hand: Hand,
    private readonly disk: Disk,
    private readonly dice: Dice,
    private readonly books: Readonly<Record<string, string>>,
  ) {}

  async live(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.step();
      // What comes after the repaint.
      await this.pass(1);
      this.note();
    }
  }

  private note(): void {
    const { disk } = this;
    const { ledger } = this;
    const [due, finished] = [ledger.ifKilled(), ledger.finished()];
    this.moments.push({ story: this.story.join(", "), syncs: disk.syncs(), written: disk.written(), due, finished });
  }

  private async pass(seconds: number): Promise<void> {
    await this.hand.advance(seconds);
    this.ledger.pass(seconds);
  }

  private step(): Promise<void> {
    if (!this.isOpen) return this.openBook();
    const acts: [number, () => Promise<void>][] = [
      [6, () => this.turn()],
      [2, () => this.closeBook()],
      [1, () => this.openBook()],
      [1, () => this.reload()],
      [2, () => this.nap()],
    ];
    return this.dice.weighted(acts)();
  }

  private async openBook(): Promise<void> {
    const book = this.dice.pick([ASH, TRAIN]);
    this.story.push(`opens ${book}`);
    this.ledger.end();
    if (this.isOpen) await this.hand.switchBook(this.books[book] ?? "");
    else await this.hand.openBook(this.books[book] ?? "");
    this.isOpen = true;
    this.ledger.begin(book);
  }

  private async turn(): Promise<void> {
    const [turns, seconds] = [this.dice.pick([1, 4, 12]), this.dice.pick([5, 20, 70])];
    this.story.push(`turns ${turns} pages of ${seconds} s`);
    await this.hand.turn(turns, seconds);
    for (let count = 0; count < turns; count += 1) {
      this.ledger.page({ isTurn: true });
      this.ledger.pass(seconds);
    }
  }

  private async closeBook(): Promise<void> {
    this.story.push("closes the book");
    await this.hand.closeBook();
    this.ledger.end();
    this.isOpen = false;
  }

  private async reload(): Promise<void> {
    this.story.push("changes the style");
    await this.hand.reloadBook();
  }

  private async nap(): Promise<void> {
    this.story.push("naps");
    this.ledger.end();
    await this.hand.closeLid();
    this.note();
    await this.hand.openLid(10);
    this.ledger.begin(this.bookOnScreen());
  }

  private bookOnScreen(): string {
    const opened = this.story.filter(line => line.startsWith("opens ")).at(-1) ?? "";
    return opened.slice("opens ".length);
  }
}

/** Starts the device again with this on its disk, still without a network; gives the sessions that wait, and what is wrong. */
async function startAgain(home: Household, files: Files, wal: boolean): Promise<[Arrived[], string[]]> {
  const dataDir = fs.mkdtempSync(path.join(home.folder, "again-"));
  const settings = path.join(dataDir, "settings");
  fs.cpSync(path.join(home.folder, "Kobo"), dataDir, {
    recursive: true,
    filter: source => !source.includes("/settings/"),
  });
  for (const [name, content] of files) fs.writeFileSync(path.join(settings, name), content);
  const hand = await Hand.start({ dataDir, wifi: false, wal });
  await hand.advance(5);
  const wrong = await hand.problems();
  await hand.kill();
  for (const name of fs.readdirSync(settings)) if (name.includes("damaged")) wrong.push(`set aside: ${name}`);
  const found = waitingIn(path.join(settings, "ribbon.sqlite3"));
  fs.rmSync(dataDir, { recursive: true });
  return [found, wrong];
}

function waitingIn(file: string): Arrived[] {
  const store = new Sqlite(file);
  const sql = "SELECT payload, file FROM outbox JOIN book ON book.id = outbox.book WHERE kind = 'session'";
  const rows = store.prepare<[], { payload: string; file: string }>(sql).all();
  const verdict = store.pragma("integrity_check", { simple: true });
  store.close();
  expect(verdict).toBe("ok");
  return rows.map(row => {
    const { session } = JSON.parse(row.payload) as { session: { pageTurns: number; duration: number } };
    return { book: path.basename(row.file), turns: session.pageTurns, seconds: session.duration };
  });
}

/** Plays a day, and then the power cuts that it might have had. Returns what any of them would have cost. */
async function cutPower(seed: number, wal: boolean, steps: number): Promise<string[]> {
  const home = await Household.found([ASH, TRAIN]);
  try {
    const folder = path.join(home.folder, "Kobo/settings");
    fs.mkdirSync(folder, { recursive: true });
    const disk = new Disk(home.folder, folder);
    const hand = await home.device({ under: disk.under, wifi: false, wal });
    const books = Object.fromEntries([ASH, TRAIN].map(book => [book, hand.addBook(sampleBook(book))]));
    const dice = new Dice(seed);
    const day = new Day(hand, disk, dice, books);
    await day.live(steps);
    await hand.kill();
    return await costs(home, disk, day.moments, dice, wal);
  } finally {
    await home.dissolve();
  }
}

async function costs(home: Household, disk: Disk, moments: Moment[], dice: Dice, wal: boolean): Promise<string[]> {
  const costs: string[] = [];
  let next = 0;
  let known = new Ledger(TOLERANCE);
  const missing = (found: Arrived[]): string[] => known.compare(found).filter(line => line.startsWith("missing"));
  const cut = async (when: string, files: Files, complain: (found: Arrived[]) => string[]): Promise<void> => {
    const [found, wrong] = await startAgain(home, files, wal);
    const complaints = [...wrong, ...complain(found)];
    if (complaints.length > 0) costs.push([`${when}:`, ...complaints, `found: ${JSON.stringify(found)}`].join("\n  "));
  };
  for (const { story, syncs, written, due, finished } of moments) {
    for (let sync = next; sync < syncs; sync += 1) await cut(`${story} [sync ${sync}]`, disk.after(sync), missing);
    await cut(story, disk.after(syncs), found => due.compare(found));
    const luck = (): boolean => dice.chance(0.5);
    await cut(`${story} [some more written]`, disk.after(syncs, written, luck), found => due.compare(found));
    next = syncs + 1;
    known = finished;
  }
  return costs;
}

test("nothing that was finished is lost with the power, and of a sitting at most the last minute", async () => {
  expect(await cutPower(1, true, 14)).toEqual([]);
}, 900_000);

test("the same on a device that cannot keep a write-ahead log", async () => {
  expect(await cutPower(2, false, 14)).toEqual([]);
}, 900_000);
