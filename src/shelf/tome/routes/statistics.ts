import { posix } from "node:path";
import { makeTitleMatcher, type TitleMatch } from "../../statistics/match-by-title";
import type { User } from "../../store/users";
import { created, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { object, optional, orElse, required, type Values } from "../fields";
import { array, integer, text } from "../values";

const bookFields = {
  ko_id: required(integer),
  md5: required(text),
  title: required(text),
  authors: optional(text),
  series: optional(text),
  filename: optional(text),
  pages: optional(integer),
  total_read_pages: optional(integer),
};
const rowFields = {
  ko_id: required(integer),
  page: required(integer),
  start_time: required(integer),
  duration: orElse(0, integer),
  total_pages: orElse(0, integer),
};
const importFields = {
  device: optional(text),
  books: required(array(object(bookFields))),
  page_stats: required(array(object(rowFields))),
};
type CountedBook = Values<typeof bookFields>;
type Import = Values<typeof importFields>;

/** KOReader's own reading history, which devices bring in pieces and may bring twice. */
export function statisticsRoutes(context: Context): Endpoint[] {
  return [watermark(context), importHistory(context), renameDevice(context)];
}

function watermark({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/stats/watermark",
    guard: guards.plugin,
    query: { device: optional(text) },
    handle: ({ who, query }) => {
      const device = query.device ?? "";
      return ok({ device, last_start_time_synced: store.statistics.watermark(who.id, device) });
    },
  });
}

function importHistory(context: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/tome-sync/stats/import",
    guard: context.guards.plugin,
    body: importFields,
    handle: ({ who, body }) => {
      const matcher = makeMatcher(context, who);
      const matches = body.books.map(book => ({ koId: book.ko_id, match: matcher(book) }));
      const count = (kind: TitleMatch["kind"]) => matches.filter(({ match }) => match.kind === kind).length;
      const bookOf = new Map(
        matches.flatMap(({ koId, match }) => (match.kind === "matched" ? [[koId, match.bookId]] : [])),
      );
      const rows = context.store.transaction(() => importRows(context, who.id, body, bookOf));
      return created({
        books: body.books.length,
        matched: count("matched"),
        review: count("review"),
        unmatched: count("unmatched"),
        ...rows,
      });
    },
  });
}

/** Rows of unmatched books are dropped without a word; only what is matched moves the watermark. */
function importRows({ store }: Context, userId: number, body: Import, bookOf: ReadonlyMap<number, number>) {
  const device = body.device ?? "";
  let [imported, skipped, newest] = [0, 0, 0];
  for (const { ko_id, page, start_time: startTime, duration, total_pages: totalPages } of body.page_stats) {
    const bookId = bookOf.get(ko_id);
    if (bookId === undefined) continue;
    newest = Math.max(newest, startTime);
    if (store.statistics.add(userId, device, { bookId, page, startTime, duration, totalPages })) imported += 1;
    else skipped += 1;
  }
  if (newest > 0) store.statistics.raiseWatermark(userId, device, newest);
  return { page_rows_imported: imported, page_rows_skipped: skipped, watermark: newest };
}

/** A digest proves a book, to whom it belongs is not asked, as in Tome 2.3; guesses are made among visible books. */
function makeMatcher({ store }: Context, who: User): (book: CountedBook) => TitleMatch {
  let byTitle: ReturnType<typeof makeTitleMatcher> | undefined;
  return ({ md5, title, authors, filename }) => {
    const byHash = store.books.findByHash(md5);
    if (byHash !== undefined) return { kind: "matched", bookId: byHash };
    const byName = filename === null ? undefined : store.books.findByFileName(posix.basename(filename));
    if (byName !== undefined && store.catalogue.canSee(who, byName)) return { kind: "matched", bookId: byName };
    byTitle ??= makeTitleMatcher(store.catalogue.filtered(who, { where: "1 = 1", values: {} }));
    return byTitle({ title, authors });
  };
}

function renameDevice({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/tome-sync/stats/rename-device",
    guard: guards.plugin,
    body: { from_device: required(text), to_device: required(text) },
    handle: ({ who, body }) => {
      const [from, to] = [body.from_device, body.to_device];
      const isIdle = from.trim() === "" || to.trim() === "" || from === to;
      const { rows, isWatermarkMoved } = isIdle
        ? { rows: 0, isWatermarkMoved: false }
        : store.transaction(() => store.statistics.renameDevice(who.id, from, to));
      // Rows are known without their device, so none can double.
      return ok({ rows_relabelled: rows, rows_deduplicated: 0, watermark_moved: isWatermarkMoved });
    },
  });
}
