import { bookNotFound, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { integer } from "../values";

/** What the reader thought of a book. */
export function ratingRoutes({ store, guards }: Context): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: "/api/tome-sync/rating/:book_id",
      guard: guards.plugin,
      params: { book_id: required(integer) },
      handle: ({ who, params }) => {
        if (!store.books.isActive(params.book_id)) return bookNotFound;
        const stored = store.statuses.find(who.id, params.book_id);
        return ok({ book_id: params.book_id, rating: stored?.rating ?? null, review: stored?.review ?? null });
      },
    }),
  ];
}
