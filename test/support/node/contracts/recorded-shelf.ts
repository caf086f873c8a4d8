import { rmSync } from "node:fs";
import { join } from "node:path";
import { startShelf, type Shelf, type ShelfSettings } from "../../../../src/shelf/shelf";
import { openStore } from "../../../../src/shelf/store/store";
import { makeTempDir } from "../temp-dir";
import { differences } from "./compare";
import type { Action, Exchange } from "./exchange";
import { Placeholders } from "./placeholders";
import { pathsOf, seedShelf } from "./seed";
import { sendExchange } from "./send";

/** The recordings begin with one question to an empty server. */
const BEFORE_SEEDING = "001";

const STEP_MS = 20;

/** A Shelf that goes through what the recorded server went through. */
export class RecordedShelf {
  private readonly dataDir = makeTempDir();
  private readonly booksDir = makeTempDir();
  private placeholders = new Placeholders(new Map(), () => this.clock);
  private isSeeded = false;
  private shelf: Shelf | undefined;
  /** Goes on with the requests, not with the machine, so that no stall puts seconds between what happened at once. */
  private clock = Date.now();

  async start(settings: Partial<ShelfSettings> = {}): Promise<void> {
    const { dataDir, booksDir } = this;
    this.shelf = await startShelf({ dataDir, booksDir, settings, now: () => new Date(this.clock) });
  }

  async stop(): Promise<void> {
    await this.shelf?.close();
    for (const dir of [this.dataDir, this.booksDir]) rmSync(dir, { recursive: true, force: true });
  }

  /** Sends a recorded request; returns what differs in the answer, in words. */
  async replay(exchange: Exchange): Promise<string[]> {
    if (!this.isSeeded && exchange.id !== BEFORE_SEEDING) {
      this.placeholders = new Placeholders(await seedShelf(this.dataDir, this.booksDir), () => this.clock);
      this.isSeeded = true;
    }
    this.clock += STEP_MS + (exchange.wait_before_s ?? 0) * 1000;
    const origin = this.shelf?.origin ?? "";
    this.placeholders.bind("<origin>", origin);
    return differences(exchange, await sendExchange(origin, exchange, this.placeholders), this.placeholders);
  }

  async act(action: Action): Promise<void> {
    switch (action.action) {
      case "expire_pairing_codes":
        return this.expirePairingCodes();
      case "delete_file":
        return pathsOf(action.book_id).forEach(path => rmSync(join(this.booksDir, path)));
      case "restart": {
        const { web_ui: webUi, send_to_koreader: sendToKoreader, kosync_position_bridge } = action.settings;
        await this.shelf?.close();
        await this.start({ webUi, sendToKoreader, kosyncPositionBridge: kosync_position_bridge });
      }
    }
  }

  private expirePairingCodes(): void {
    const store = openStore(this.dataDir);
    store.pairingCodes.expireAll(new Date(0).toISOString());
    store.close();
  }
}
