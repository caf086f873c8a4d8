import { upNext } from "../../../core/up-next";
import type { CatalogueBook, ReadState } from "../../../core/catalogue";
import type { Status } from "../../reading-status";
import type { Entry } from "../../store/catalogue";
import { bookNotFound, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required } from "../fields";
import { integer } from "../values";
import { bookEntry } from "./catalogue";

const USUAL_RECENT = 100;
const MOST_RECENT = 500;
/** Nobody is in the middle of more. */
const MOST_SERIES = 50;

/** What an e-reader asks of Shelf that Tome 2.3 tells to browsers only; a Tome answers these with its web page. */
export function moreCatalogueRoutes(context: Context): Endpoint[] {
  return [recent(context), nextVolumes(context), details(context)];
}

function recent({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/recent",
    guard: guards.plugin,
    query: { limit: optional(integer), offset: optional(integer) },
    handle: ({ who, query }) => {
      const limit = Math.min(MOST_RECENT, Math.max(1, query.limit ?? USUAL_RECENT));
      const offset = Math.max(0, query.offset ?? 0);
      return ok({ books: store.catalogue.recent(who, { limit, offset }).map(bookEntry) });
    },
  });
}

function nextVolumes({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/up-next",
    guard: guards.plugin,
    handle: ({ who }) => {
      const books = store.catalogue.seriesInProgress(who, MOST_SERIES).flatMap(series => {
        const volumes = store.catalogue.inSeries(who, series);
        const next = upNext(volumes.map(volumeOf), []);
        return volumes.filter(({ id }) => String(id) === next?.remoteId);
      });
      return ok({ books: books.map(bookEntry) });
    },
  });
}

const STATES: Readonly<Record<Status, ReadState>> = {
  unread: "unread",
  reading: "reading",
  read: "read",
  shelved: "shelved",
  want_to_read: "wanted",
};

/** A volume as a device sees it, so that both agree on what is up next. */
function volumeOf({ id, title, series, status }: Entry): CatalogueBook {
  const state = STATES[status];
  return { remoteId: String(id), title, files: [], state, ...(series !== null && { series }) };
}

function details({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/books/:book_id",
    guard: guards.plugin,
    params: { book_id: required(integer) },
    handle: ({ who, params }) => {
      const entry = store.catalogue.find(who, params.book_id);
      const facts = store.books.find(params.book_id);
      if (!entry || !facts) return bookNotFound;
      return ok({
        ...bookEntry(entry),
        description: facts.description,
        language: facts.language,
        tags: store.books.tags(entry.id),
        progress: store.statuses.find(who.id, entry.id)?.progressPct ?? null,
        series_count: entry.series === null ? null : store.catalogue.inSeries(who, entry.series).length,
      });
    },
  });
}
