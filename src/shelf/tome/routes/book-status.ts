import { NEVER_OPENED, STATUSES, type Standing } from "../../reading-status";
import type { BookStatus } from "../../store/statuses";
import { bookNotFound, ok } from "../answer";
import { withoutZone, type Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required, type Values } from "../fields";
import { integer, oneOf, real, text } from "../values";
import { clamp } from "./position";

const fields = { status: required(oneOf(STATUSES)), progress_pct: optional(real), cfi: optional(text) };
type Change = Values<typeof fields>;

const WEB = "web";

/** What a browser writes: unlike the plugin's reports it may set any status, and "unread" forgets the place. */
export function bookStatusRoutes(context: Context): Endpoint[] {
  const { store, guards, now } = context;
  return [
    endpoint({
      method: "PUT",
      path: "/api/books/:book_id/status",
      guard: guards.account,
      params: { book_id: required(integer) },
      body: fields,
      handle: ({ who, params, body }) => {
        const bookId = params.book_id;
        if (!store.catalogue.canSee(who, bookId)) return bookNotFound;
        const at = now().toISOString();
        changeStatus(context, who.id, bookId, body, at);
        return ok(statusEntry(bookId, store.statuses.find(who.id, bookId), at));
      },
    }),
  ];
}

/** Writes what a browser says of a book; "unread" forgets the place. */
export function changeStatus(context: Context, userId: number, bookId: number, change: Change, at: string): void {
  context.store.transaction(() => write(context, userId, bookId, change, at));
}

function write({ store }: Context, userId: number, bookId: number, change: Change, at: string): void {
  const before = store.statuses.find(userId, bookId) ?? NEVER_OPENED;
  store.statuses.put(userId, bookId, standingAfter(before, change, at), at);
  if (change.status === "unread") store.positions.delete(userId, bookId);
  else if (change.progress_pct !== null) {
    const percentage = clamp(change.progress_pct);
    store.positions.put(userId, bookId, { progress: change.cfi, percentage, device: WEB, updatedAt: at });
    store.sessions.add(webSession(userId, bookId, before.progressPct, percentage, at));
  }
}

function standingAfter(before: Standing, change: Change, at: string): Standing {
  if (change.status === "unread") return NEVER_OPENED;
  return {
    status: change.status,
    progressPct: change.progress_pct ?? before.progressPct,
    cfi: change.cfi ?? before.cfi,
    finishedAt: change.status === "read" ? (before.finishedAt ?? at) : null,
  };
}

/** Tome 2.3 books every page of its web reader as a session of no length, which statistics then leave out. */
function webSession(userId: number, bookId: number, progressStart: number | null, progressEnd: number, at: string) {
  const times = { startedAt: withoutZone(at), endedAt: withoutZone(at), durationSeconds: 0, pagesTurned: null };
  return { userId, bookId, ...times, progressStart, progressEnd, device: WEB, sessionUuid: null };
}

/** How a user stands with a book, as browsers are told it. */
export function statusEntry(bookId: number, status: BookStatus | undefined, at: string): object {
  return {
    book_id: bookId,
    status: status?.status ?? "unread",
    progress_pct: status?.progressPct ?? null,
    cfi: status?.cfi ?? null,
    rating: status?.rating ?? null,
    review: status?.review ?? null,
    updated_at: withoutZone(status?.updatedAt ?? at),
  };
}
