import type { Match } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { BookId, ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import type { MatchedBooks } from "../ports/actions";
import type { Cancel } from "../ports/scheduler";
import type { UncertainBook } from "../ports/store";
import type { Errands } from "./errands";
import { matchHomeBooks } from "./home-books";
import { inquire } from "./inquiry";
import { NO_BOOKS } from "./matching";
import type { Runtime } from "./runtime";

/** Books that one worker asks for at once. */
const BATCH = 500;

/**
 * Asks for all books that are not known for certain, a batch at a time, then for those on the device that were never opened.
 * Where there was no time for all of these, the next go begins behind them.
 */
export class MatchAll {
  /** Until KOReader ends. */
  private readonly stoppedAt = new LuaMap<ConnectionId, string>();

  constructor(
    private readonly runtime: Runtime,
    private readonly errands: Errands,
  ) {}

  begin(connection: Connection, done: (found: Result<MatchedBooks, Failure>) => void): Cancel {
    const { runtime, errands, stoppedAt } = this;
    let cancel: Cancel = () => {};
    const askHome = (known: number): void => {
      cancel = matchHomeBooks(runtime, errands, connection, stoppedAt.get(connection.id), found => {
        runtime.delivery.start(runtime);
        if (!found.ok) return done(found);
        this.noteStop(connection.id, found.value.stoppedAt);
        done(success({ count: known + found.value.count, isAll: found.value.stoppedAt === undefined }));
      });
    };
    const askFrom = (after: BookId, foundSoFar: number): void => {
      const books = runtime.links().uncertain(connection.id, after, BATCH);
      const last = books[books.length - 1];
      if (last === undefined) return askHome(foundSoFar);
      cancel = this.ask(connection, books, found => {
        if (found.ok) askFrom(last.book, foundSoFar + found.value);
        else done(found);
      });
    };
    runtime.links().forgiveMisses(connection.id);
    askFrom(0 as BookId, 0);
    return () => {
      cancel();
    };
  }

  private noteStop(connection: ConnectionId, stoppedAt: string | undefined): void {
    if (stoppedAt === undefined) this.stoppedAt.delete(connection);
    else this.stoppedAt.set(connection, stoppedAt);
  }

  private ask(
    connection: Connection,
    books: readonly UncertainBook[],
    done: (found: Result<number, Failure>) => void,
  ): Cancel {
    return inquire(
      this.runtime,
      this.errands,
      connection,
      server => {
        const found = server.books?.matchDigests(books.map(({ digest }) => digest)) ?? failure(NO_BOOKS);
        return found.ok ? success({ matches: pairsOf(found.value) }) : found;
      },
      result => {
        done(result.ok ? success(saveMatches(this.runtime, connection.id, books, result.value.matches)) : result);
      },
    );
  }
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
    runtime.links().saveLink(book, connection, match);
    found += 1;
  }
  return found;
}
