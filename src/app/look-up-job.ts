import { type BookFacts, fileName, type Match } from "../core/book";
import type { Failure } from "../core/failure";
import type { RemotePosition } from "../core/position";
import { type Result, success } from "../core/result";
import type { Server } from "../ports/server";

/** What the worker finds out about one book on one server: perhaps a match, then one of the others. */
export type LookUpMessage =
  | { readonly kind: "matched"; readonly match: Match }
  | { readonly kind: "place"; readonly position: RemotePosition }
  /** The server answered: it has no such book, or no place for it. */
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Runs in the worker: finds the book, unless it is `known`, and then where it was left. */
export function lookUp(
  server: Server,
  facts: BookFacts,
  known: Match | undefined,
  tell: (message: LookUpMessage) => void,
): void {
  const found = known === undefined ? resolveBook(server, facts) : success(known);
  if (!found.ok) return tell({ kind: "failed", failure: found.failure });
  const match = found.value;
  if (match !== undefined && known === undefined) tell({ kind: "matched", match });
  const place = match === undefined ? undefined : server.positions?.read(match.remoteId);
  if (place?.ok === false) return tell({ kind: "failed", failure: place.failure });
  tell(place?.value === undefined ? { kind: "nothing" } : { kind: "place", position: place.value });
}

/** The server's book for ours; nothing when it has none, or does not know about books at all. */
export function resolveBook(server: Server, facts: BookFacts): Result<Match | undefined, Failure> {
  return server.books?.resolve(fileName(facts.file), facts.digest) ?? success(undefined);
}
