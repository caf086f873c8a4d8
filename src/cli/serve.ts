import { Command, InvalidArgumentError } from "commander";
import { startShelf, type Shelf } from "../shelf/shelf";
import { defaultDataDir } from "./data-dir";

interface ServeOptions {
  readonly books: string;
  readonly data: string;
  readonly port: number;
  readonly host: string;
}

/** `ribbon serve`: a library server until Ctrl-C. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("serve a folder of books to e-readers")
    .requiredOption("--books <dir>", "the folder of books")
    .option("--data <dir>", "where to keep positions and sessions", defaultDataDir())
    .option("--port <n>", "the port to listen on", readPort, 8080)
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .action(serve);
}

async function serve({ books, data, port, host }: ServeOptions): Promise<void> {
  const shelf = await startShelf({ dataDir: data, booksDir: books, port, host });
  console.log(`${shelf.books().length} books at ${shelf.origin}`);
  const code = shelf.setUpCode();
  if (code !== undefined) console.log(`Open ${shelf.origin} in a browser and enter this set-up code: ${code}`);
  stopOnSignal(shelf);
}

function stopOnSignal(shelf: Shelf): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void shelf.close());
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}
