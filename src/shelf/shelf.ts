import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { Attempts } from "./accounts/attempts";
import { LoginTokens } from "./accounts/login-token";
import { mintKey, ownerOf } from "./accounts/owner";
import { needsSetUp, SetUpCode } from "./accounts/set-up";
import { clockWith, withFaults, type Faults } from "./faults/faults";
import { openFolder } from "./library/folder";
import type { Parsers } from "./library/parsing/parsers";
import type { ScanReport } from "./library/scan";
import type { ScanState, WatchTimes } from "./library/scanner";
import { changeCertificate, PATIENCE, type Patience } from "./operation/listener";
import { makeLog, type Logger } from "./operation/log";
import { countRunning, stopServer } from "./operation/stop";
import { readTls, type TlsFiles } from "./operation/tls";
import { PLUGIN_DIR } from "./plugin/built";
import { makeServer, type Exposure, type KnownRoute } from "./server";
import { DEFAULT_SETTINGS, type ShelfSettings } from "./settings";
import type { Annotation } from "./store/annotations";
import type { BookRow } from "./store/books";
import type { PositionRow } from "./store/positions";
import type { SessionRow } from "./store/sessions";
import type { StatusRow } from "./store/statuses";
import { openStore, type Store } from "./store/store";
import { fallbackBeside, pageForAll } from "./tome/fallback";
import { makeGuards } from "./tome/guards";
import { allRoutes } from "./tome/routes";
import { isLoopback } from "./web/reachable";

export type { Annotation, StatusRow, BookRow, PositionRow, ScanReport, SessionRow, ShelfSettings, Faults };

export interface ShelfOptions {
  /** Where Shelf keeps its database; made when absent. */
  readonly dataDir: string;
  /** The folder of books; without it Shelf serves what its database knows. */
  readonly booksDir?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The address to listen on; 127.0.0.1 unless given. */
  readonly host?: string;
  /** Certificate and key: Shelf then speaks HTTPS. */
  readonly tls?: TlsFiles;
  /** Whose forwarded headers are believed: addresses, nets (`10.0.0.0/8`) or `loopback`. Nobody's unless given. */
  readonly trustedProxies?: readonly string[];
  /** The address that readers use, when a proxy does not tell it: `https://books.example.org`. */
  readonly baseUrl?: string;
  /** Where to write down what happens; errors alone, to the error stream, unless given. */
  readonly log?: Logger;
  /** How long requests may take; for tests that will not wait. */
  readonly patience?: Partial<Patience>;
  /**
   * Takes in at once what changes in the folder of books. The first look through it then goes on beside the first
   * requests.
   */
  readonly watch?: boolean | WatchTimes;
  /** What looks into files, when several servers share it; whoever made it closes it. */
  readonly parsers?: Parsers;
  readonly now?: () => Date;
  /** False: answers carry no date. For tests whose readers live at another time. */
  readonly tellsTime?: boolean;
  /** Switches that are not at their default (a web page for unknown addresses, an inbox, no KOSync bridge). */
  readonly settings?: Partial<ShelfSettings>;
  /** The built plugin that is handed out; the one beside Shelf's own sources unless given. */
  readonly pluginDir?: string;
  /** What goes wrong on purpose, for tests of clients. */
  readonly faults?: Faults;
}

/** A running library server. */
export interface Shelf {
  /** For instance http://127.0.0.1:8080. */
  readonly origin: string;
  /** Ends; requests that run have so long to finish, at once cut off without a time. */
  close(graceMs?: number): Promise<void>;
  /** Reads certificate and key again, for connections from now on. Throws, and keeps the old ones, when they are no good. */
  reloadTls(): void;
  /** What the first page asks for; undefined once there is an owner with a password. */
  setUpCode(): string | undefined;
  /** Makes a plugin key for the owner, who is made when there is none. The key cannot be seen again. */
  addKey(label: string): { id: number; key: string };
  /** A login token of the owner, for the routes that browsers use: highlights, books for the inbox, pairing. */
  loginToken(): Promise<string>;
  /** Looks through the folder of books again. Rejects when the folder cannot be read; finds nothing without one. */
  rescan(): Promise<ScanReport>;
  /** Where the look through the folder of books stands. */
  scanState(): ScanState;
  books(): BookRow[];
  sessions(): SessionRow[];
  positions(): PositionRow[];
  /** Reading statuses and ratings. */
  statuses(): StatusRow[];
  annotations(): Annotation[];
  /** Every route that is answered, pages included. */
  routes(): readonly KnownRoute[];
  /** How many requests came in so far. */
  requests(): number;
}

/**
 * Starts a library server that speaks Tome 2.3's API. The folder of books is scanned before the promise resolves; it
 * rejects when that folder cannot be read, the data folder cannot be written, or the port is taken.
 */
export async function startShelf(options: ShelfOptions): Promise<Shelf> {
  const { dataDir, booksDir, port = 0, host = "127.0.0.1", faults = {}, tellsTime = true, tls } = options;
  const { pluginDir = PLUGIN_DIR } = options;
  const exposure = exposureOf(options);
  const now = clockWith(faults, options.now ?? (() => new Date()));
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const store = openStore(dataDir);
  const folder = openFolder({ ...options, store, now });
  const { scanner, covers } = folder;
  const access = accessTo(store, now);
  const context = { store, ...access, now, booksDir, scanner, covers, settings, pluginDir };
  const routes = withFaults(allRoutes(context), faults, now);
  const setUpCode = new SetUpCode();
  const web = { ...context, setUpCode, ...webOptionsOf(options) };
  const app = settings.webUi
    ? makeServer(routes, pageForAll, exposure, web)
    : makeServer(routes, fallbackBeside(routes), exposure);
  const shownCode = () => (settings.webUi && needsSetUp(store) ? setUpCode.shown : undefined);
  const running = countRunning(app.server);
  const requests = countRequests(app, tellsTime);
  try {
    store.reading.addUp();
    await folder.begin();
    await app.listen({ port, host });
  } catch (error) {
    await folder.stop();
    await app.close();
    store.close();
    throw error;
  }
  const close = async (graceMs = 0) => {
    await stopServer(app, running, graceMs);
    await folder.stop();
    store.close();
  };
  return {
    origin: originOf(app.server.address() as AddressInfo, tls !== undefined),
    close,
    reloadTls: () => void (tls && changeCertificate(app.server, readTls(tls))),
    rescan: () => scanner.scan(),
    scanState: () => scanner.state(),
    routes: () => exposure.routes,
    requests,
    setUpCode: shownCode,
    ...keysOf(store, access.tokens, now),
    ...contentsOf(store),
  };
}

function countRequests(app: FastifyInstance, tellsTime: boolean): () => number {
  let requests = 0;
  app.addHook("onRequest", (_request, reply, done) => {
    requests += 1;
    reply.raw.sendDate = tellsTime;
    done();
  });
  return () => requests;
}

/** What decides who may come in. */
function accessTo(store: Store, now: () => Date) {
  const tokens = new LoginTokens(store.credentials, now);
  return { tokens, guards: makeGuards(store, tokens, now), attempts: new Attempts(now) };
}

function exposureOf({ log, tls, trustedProxies = [], baseUrl, patience }: ShelfOptions): Exposure {
  const limits = { ...PATIENCE, ...patience };
  return {
    log: log ?? makeLog("error"),
    tls: tls && readTls(tls),
    trustedProxies,
    baseUrl,
    patience: limits,
    routes: [],
  };
}

function webOptionsOf({ baseUrl, host = "127.0.0.1" }: ShelfOptions) {
  const isOpen = !isLoopback(`http://${host.includes(":") ? `[${host}]` : host}`);
  return { baseUrl, isOpen };
}

function keysOf(store: Store, tokens: LoginTokens, now: () => Date): Pick<Shelf, "addKey" | "loginToken"> {
  const at = () => now().toISOString();
  return {
    addKey: label => mintKey(store, ownerOf(store, at()), label, at()),
    loginToken: () => tokens.issue(ownerOf(store, at())),
  };
}

function contentsOf(store: Store): Pick<Shelf, "books" | "sessions" | "positions" | "statuses" | "annotations"> {
  return {
    books: () => store.books.all(),
    sessions: () => store.sessions.all(),
    positions: () => store.positions.all(),
    statuses: () => store.statuses.all(),
    annotations: () => store.annotations.all(),
  };
}

function originOf({ address, family, port }: AddressInfo, isTls: boolean): string {
  return `http${isTls ? "s" : ""}://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
