// The power fails while books come that were sent to this device: afterwards each is whole under its name or not there, the
// queue says which, and its inbox hears of it once.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { Dice } from "../scenarios/dice";
import { Disk, type Files } from "../support/node/disk";
import { type RemoteBook, libraryOf, sendToDevices } from "../support/node/downloads";
import type { Hand } from "../support/node/hand";
import { ASH, Household, TRAIN } from "../support/node/household";
import { FIND_LIBRARY, lua } from "../support/node/library";

interface Row {
  state: string;
  target: string;
  remoteId: string;
  /** What the inbox is still to be told. */
  owed: number;
  /** Whether a book under this name is linked to the server's. */
  linked: number;
}

const sum = (bytes: Buffer): string => crypto.createHash("md5").update(bytes).digest("hex");
const isDelivered = (what: string): boolean => what === "POST inbox";

/** A device on whose disk everything lies in one flat folder, as `Disk` wants it: the store and the books. */
class Shelfful {
  readonly settings: string;
  readonly disk: Disk;
  private readonly sums: string[];

  constructor(
    private readonly home: Household,
    private readonly wal: boolean,
  ) {
    this.settings = path.join(home.folder, "Kobo/settings");
    fs.mkdirSync(this.settings, { recursive: true });
    this.sums = [ASH, TRAIN].map(book => sum(fs.readFileSync(path.join(home.folder, "library", book))));
    this.disk = new Disk(home.folder, this.settings);
  }

  start(more: { under?: string[]; wifi?: boolean } = {}): Promise<Hand> {
    return this.home.device({ wal: this.wal, ...more });
  }

  /** One folder for the store and the books, long before. */
  async chooseFolder(): Promise<void> {
    const hand = await this.start();
    const choice = lua({ layout: "flat", folder: this.settings });
    await hand.run(`${FIND_LIBRARY} the_require("src.app.start").ribbon().runtime.settings:saveDownloads(${choice})`);
    await hand.stop();
  }

  /** The queue, as it stands on the disk. */
  rows(): Row[] {
    const store = new Sqlite(path.join(this.settings, "ribbon.sqlite3"));
    const sql = `
      SELECT state, target, download.remote_id AS remoteId,
        (SELECT COUNT(*) FROM receipt WHERE receipt.item = download.inbox_item) AS owed,
        (SELECT COUNT(*) FROM link JOIN book ON book.id = link.book
          WHERE link.remote_id = download.remote_id AND confirmed = 1 AND book.file = download.target) AS linked
      FROM download ORDER BY id`;
    const isThere = store.prepare("SELECT 1 FROM sqlite_master WHERE name = 'download'").get() !== undefined;
    const rows = isThere ? store.prepare<[], Row>(sql).all() : [];
    // A power cut ends a run of the system: a part of the one before is another matter.
    if (isThere) store.exec("UPDATE download SET proof = json_set(proof, '$.boot', 'before') WHERE proof <> ''");
    store.close();
    return rows;
  }

  books(): string[] {
    const names = fs.readdirSync(this.settings);
    return names.filter(name => /^[^.].*\.(epub|cbz)$/.test(name)).map(name => path.join(this.settings, name));
  }

  /** The device as the power left it; gives what is wrong with it, before anything runs and after it came to rest. */
  async afterCut(files: Files): Promise<string[]> {
    for (const name of fs.readdirSync(this.settings)) fs.rmSync(path.join(this.settings, name), { recursive: true });
    for (const [name, content] of files) fs.writeFileSync(path.join(this.settings, name), content);
    const rows = this.rows();
    const wrong = [...this.halves(), ...rows.flatMap(row => this.lies(row))];
    if (rows.length > 0) wrong.push(...(await this.end(rows)));
    return wrong;
  }

  private halves(): string[] {
    const isHalf = (file: string): boolean => !this.sums.includes(sum(fs.readFileSync(file)));
    return this.books().flatMap(file => (isHalf(file) ? [`half a book: ${path.basename(file)}`] : []));
  }

  private lies({ state, target, owed, linked }: Row): string[] {
    const isThere = target !== "" && fs.existsSync(target);
    const name = path.basename(target);
    const wrong: string[] = [];
    if (state === "done" && !isThere) wrong.push(`not there, although done: ${name}`);
    if (isThere && linked !== 1) wrong.push(`there, and not linked: ${name}`);
    if (owed !== (state === "done" ? 1 : 0)) wrong.push(`${state} and ${owed} words owed: ${name}`);
    return wrong;
  }

  /** The next start, with a network: everything comes, once. */
  private async end(before: readonly Row[]): Promise<string[]> {
    this.home.proxy.taken();
    const hand = await this.start();
    await hand.advance(40);
    const wrong = await hand.problems();
    await hand.kill();
    const told = this.home.proxy.taken().filter(isDelivered).length;
    const rows = this.rows();
    if (this.books().length !== before.length) wrong.push(`at the end there are ${this.books().length} books`);
    if (told !== before.length) wrong.push(`the inbox was told ${told} times`);
    for (const { state, owed, linked, target } of rows) {
      if (state !== "done" || owed !== 0 || linked !== 1) {
        wrong.push(`at the end: ${state}, ${owed} owed, linked ${linked}: ${path.basename(target)}`);
      }
    }
    return [...wrong, ...this.halves()];
  }
}

/** Orders what was sent to the device, as a tap on “Download” does. */
async function order(home: Household, hand: Hand, books: readonly RemoteBook[]): Promise<void> {
  const headers = { Authorization: `Bearer ${home.key}` };
  const answer = await fetch(`${home.shelf.origin}/api/tome-sync/inbox`, { headers });
  const { items } = (await answer.json()) as { items: { id: number; book_id: number }[] };
  const itemOf = (book: RemoteBook): string => `${items.find(item => `${item.book_id}` === book.remoteId)?.id}`;
  const orders = books.map(book => ({ connection: "main", book, file: book.files[0], inboxItem: itemOf(book) }));
  await hand.run(`${FIND_LIBRARY} the_library.downloads:add(${lua(orders)})`);
}

async function cutPower(seed: number, wal: boolean): Promise<string[]> {
  const home = await Household.found([ASH, TRAIN]);
  const dice = new Dice(seed);
  const costs: string[] = [];
  try {
    const device = new Shelfful(home, wal);
    const { disk } = device;
    // Another server would be one more thing that remembers: it hears of nothing while the books come.
    home.proxy.fail(({ path: at }) => (at.endsWith("/delivered") ? { kind: "reset" } : undefined));
    await device.chooseFolder();
    const hand = await device.start({ under: disk.under });
    const books = libraryOf(home);
    await sendToDevices(home, books);
    const begun = disk.syncs();
    await order(home, hand, books);
    const written: { syncs: number; files: Files }[] = [];
    for (let moment = 0; moment < 12; moment += 1) {
      written.push({ syncs: disk.syncs(), files: disk.written() });
      await hand.advance(0.25);
    }
    await hand.advance(10);
    const last = disk.syncs();
    await hand.kill();
    await home.proxy.heal();
    expect(device.rows().map(({ state }) => state)).toEqual(["done", "done"]);
    const cut = async (when: string, files: Files): Promise<void> => {
      const wrong = await device.afterCut(files);
      if (wrong.length > 0) costs.push([`${when}:`, ...wrong].join("\n  "));
    };
    for (let sync = begun; sync <= last; sync += 1) await cut(`sync ${sync}`, disk.after(sync));
    for (const { syncs, files } of written) {
      await cut(
        `sync ${syncs}, some more written`,
        disk.after(syncs, files, () => dice.chance(0.5)),
      );
    }
  } finally {
    await home.dissolve();
  }
  return costs;
}

test("a book that was on its way is whole or not there, and whatever the queue says of it is true", async () => {
  expect(await cutPower(1, true)).toEqual([]);
}, 900_000);

test("the same on a device that cannot keep a write-ahead log", async () => {
  expect(await cutPower(2, false)).toEqual([]);
}, 900_000);
