import { onTestFinished } from "vitest";
import { startShelf, type Shelf, type ShelfOptions } from "../../../../src/shelf/shelf";
import { tempDir } from "../temp-dir";
import { seedShelf } from "./seed";
import { send, type Received } from "./send";

export interface Answered extends Received {
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** Who asks: a placeholder of the recordings, such as `<jwt>` or `<plugin key: guest>`, or a header of his own. */
export type Asker = string | Readonly<Record<string, string>>;

export interface SeededShelf {
  readonly shelf: Shelf;
  readonly dataDir: string;
  readonly booksDir: string;
  readonly ask: (asker: Asker, method: string, path: string, body?: unknown) => Promise<Answered>;
}

/** A Shelf with the library of the recordings, for one test. */
export async function startSeeded(options: Partial<ShelfOptions> = {}): Promise<SeededShelf> {
  const dataDir = tempDir();
  const booksDir = tempDir();
  const shelf = await startShelf({ dataDir, booksDir, ...options });
  onTestFinished(() => shelf.close());
  const credentials = await seedShelf(dataDir, booksDir);
  const ask: SeededShelf["ask"] = async (asker, method, path, body) => {
    const headers =
      typeof asker === "string" ? { Authorization: `Bearer ${credentials.get(asker) ?? asker}` } : { ...asker };
    const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const received = await send(shelf.origin, method, path, headers, sent);
    return { ...received, json: parse(received) };
  };
  return { shelf, dataDir, booksDir, ask };
}

function parse({ body, headers }: Received): unknown {
  const isJson = headers["content-type"]?.startsWith("application/json") === true && body.length > 0;
  return isJson ? (JSON.parse(body.toString()) as unknown) : undefined;
}
