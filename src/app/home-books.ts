import { titleOfFile } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import { seconds } from "../core/units";
import { part } from "../parts";
import type { Cancel } from "../ports/scheduler";
import type { Server } from "../ports/server";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import type { Runtime } from "./runtime";

/** A file on this device that is a book of the server's, to the byte. */
interface FoundBook {
  readonly file: string;
  readonly digest: string;
  readonly remoteId: string;
}

/** What was found of the server's among the books on this device. */
export interface HomeFinds {
  /** So many that it was not known to have before. */
  readonly count: number;
  /** Where there was no time for those behind it. */
  readonly stoppedAt?: string;
}

/** The rest of an errand's time is for the server. */
const LOOKING = seconds(35);
/** So many are kept in one turn of KOReader's loop. */
const AT_ONCE = 5;

/**
 * Finds the books on this device that came by cable or card and were never opened here: by content, never by name.
 * @param after where it stopped before
 */
export function matchHomeBooks(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  after: string | undefined,
  done: (found: Result<HomeFinds, Failure>) => void,
): Cancel {
  let keeping: Cancel | undefined;
  const find = (server: Server) => findHomeBooks(server, after);
  const cancel = inquire(runtime, errands, connection, find, found => {
    if (!found.ok) return done(found);
    const { books, stoppedAt } = found.value;
    keeping = keep(runtime, connection.id, books, count => {
      done(success({ count, ...(stoppedAt !== undefined && { stoppedAt }) }));
    });
  });
  return () => {
    cancel();
    keeping?.();
  };
}

/** Runs in the worker. */
function findHomeBooks(
  server: Server,
  after: string | undefined,
): Result<{ books: FoundBook[]; stoppedAt?: string }, Failure> {
  const { books: here, stoppedAt } = part("app/errand-work").homeBooks(LOOKING, after);
  const matches = server.books?.matchDigests(here.map(({ digest }) => digest));
  if (matches === undefined) return failure({ reason: "unsupported", detail: "a server without books" });
  if (!matches.ok) return matches;
  const books: FoundBook[] = [];
  for (const { file, digest } of here) {
    const match = matches.value.get(digest);
    if (match !== undefined) books.push({ file, digest, remoteId: match.remoteId });
  }
  return success({ books, ...(stoppedAt !== undefined && { stoppedAt }) });
}

/** A few in each turn of the loop. */
function keep(
  runtime: Runtime,
  connection: ConnectionId,
  books: readonly FoundBook[],
  done: (count: number) => void,
): Cancel {
  let next = 0;
  let count = 0;
  let pause: Cancel;
  const goOn = (): void => {
    for (const book of books.slice(next, next + AT_ONCE)) if (link(runtime, connection, book)) count += 1;
    next += AT_ONCE;
    if (next >= books.length) done(count);
    else pause = runtime.scheduler.after(seconds(0), goOn);
  };
  pause = runtime.scheduler.after(seconds(0), goOn);
  return () => {
    pause();
  };
}

/** @returns whether that is news */
function link({ books, links }: Runtime, connection: ConnectionId, { file, digest, remoteId }: FoundBook): boolean {
  const known = books.find(digest);
  if (known !== undefined && links().link(known, connection)?.isConfirmed === true) return false;
  // Its title is not known before it is opened; then it is the book's own.
  const book = known ?? books.identify({ digest, file, title: titleOfFile(file), authors: "" });
  links().saveLink(book, connection, { remoteId, method: "digest" });
  return true;
}
