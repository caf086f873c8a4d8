import { matchByName } from "../../library/match-by-name";
import { ok, fault, refuse, type Answer } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { list, text } from "../values";
import { optional, required } from "../fields";

/** SQLite refuses a longer LIKE pattern, and Tome 2.3 with it. */
const LONGEST_NAME_BYTES = 50_000 - "%/".length;
const MOST_HASHES = 500;

const NO_MATCH: Record<"missing" | "ambiguous", Answer> = {
  missing: refuse(404, "No matching book found"),
  ambiguous: refuse(404, "Ambiguous filename; could not resolve uniquely"),
};

/** Which book is this file? Visibility is not asked for here, as in Tome 2.3. */
export function resolveRoutes(context: Context): Endpoint[] {
  return [resolve(context), matchHashes(context)];
}

function resolve({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/resolve",
    guard: guards.plugin,
    query: { filename: required(text), ko_md5: optional(text) },
    handle: ({ query }) => {
      const byHash = query.ko_md5 === null ? undefined : store.books.findByHash(query.ko_md5);
      if (byHash !== undefined) return ok({ book_id: byHash, method: "ko_hash" });
      if (Buffer.byteLength(query.filename) > LONGEST_NAME_BYTES) return fault;
      const byPath = store.books.findByPathEnd(query.filename);
      if (byPath !== undefined) return ok({ book_id: byPath });
      const match = matchByName(query.filename, store.books.titles());
      return match.kind === "found" ? ok({ book_id: match.id }) : NO_MATCH[match.kind];
    },
  });
}

function matchHashes({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/tome-sync/match-hashes",
    guard: guards.plugin,
    body: { hashes: list(text) },
    handle: ({ who, body }) => {
      const matches: Record<string, number> = {};
      for (const md5 of body.hashes.slice(0, MOST_HASHES)) {
        const id = store.books.findByHash(md5);
        if (id !== undefined && store.catalogue.canSee(who, id)) matches[md5] = id;
      }
      return ok({ matches });
    },
  });
}
