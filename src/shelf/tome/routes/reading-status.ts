import { NEVER_OPENED, type Status } from "../../reading-status";
import { bookNotFound, ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { integer, text } from "../values";

const WRITABLE: readonly Status[] = ["unread", "reading", "read"];

/** What a reader says on the device about a book. Progress and place stay: the next report goes on from there. */
export function readingStatusRoutes({ store, guards, now }: Context): Endpoint[] {
  return [
    endpoint({
      method: "PUT",
      path: "/api/tome-sync/status/:book_id",
      guard: guards.plugin,
      params: { book_id: required(integer) },
      body: { status: required(text) },
      handle: ({ who, params, body }) => {
        const status = WRITABLE.find(each => each === body.status);
        if (status === undefined) return refuse(422, `status must be ${WRITABLE.join("|")}`);
        if (!store.catalogue.canSee(who, params.book_id)) return bookNotFound;
        const before = store.statuses.find(who.id, params.book_id) ?? NEVER_OPENED;
        store.statuses.put(who.id, params.book_id, { ...before, status }, now().toISOString());
        return ok({ ok: true, book_id: params.book_id, status });
      },
    }),
  ];
}
