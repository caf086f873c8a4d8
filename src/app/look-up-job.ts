import { type BookFacts, fileName, type Match } from "../core/book";
import type { Failure } from "../core/failure";
import type { RemotePosition } from "../core/position";
import { type Result, success } from "../core/result";
import type { Books, Server } from "../ports/server";

/** What the worker finds out about one book on one server: perhaps a match, then one of the others. */
export type LookUpMessage =
  | { readonly kind: "matched"; readonly match: Match }
  /** The server does not have this book, or not any more. */
  | { readonly kind: "missing" }
  | { readonly kind: "place"; readonly position: RemotePosition }
  /** The server answered, and keeps no place for this book. */
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "reached"; readonly address: string };

type Tell = (message: LookUpMessage) => void;

/** Runs in the worker: finds the book, unless it is known, and then where it was left; and by which address. */
export function lookUp(server: Server, facts: BookFacts, known: Match | undefined, tell: Tell): void {
  find(server, facts, known, tell);
  const address = server.address();
  if (address !== undefined) tell({ kind: "reached", address });
}

function find(server: Server, facts: BookFacts, known: Match | undefined, tell: Tell): void {
  if (known !== undefined) return readPlace(server, known, facts, tell);
  const found = resolveBook(server.books, facts);
  if (!found.ok) return tell({ kind: "failed", failure: found.failure });
  if (found.value === undefined) return tell({ kind: "missing" });
  follow(server, found.value, tell);
}

function readPlace(server: Server, match: Match, facts: BookFacts | undefined, tell: Tell): void {
  const place = server.positions?.read(match.remoteId);
  if (place?.ok === false) {
    if (place.failure.reason === "missing" && facts !== undefined) return lookAgain(server, match, facts, tell);
    return tell({ kind: "failed", failure: place.failure });
  }
  tell(place?.value === undefined ? { kind: "nothing" } : { kind: "place", position: place.value });
}

function lookAgain(server: Server, stale: Match, facts: BookFacts, tell: Tell): void {
  const found = findAgain(server.books, facts, stale);
  if (!found.ok) return tell({ kind: "failed", failure: found.failure });
  if (found.value === "same") return tell({ kind: "nothing" });
  if (found.value === "gone") return tell({ kind: "missing" });
  follow(server, found.value, tell);
}

function follow(server: Server, match: Match, tell: Tell): void {
  tell({ kind: "matched", match });
  // A guess takes nobody anywhere before the reader has seen it.
  if (match.method !== "name") readPlace(server, match, undefined, tell);
}

/**
 * Where the server has a book that it does not know any more under the number we have: under another, nowhere, or where we
 * thought, which means that its refusal had another cause.
 */
export function findAgain(
  books: Books | undefined,
  facts: BookFacts,
  stale: Match,
): Result<Match | "same" | "gone", Failure> {
  const found = resolveBook(books, facts);
  if (!found.ok) return found;
  if (found.value === undefined) return success("gone");
  return success(found.value.remoteId === stale.remoteId ? "same" : found.value);
}

/** The server's book for ours, with its title where it is only a guess; nothing when the server has none. */
export function resolveBook(books: Books | undefined, facts: BookFacts): Result<Match | undefined, Failure> {
  if (books === undefined) return success(undefined);
  const found = books.resolve(fileName(facts.file), facts.digest);
  if (!found.ok || found.value?.method !== "name") return found;
  const described = books.describe(found.value.remoteId);
  if (!described.ok || described.value === undefined) return found;
  return success({ ...found.value, title: described.value.title });
}
