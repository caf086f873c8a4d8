import type { Entry } from "../../store/catalogue";
import type { InboxItem } from "../../store/inbox";
import type { User } from "../../store/users";
import { ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { array, integer } from "../values";

const PREFERRED = ["epub", "pdf", "mobi", "cbz", "cbr"];
const MOST_BOOKS = 50;

const switchedOff = refuse(404, "Send to KOReader is not enabled");

/** Books that a reader sends to his devices from a browser. */
export function inboxRoutes(context: Context): Endpoint[] {
  return [listInbox(context), markDelivered(context), sendToDevice(context)];
}

function listInbox({ store, guards, settings }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/inbox",
    guard: guards.plugin,
    handle: ({ who }) => {
      if (!settings.sendToKoreader) return switchedOff;
      const items = store.inbox.waiting(who.id).flatMap(item => {
        const book = store.catalogue.find(who, item.bookId);
        return book ? [itemEntry(item, book)] : [];
      });
      return ok({ count: items.length, items });
    },
  });
}

/** Answers also while sending is switched off: a device may still hold a book that it got before. */
function markDelivered({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/tome-sync/inbox/:item_id/delivered",
    guard: guards.plugin,
    params: { item_id: required(integer) },
    handle: ({ who, params }) =>
      store.inbox.markDelivered(who.id, params.item_id, now().toISOString())
        ? ok({ ok: true })
        : refuse(404, "Inbox item not found"),
  });
}

function sendToDevice(context: Context): Endpoint {
  const { store, guards, settings } = context;
  return endpoint({
    method: "POST",
    path: "/api/send-to-device/koreader",
    guard: guards.account,
    body: { book_ids: required(array(integer)) },
    handle: ({ who, body }) => {
      if (who.role === "guest") return refuse(403, "Insufficient permissions");
      if (!settings.sendToKoreader) return switchedOff;
      if (body.book_ids.length === 0) return refuse(400, "No books selected");
      if (body.book_ids.length > MOST_BOOKS) return refuse(400, `Maximum ${MOST_BOOKS} books per send`);
      const queued = store.transaction(() => body.book_ids.filter(bookId => enqueue(context, who, bookId)).length);
      return ok({ queued, skipped: body.book_ids.length - queued });
    },
  });
}

/** Puts a book into the inbox of somebody's e-readers; false when it waits there already, or is not for them. */
export function enqueue({ store, now }: Context, who: User, bookId: number): boolean {
  const book = store.catalogue.find(who, bookId);
  if (!book || store.inbox.isWaiting(who.id, bookId)) return false;
  store.inbox.add(who.id, { bookId, fileId: preferredFile(book) }, now().toISOString());
  return true;
}

function preferredFile({ files }: Entry): number | null {
  const rank = (format: string) => (PREFERRED.includes(format) ? PREFERRED.indexOf(format) : PREFERRED.length);
  const [best] = [...files].sort((a, b) => rank(a.format) - rank(b.format));
  return best?.id ?? null;
}

function itemEntry(item: InboxItem, book: Entry): object {
  return {
    id: item.id,
    book_id: book.id,
    title: book.title,
    series: book.series,
    series_index: book.seriesIndex,
    author: book.author,
    book_type: book.bookType ?? "book",
    pinned_file_id: item.fileId,
    files: book.files.map(({ id, format, size }) => ({ id, format, file_size: size })),
  };
}
