import type { BookFacts } from "../core/book";
import type { Connection } from "../core/connection";
import type { BookId } from "../core/outbox";
import type { Link } from "../ports/store";
import type { Job } from "../ports/workers";
import { part } from "../parts";
import { arrive } from "./arrive";
import type { LookUpMessage } from "./look-up-job";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";
import { visit } from "./visit";

/** Asks one server about a book: which of its books this is, and where it was left. */
export function askServer(runtime: Runtime, connection: Connection, book: BookId, facts: BookFacts): void {
  runtime.errands.add<LookUpMessage>({
    prepare: () => prepare(runtime, connection, book, facts),
    onMessage: message => {
      learn(runtime, connection, book, message);
    },
    onEnd: failure => {
      if (failure !== undefined) serverFailed(runtime, connection, failure);
    },
  });
}

function prepare(
  runtime: Runtime,
  connection: Connection,
  book: BookId,
  facts: BookFacts,
): Job<LookUpMessage> | undefined {
  if (runtime.health.isPausing(connection.id)) return undefined;
  const known = runtime.links().link(book, connection.id);
  if (known === undefined && runtime.links().isMissing(book, connection.id)) return undefined;
  if (known !== undefined) showGuess(runtime, connection, book, known);
  const open = visit(runtime, connection);
  return tell => {
    part("app/errand-work").lookUp(open(), facts, known, tell);
  };
}

function learn(runtime: Runtime, connection: Connection, book: BookId, message: LookUpMessage): void {
  switch (message.kind) {
    case "matched":
      runtime.links().saveLink(book, connection.id, message.match);
      showGuess(runtime, connection, book, { ...message.match, isConfirmed: message.match.method !== "name" });
      runtime.health.succeeded(connection.id);
      break;
    case "missing":
      runtime.links().unlink(book, connection.id);
      runtime.links().missed(book, connection.id);
      runtime.health.succeeded(connection.id);
      break;
    case "place":
      runtime.health.succeeded(connection.id);
      arrive(runtime, connection.id, book, message.position);
      break;
    case "nothing":
      runtime.health.succeeded(connection.id);
      break;
    case "failed":
      serverFailed(runtime, connection, message.failure);
      break;
    case "reached":
      runtime.health.reached(connection.id, message.address);
      break;
  }
}

/** A guess is shown while its book is on screen; from then on it counts, until the reader says that it is wrong. */
function showGuess(runtime: Runtime, connection: Connection, book: BookId, link: Link): void {
  if (link.isConfirmed || runtime.reading?.isOf(book) !== true) return;
  runtime.notices().guessed(link.title ?? runtime.reading.document.title(), connection.name);
  runtime.links().confirm(book, connection.id);
}
