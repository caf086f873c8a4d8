// A second device that got the first one's settings folder: it has the same name, the same key, and the same memory.
import fs from "node:fs";
import path from "node:path";
import { type Household, settle } from "../support/node/household";
import { Hand } from "../support/node/hand";
import { Proxy } from "../support/node/proxy";
import { sampleBook } from "../support/node/sample-book";
import type { Dice } from "./dice";
import { Ledger } from "./ledger";
import { Watchman } from "./watchman";

/** The device whose settings are copied; no book is open there. */
export interface Original {
  dataDir: string;
  /** Where the server is, as its settings say. */
  address: string;
  watchman: Watchman;
}

/** Its clock goes on where the first one's was; both are switched on in turn. */
export class Twin {
  readonly ledger: Ledger;
  readonly watchman: Watchman;

  private constructor(
    private readonly proxy: Proxy,
    private readonly dataDir: string,
    first: Watchman,
    tolerance: number,
  ) {
    this.ledger = new Ledger(tolerance);
    this.watchman = Watchman.ofCopy(first, proxy);
  }

  static async of(home: Household, original: Original, tolerance: number): Promise<Twin> {
    const dataDir = path.join(home.folder, "twin");
    fs.cpSync(path.join(original.dataDir, "settings"), path.join(dataDir, "settings"), { recursive: true });
    const proxy = await Proxy.start(() => home.shelf.origin);
    const file = path.join(dataDir, "settings/ribbon.lua");
    // A way of its own to the server, so that it can be told apart there.
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll(original.address, proxy.origin));
    return new Twin(proxy, dataDir, original.watchman, tolerance);
  }

  /** Opens the book, reads some pages and is switched off again. */
  async read(book: string, title: string, pages: number, dice: Dice): Promise<void> {
    const hand = await Hand.start({ dataDir: this.dataDir, pages });
    try {
      const file = hand.addBook(sampleBook(book));
      await hand.openBook(file);
      this.ledger.begin(book);
      await this.pass(hand, 2);
      if ((await hand.screen()).includes("Stay here")) await hand.tap(dice.pick(["Stay here", "Go there"]));
      await this.turn(hand, title, dice.between(1, 12));
      await hand.closeBook();
      this.ledger.end();
      await settle(hand);
      await hand.exit();
    } finally {
      await hand.stop();
    }
  }

  private async pass(hand: Hand, seconds: number): Promise<void> {
    await hand.advance(seconds);
    this.ledger.pass(seconds);
  }

  private async turn(hand: Hand, title: string, most: number): Promise<void> {
    const { page, pages } = await hand.position();
    const turns = Math.min(most, pages - page);
    await this.watchman.whileMoving(title, () => hand.turn(turns, 20));
    for (let count = 0; count < turns; count += 1) {
      this.ledger.page({ isTurn: true });
      this.ledger.pass(20);
    }
  }

  /** What still waits is sent. */
  async comeHome(): Promise<void> {
    const hand = await Hand.start({ dataDir: this.dataDir });
    await settle(hand);
    await hand.regainWifi();
    await settle(hand);
    await hand.stop();
    await this.proxy.close();
  }
}
