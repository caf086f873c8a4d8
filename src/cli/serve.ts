import { resolve } from "node:path";
import { Command } from "commander";
import { LOG_LEVELS, makeLog, type LogLevel } from "../shelf/operation/log";
import { startShelf, type Shelf, type ShelfOptions } from "../shelf/shelf";
import { defaultDataDir } from "./data-dir";
import { addTo, readBaseUrl, readLogLevel, readPort, readProxy } from "./serve-options";
import { explainStart } from "./start-errors";

interface ServeOptions {
  readonly books: string;
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly cert?: string;
  readonly key?: string;
  readonly trustProxy: readonly string[];
  readonly baseUrl?: string;
  readonly log: LogLevel;
}

/** How long requests that run may take to finish when the server is asked to stop. */
const GRACE_MS = 10_000;

const EXAMPLES = `
Examples:
  ribbon serve --books ~/Books
      on this computer only: http://127.0.0.1:8080
  ribbon serve --books ~/Books --host 0.0.0.0
      for every device at home: http://<this computer>:8080
  ribbon serve --books ~/Books --host 0.0.0.0 --port 8443 --cert shelf.crt --key shelf.key
      the same with TLS; after renewing the certificate: kill -HUP <process>
  ribbon serve --books ~/Books --trust-proxy loopback --base-url https://books.example.org
      behind a reverse proxy on this computer that speaks TLS

Then, in another terminal:
  ribbon key add "Kobo Clara"        a key for one e-reader, shown once
  ribbon backup shelf-backup.sqlite3 a copy of everything, while the server runs

What changes in the folder of books is noticed at once, on network drives within ten minutes. Nothing is ever
written into it. Ctrl-C ends the server; requests that run are finished first.
More: docs/shelf.md`;

/** `ribbon serve`: a library server until Ctrl-C. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("serve a folder of books to e-readers")
    .requiredOption("--books <dir>", "the folder of books; it is only read")
    .option("--data <dir>", "where to keep places, sessions and accounts", defaultDataDir())
    .option("--port <n>", "the port to listen on; 0 takes a free one", readPort, 8080)
    .option("--host <address>", "the address to listen on; 0.0.0.0 lets the home network in", "127.0.0.1")
    .option("--cert <file>", "a certificate (PEM), for TLS")
    .option("--key <file>", "its private key (PEM)")
    .option("--trust-proxy <address>", "believe this proxy's forwarded headers; may be repeated", addTo(readProxy), [])
    .option("--base-url <url>", "the address readers use, if a proxy hides it", readBaseUrl)
    .option("--log <level>", LOG_LEVELS.join(", "), readLogLevel, "info")
    .addHelpText("after", EXAMPLES)
    .action(serve);
}

async function serve(given: ServeOptions): Promise<void> {
  const options = { ...given, books: resolve(given.books), data: resolve(given.data) };
  const log = makeLog(options.log);
  const shelf = await startShelf({ ...shelfOptions(options), log }).catch((error: unknown) => {
    throw explainStart(error, options);
  });
  const address = options.baseUrl ?? shelf.origin;
  console.log(`${countOf(shelf.books().length)} at ${address}`);
  const { isRunning } = shelf.scanState();
  if (isRunning) console.log(`Looking through ${options.books}; the page Books shows how far it is.`);
  const code = shelf.setUpCode();
  if (code !== undefined) console.log(`Open ${address} in a browser and enter this set-up code: ${code}`);
  stopOnSignal(shelf);
  process.on("SIGHUP", () => {
    try {
      shelf.reloadTls();
      log.info("certificate read again");
    } catch (error) {
      log.error({ err: error }, "the new certificate is no good, the old one stays");
    }
  });
}

function shelfOptions({ books, data, port, host, cert, key, trustProxy, baseUrl }: ServeOptions): ShelfOptions {
  if ((cert === undefined) !== (key === undefined)) throw new Error("TLS needs both --cert and --key");
  const tls = cert === undefined || key === undefined ? {} : { tls: { cert, key } };
  const address = baseUrl === undefined ? {} : { baseUrl };
  return { dataDir: data, booksDir: books, watch: true, port, host, trustedProxies: trustProxy, ...tls, ...address };
}

/** The first signal lets requests finish, a second one does not wait. */
function stopOnSignal(shelf: Shelf): void {
  const stop = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, stop).once(signal, () => process.exit(1));
    void shelf.close(GRACE_MS);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function countOf(books: number): string {
  return books === 1 ? "1 book" : `${books} books`;
}
