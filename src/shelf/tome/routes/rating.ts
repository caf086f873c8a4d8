import { bookNotFound, ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { maybe, optional, required } from "../fields";
import { integer, real, text } from "../values";
import { statusEntry } from "./book-status";

const path = "/api/tome-sync/rating/:book_id";
const params = { book_id: required(integer) };

export const badRating = refuse(400, "rating must be between 1 and 5 in half-star steps, or null to clear");

/** What the reader thought of a book. */
export function ratingRoutes(context: Context): Endpoint[] {
  return [readRating(context), rate(context), rateInBrowser(context)];
}

/** Whether there may be such a rating: nothing, or one to five stars in halves. */
export function isRating(rating: number | null): boolean {
  return rating === null || (rating >= 1 && rating <= 5 && Number.isInteger(rating * 2));
}

function readRating({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path,
    guard: guards.plugin,
    params,
    handle: ({ who, params }) => {
      if (!store.books.isActive(params.book_id)) return bookNotFound;
      const stored = store.statuses.find(who.id, params.book_id);
      return ok({ book_id: params.book_id, rating: stored?.rating ?? null, review: stored?.review ?? null });
    },
  });
}

/** Always writes both, so that a device that leaves one out clears it. */
function rate({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "PUT",
    path,
    guard: guards.plugin,
    params,
    body: { rating: optional(real), review: optional(text) },
    handle: ({ who, params, body }) => {
      if (!store.books.isActive(params.book_id)) return bookNotFound;
      if (!isRating(body.rating)) return badRating;
      const rated = { rating: body.rating, review: orNull(body.review) };
      store.statuses.rate(who.id, params.book_id, rated, now().toISOString());
      return ok({ ok: true, ...rated });
    },
  });
}

/** A browser may write one and leave the other as it is. */
function rateInBrowser({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "PUT",
    path: "/api/books/:book_id/rating",
    guard: guards.account,
    params,
    body: { rating: maybe(real), review: maybe(text) },
    handle: ({ who, params, body }) => {
      const bookId = params.book_id;
      if (!store.catalogue.canSee(who, bookId)) return bookNotFound;
      if (!isRating(body.rating ?? null)) return badRating;
      const at = now().toISOString();
      const before = store.statuses.find(who.id, bookId);
      const rating = body.rating === undefined ? (before?.rating ?? null) : body.rating;
      const review = body.review === undefined ? (before?.review ?? null) : orNull(body.review);
      store.statuses.rate(who.id, bookId, { rating, review }, at);
      return ok(statusEntry(bookId, store.statuses.find(who.id, bookId), at));
    },
  });
}

function orNull(review: string | null): string | null {
  return review === "" ? null : review;
}
