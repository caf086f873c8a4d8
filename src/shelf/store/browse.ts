import { VISIBLE, viewpoint, type Viewer } from "./catalogue";
import type { Db } from "./database";
import type { Filter } from "./shelf-filters";
import type { Status } from "../reading-status";
import { wordCondition } from "./word-search";

/** In which order books are shown. */
export const SORTS = ["title", "author", "series", "added", "read"] as const;
export type Sort = (typeof SORTS)[number];

/** What somebody looks for. */
export interface Wish {
  /** Words in title, author or series, each by its beginning; "" for all books. */
  readonly words: string;
  readonly author?: string;
  readonly series?: string;
  /** `missing`: the books whose files are gone. */
  readonly status?: Status | "missing";
  /** What a shelf asks for. */
  readonly shelf?: Filter;
  readonly sort: Sort;
}

/** A book among others. */
export interface Shown {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
  readonly status: Status;
  /** 0 to 1; null = never opened. */
  readonly progressPct: number | null;
  readonly rating: number | null;
  /** Changes whenever the book does. */
  readonly updatedAt: string;
}

export interface SeriesCount {
  readonly name: string;
  readonly author: string | null;
  readonly count: number;
  readonly read: number;
  readonly firstBookId: number;
}

const ORDERS: Readonly<Record<Sort, string>> = {
  title: "b.sort_title, b.id",
  author: "coalesce(b.author, '') = '', b.author COLLATE NOCASE, b.series, b.series_index, b.sort_title, b.id",
  series: "coalesce(b.series, '') = '', b.series COLLATE NOCASE, b.series_index, b.sort_title, b.id",
  added: "b.added_at DESC, b.id DESC",
  read: "s.updated_at IS NULL, s.updated_at DESC, b.sort_title, b.id",
};

const FROM = "books b LEFT JOIN book_statuses s ON s.book_id = b.id AND s.user_id = @viewer";

/** The library page by page, as a browser shows it. */
export class Browse {
  constructor(private readonly db: Db) {}

  /** Some of the books that somebody may see and looks for. */
  books(viewer: Viewer, wish: Wish, { limit, offset }: { limit: number; offset: number }): Shown[] {
    const { where, values } = conditionOf(wish);
    return this.db
      .prepare<[object], Shown>(
        `SELECT b.id, b.title, b.author, nullif(b.series, '') AS series, b.series_index AS seriesIndex,
           coalesce(s.status, 'unread') AS status, s.progress_pct AS progressPct, s.rating, b.updated_at AS updatedAt
         FROM ${FROM} WHERE ${VISIBLE} AND ${where} ORDER BY ${ORDERS[wish.sort]} LIMIT @limit OFFSET @offset`,
      )
      .all({ ...viewpoint(viewer), ...values, limit, offset });
  }

  /** How many there are of them. */
  count(viewer: Viewer, wish: Wish): number {
    const { where, values } = conditionOf(wish);
    const sql = `SELECT count(*) FROM ${FROM} WHERE ${VISIBLE} AND ${where}`;
    return this.db
      .prepare<[object], number>(sql)
      .pluck()
      .get({ ...viewpoint(viewer), ...values }) as number;
  }

  /** The series that somebody may see, by name. */
  series(viewer: Viewer, { limit, offset }: { limit: number; offset: number }): SeriesCount[] {
    return this.db
      .prepare<[object], SeriesCount>(
        `SELECT b.series AS name, min(b.author) AS author, count(*) AS count,
           sum(coalesce(s.status, 'unread') = 'read') AS read, min(b.id) AS firstBookId
         FROM ${FROM} WHERE b.status = 'active' AND b.series <> '' AND ${VISIBLE}
         GROUP BY b.series ORDER BY b.series COLLATE NOCASE LIMIT @limit OFFSET @offset`,
      )
      .all({ ...viewpoint(viewer), limit, offset });
  }

  countSeries(viewer: Viewer): number {
    const where = `b.status = 'active' AND b.series <> '' AND ${VISIBLE}`;
    const sql = `SELECT count(DISTINCT b.series) FROM books b WHERE ${where}`;
    return this.db.prepare<[object], number>(sql).pluck().get(viewpoint(viewer)) as number;
  }

  /** Whether somebody may see a book, be its files there or not. */
  canSee(viewer: Viewer, bookId: number): boolean {
    const sql = `SELECT 1 FROM books b WHERE b.id = @bookId AND ${VISIBLE}`;
    return this.db.prepare<[object]>(sql).get({ ...viewpoint(viewer), bookId }) !== undefined;
  }
}

function conditionOf(wish: Wish): Filter {
  const { words, author, series, status, shelf } = wish;
  const word = wordCondition(words);
  const isMissing = status === "missing";
  const conditions = [
    isMissing ? "b.status = 'missing'" : "b.status = 'active'",
    word.where,
    ...(author === undefined ? [] : ["b.author = @author"]),
    ...(series === undefined ? [] : ["b.series = @series"]),
    ...(status === undefined || isMissing ? [] : ["coalesce(s.status, 'unread') = @wanted"]),
    ...(shelf === undefined ? [] : [shelf.where]),
  ];
  const own = { ...(author !== undefined && { author }), ...(series !== undefined && { series }) };
  const wanted = status === undefined || isMissing ? {} : { wanted: status };
  return { where: conditions.join(" AND "), values: { ...shelf?.values, ...word.values, ...own, ...wanted } };
}
