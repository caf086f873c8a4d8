// A reader's household: a library server, the way to it, and devices with the built plugin. Knows nothing of vitest.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeParsers } from "../../../src/shelf/library/parsing/parsers";
import { type SessionRow, type Shelf, type ShelfOptions, startShelf } from "../../../src/shelf/shelf";
import { Hand, type HandOptions } from "./hand";
import { Proxy } from "./proxy";
import { putLibrary } from "./ready-library";
import { sampleBook } from "./sample-book";

/** One for all households: to start the processes that look into books takes longer than the looking. */
const parsers = makeParsers();

export const ASH = "ash.epub";
export const TRAIN = "night-train.epub";
/** Fixed pages. */
export const GULL = "gull-and-anchor.cbz";

/** Time for what runs in the background. */
export const SETTLE = 30;
export const MORNING = Date.UTC(2026, 4, 4, 7) / 1000;

export interface DeviceOptions extends Partial<HandOptions> {
  /** Another device of the household; each name has a data folder of its own. */
  name?: string;
  /** False: no server was entered yet. */
  isSetUp?: boolean;
  /** False: the reader switched the last call before sleep off. */
  lastCall?: boolean;
  /** True: the device looks by itself whether books were sent to it. Most tests count requests of another kind. */
  inboxOffers?: boolean;
  /** More of what the reader set for the server, as fields of a Lua table: "validity = { minPages = 5 }". */
  connection?: string;
  /** The page by which a Wi-Fi that wants to be signed in to is found out; none, so that nothing outside this machine is asked. */
  openPage?: string;
  /** Where the server is entered to be, when something else lies on the way to it. */
  address?: string;
}

/** KOReader's own file, unless the device was on before. */
function writeSettings(dataDir: string, fields: readonly string[]): void {
  const file = path.join(dataDir, "settings/ribbon.lua");
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `return { ${fields.join(", ")} }\n`);
}

/** What a person would have entered under Tools › Ribbon › Servers…, as KOReader keeps it. */
function serverFields(
  name: string,
  url: string,
  key: string,
  { lastCall = true, inboxOffers = false, connection: more = "" }: DeviceOptions,
): string[] {
  const connection = `{ id = "main", kind = "tome", name = "Home", url = "${url}", key = "${key}", ${more} }`;
  return [
    `connections = { ${connection} }`,
    `device_name = "${name}"`,
    `preferences = { lastCall = ${lastCall}, inboxOffers = ${inboxOffers} }`,
  ];
}

/** Everything that one reader has at home. */
export class Household {
  /** The devices that are on. */
  private readonly hands = new Set<Hand>();

  private constructor(
    readonly folder: string,
    readonly shelf: Shelf,
    readonly key: string,
    readonly proxy: Proxy,
  ) {}

  /** @param more what the server is told besides: to look like an old Tome, for instance */
  static async found(
    books: readonly string[] = [ASH, TRAIN, GULL],
    more: Partial<ShelfOptions> = {},
  ): Promise<Household> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "household-"));
    await putLibrary(folder, books);
    const [dataDir, booksDir] = [path.join(folder, "shelf"), path.join(folder, "library")];
    const shelf = await startShelf({ dataDir, booksDir, tellsTime: false, parsers, ...more });
    const proxy = await Proxy.start(() => shelf.origin);
    return new Household(folder, shelf, shelf.addKey("Kobo").key, proxy);
  }

  async dissolve(): Promise<void> {
    await Promise.all([...this.hands].map(hand => hand.stop()));
    await this.proxy.close();
    await this.shelf.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Switches a device on; the same name again is its next start. */
  async device({
    name = "Kobo",
    isSetUp = true,
    lastCall,
    inboxOffers,
    connection,
    openPage = "",
    address = this.proxy.origin,
    ...options
  }: DeviceOptions = {}): Promise<Hand> {
    const dataDir = path.join(this.folder, name);
    const chosen = {
      ...(lastCall === undefined ? {} : { lastCall }),
      ...(inboxOffers === undefined ? {} : { inboxOffers }),
      ...(connection === undefined ? {} : { connection }),
    };
    const server = isSetUp ? serverFields(name, address, this.key, chosen) : [];
    writeSettings(dataDir, [...server, `open_page = "${openPage}"`]);
    const now = fs.existsSync(path.join(dataDir, ".clock")) || options.clock === "real" ? {} : { now: MORNING };
    const hand = await Hand.start({ dataDir, ...now, ...options });
    this.hands.add(hand);
    void hand.ended.then(() => this.hands.delete(hand));
    return hand;
  }

  /** A device on which a book lies ready. */
  async deviceWith(book: string, options: DeviceOptions = {}): Promise<{ hand: Hand; file: string }> {
    const hand = await this.device(options);
    return { hand, file: hand.addBook(sampleBook(book)) };
  }

  /** The library gets a book. */
  async addToLibrary(book: string): Promise<void> {
    fs.copyFileSync(sampleBook(book), path.join(this.folder, "library", book));
    await this.shelf.rescan();
  }

  async removeFromLibrary(book: string): Promise<void> {
    fs.rmSync(path.join(this.folder, "library", book));
    await this.shelf.rescan();
  }

  /** Another device reads: what its plugin, or the server's web reader, would say. */
  async elsewhere(book: string, percentage: number, more: { device?: string; progress?: string } = {}): Promise<void> {
    const resolved = await this.ask(`/resolve?filename=${encodeURIComponent(book)}`);
    const { book_id: id } = (await resolved.json()) as { book_id: number };
    const body = JSON.stringify({ progress: more.progress ?? null, percentage, device: more.device ?? "phone" });
    const put = await this.ask(`/position/${id}`, { method: "PUT", body });
    if (!put.ok) throw new Error(`the server refused the other device's place: ${put.status}`);
  }

  private ask(where: string, init: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.key}`, "Content-Type": "application/json" };
    return fetch(`${this.shelf.origin}/api/tome-sync${where}`, { headers, ...init });
  }

  /** The page turns of the sessions that arrived, in the order in which they began. */
  turns(): number[] {
    return this.sessions().map(({ pagesTurned }) => pagesTurned ?? 0);
  }

  sessions(): SessionRow[] {
    return this.shelf.sessions().sort((one, other) => one.startedAt.localeCompare(other.startedAt));
  }

  /** Where the server says that the reader is, in percent; by title when there are several books. */
  places(): number[] {
    return this.shelf.positions().map(({ percentage }) => Math.round(percentage * 100));
  }

  /** What the devices that are on did on the main loop and must not, and what broke. */
  async complaints(): Promise<string[]> {
    const complaints: string[] = [];
    for (const hand of this.hands) {
      complaints.push(...(await hand.violations()).map(({ verb, what }) => `${verb}: ${what}`));
      complaints.push(...(await hand.problems()));
    }
    return complaints;
  }
}

/** Lets the background come to rest. */
export const settle = (hand: Hand): Promise<void> => hand.advance(SETTLE);
