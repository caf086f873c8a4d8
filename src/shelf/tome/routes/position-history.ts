import { restorePlace } from "../../reading/restore";
import { bookNotFound, ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { integer } from "../values";

const path = "/api/books/:book_id/position-history";

/** The places where a reader was in a book, and the way back to one of them: what helps after a bad sync. */
export function positionHistoryRoutes(context: Context): Endpoint[] {
  return [readHistory(context), restore(context)];
}

/** Newest first. Tome 2.3 tells no `progress` here, only how far it is. */
function readHistory({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path,
    guard: guards.account,
    params: { book_id: required(integer) },
    handle: ({ who, params: { book_id: bookId } }) => {
      if (!store.catalogue.canSee(who, bookId)) return bookNotFound;
      const current = store.positions.find(who.id, bookId);
      const history = store.positions.history(who.id, bookId).map(({ id, percentage, device, updatedAt }) => {
        return { id, percentage, device, created_at: updatedAt };
      });
      if (!current) return ok({ current: null, history });
      const { percentage, device, updatedAt } = current;
      return ok({ current: { percentage, device, updated_at: updatedAt }, history });
    },
  });
}

function restore({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: `${path}/:history_id/restore`,
    guard: guards.account,
    params: { book_id: required(integer), history_id: required(integer) },
    handle: ({ who, params: { book_id: bookId, history_id: entryId } }) => {
      if (!store.catalogue.canSee(who, bookId)) return bookNotFound;
      const place = restorePlace(store, { userId: who.id, bookId }, entryId, now().toISOString());
      if (!place) return refuse(404, "History entry not found");
      const status = store.statuses.find(who.id, bookId)?.status ?? "unread";
      return ok({ ok: true, percentage: place.percentage, status });
    },
  });
}
