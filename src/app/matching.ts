import type { Match, RemoteBook } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { BookId, ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import type { Cancel } from "../ports/scheduler";
import type { UncertainBook } from "../ports/store";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import { matchHomeBooks } from "./home-books";
import type { Runtime } from "./runtime";

/** Books that one worker asks for at once. */
const BATCH = 500;
const NO_BOOKS: Failure = { reason: "unsupported", detail: "a server without books" };

export function searchServer(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  words: string,
  done: (found: Result<RemoteBook[], Failure>) => void,
): Cancel {
  // An empty list would travel as an empty object: it is wrapped.
  const ask = { books: [] as RemoteBook[] };
  return inquire(
    runtime,
    errands,
    connection,
    server => {
      const found = server.books?.search(words) ?? failure(NO_BOOKS);
      return found.ok ? success({ ...ask, books: found.value }) : found;
    },
    result => {
      done(result.ok ? success(result.value.books) : result);
    },
  );
}

/** The reader says which book of the server the book on screen is, or that it is none of them. */
export function setMatch(runtime: Runtime, connection: ConnectionId, match: Match | undefined): void {
  const book = runtime.reading?.identify(runtime)?.book;
  if (book === undefined) return;
  if (match === undefined) runtime.books.forget(book, connection);
  else runtime.books.saveLink(book, connection, match);
  if (match !== undefined) runtime.delivery.start(runtime);
}

/**
 * Asks for all books that are not known for certain, a batch at a time, then for those on the device that were never opened;
 * tells how many were found.
 */
export function matchAllBooks(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  done: (found: Result<number, Failure>) => void,
): Cancel {
  const running: RunningMatch = { cancel: () => {} };
  runtime.books.forgiveMisses(connection.id);
  matchFrom(runtime, errands, connection, 0 as BookId, 0, running, done);
  return () => {
    running.cancel();
  };
}

/** The batch that is asked for now. */
interface RunningMatch {
  cancel: Cancel;
}

function matchFrom(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  after: BookId,
  foundSoFar: number,
  running: RunningMatch,
  done: (found: Result<number, Failure>) => void,
): void {
  const books = runtime.books.uncertain(connection.id, after, BATCH);
  const last = books[books.length - 1];
  if (last === undefined) {
    running.cancel = matchHomeBooks(runtime, errands, connection, result => {
      runtime.delivery.start(runtime);
      done(result.ok ? success(foundSoFar + result.value) : result);
    });
    return;
  }
  running.cancel = inquire(
    runtime,
    errands,
    connection,
    server => {
      const found = server.books?.matchDigests(books.map(({ digest }) => digest)) ?? failure(NO_BOOKS);
      return found.ok ? success({ matches: pairsOf(found.value) }) : found;
    },
    result => {
      if (!result.ok) return done(result);
      const found = saveMatches(runtime, connection.id, books, result.value.matches);
      matchFrom(runtime, errands, connection, last.book, foundSoFar + found, running, done);
    },
  );
}

type Pair = { readonly digest: string; readonly match: Match };

function pairsOf(matches: ReadonlyMap<string, Match>): Pair[] {
  const pairs: Pair[] = [];
  for (const [digest, match] of matches) pairs.push({ digest, match });
  return pairs;
}

function saveMatches(
  runtime: Runtime,
  connection: ConnectionId,
  books: readonly UncertainBook[],
  pairs: readonly Pair[],
): number {
  const byDigest = new Map(pairs.map(({ digest, match }) => [digest, match] as const));
  let found = 0;
  for (const { book, digest } of books) {
    const match = byDigest.get(digest);
    if (match === undefined) continue;
    runtime.books.saveLink(book, connection, match);
    found += 1;
  }
  return found;
}
