import type { Match, RemoteBook } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import type { Cancel } from "../ports/scheduler";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import type { Runtime } from "./runtime";

export const NO_BOOKS: Failure = { reason: "unsupported", detail: "a server without books" };

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
  if (match === undefined) runtime.links().forget(book, connection);
  else runtime.links().saveLink(book, connection, match);
  if (match !== undefined) runtime.delivery.start(runtime);
}
