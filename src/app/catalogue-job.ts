import type { BookListKey, CatalogueBook, ListEntry, ListKey } from "../core/catalogue";
import { type Failure } from "../core/failure";
import { byName } from "../core/group-order";
import { isOfGroups, nameOfList } from "../core/list-key";
import { failure, type Result, success } from "../core/result";
import { upNext } from "../core/up-next";
import { keepWithinBounds } from "../koreader/cache-bounds";
import { unfinished } from "../koreader/library-folder";
import { writeList } from "../koreader/list-file";
import { clock } from "../koreader/clock";
import type { BookList, Catalogue, Server } from "../ports/server";

const NO_CATALOGUE: Failure = { reason: "unsupported", detail: "a server without a catalogue" };
/** Of one run: a screen has fewer, and nobody waits for more. */
const MOST_COVER_BYTES = 8 * 1024 * 1024;

/** What the worker is to fetch, and where it puts that. */
export interface ListOrder {
  readonly list: ListKey;
  readonly file: string;
  /** Books of this server's that were read here lately: what comes after them is up next, where the server does not say. */
  readonly lately: readonly string[];
  /** The server is known not to tell what is up next. */
  readonly isUpNextOurs: boolean;
}

/** What became of it. */
export interface Listed {
  /** The server does not tell what is up next: this was put together here. */
  readonly isUpNextOurs: boolean;
}

interface Found {
  readonly entries: readonly ListEntry[];
  readonly ignoredFilters: readonly string[];
  readonly isUpNextOurs: boolean;
}

/** Runs in the worker: fetches a list and writes it under a name of its own. */
export function fetchList({ catalogue }: Server, order: ListOrder): Result<Listed, Failure> {
  if (catalogue === undefined) return failure(NO_CATALOGUE);
  const found = find(catalogue, order);
  if (!found.ok) return found;
  const { entries, ignoredFilters, isUpNextOurs } = found.value;
  const head = { list: nameOfList(order.list), fetchedAt: clock.epoch(), ignoredFilters };
  keepWithinBounds([order.file]);
  const problem = writeList(unfinished(order.file), head, entries);
  return problem === undefined ? success({ isUpNextOurs }) : failure({ reason: "disk", detail: problem });
}

function find(catalogue: Catalogue, order: ListOrder): Result<Found, Failure> {
  if (isOfGroups(order.list)) {
    const groups = catalogue.groups(order.list.kind);
    if (!groups.ok) return groups;
    // The order of shelves is the reader's own.
    const sorted = order.list.kind === "shelves" ? groups.value : byName(groups.value);
    const entries = sorted.map((group): ListEntry => ({ kind: "group", group }));
    return success({ entries, ignoredFilters: [], isUpNextOurs: false });
  }
  return order.list.kind === "up-next" ? findUpNext(catalogue, order) : findBooks(catalogue, order.list);
}

function findBooks(catalogue: Catalogue, list: BookListKey): Result<Found, Failure> {
  const books = catalogue.books(list);
  return books.ok ? success(foundBooks(books.value, false)) : books;
}

function foundBooks({ books, ignoredFilters }: BookList, isUpNextOurs: boolean): Found {
  return { entries: books.map((book): ListEntry => ({ kind: "book", book })), ignoredFilters, isUpNextOurs };
}

/** The server knows what was read on all devices; where it does not tell, what was read on this one has to do. */
function findUpNext(catalogue: Catalogue, { lately, isUpNextOurs }: ListOrder): Result<Found, Failure> {
  const told: Result<BookList, Failure> = isUpNextOurs ? failure(NO_CATALOGUE) : catalogue.books({ kind: "up-next" });
  if (told.ok) return success(foundBooks(told.value, false));
  if (told.failure.reason !== "unsupported") return told;
  const books: CatalogueBook[] = [];
  const seen = new Set<string>();
  for (const id of lately) {
    if (seen.has(id)) continue;
    const series = catalogue.books({ kind: "series-books", id });
    if (!series.ok && series.failure.reason !== "missing") return series;
    const volumes = series.ok ? series.value.books : [];
    for (const volume of volumes) seen.add(volume.remoteId);
    const next = upNext(volumes, lately);
    if (next !== undefined) books.push(next);
  }
  return success(foundBooks({ books, ignoredFilters: [] }, true));
}

/** What the worker tells of covers, each as soon as it is there. */
export type CoverMessage =
  /** It lies under its unfinished name. */
  | { readonly kind: "here"; readonly remoteId: string }
  | { readonly kind: "none"; readonly remoteId: string }
  | { readonly kind: "failed"; readonly failure: Failure };

/** A book whose cover is wanted, and its file. */
export interface CoverOrder {
  readonly remoteId: string;
  readonly file: string;
}

/** Runs in the worker: fetches covers, one after another, until one cannot be had at all. */
export function fetchCovers(
  { catalogue }: Server,
  orders: readonly CoverOrder[],
  tell: (message: CoverMessage) => void,
): void {
  let bytes = 0;
  for (const { remoteId, file } of orders) {
    const cover: Result<string | undefined, Failure> = catalogue?.cover(remoteId) ?? failure(NO_CATALOGUE);
    if (!cover.ok) return tell({ kind: "failed", failure: cover.failure });
    if (cover.value === undefined) tell({ kind: "none", remoteId });
    else if (!write(unfinished(file), cover.value)) return tell({ kind: "failed", failure: { reason: "disk" } });
    else tell({ kind: "here", remoteId });
    bytes += (cover.value ?? "").length;
    if (bytes > MOST_COVER_BYTES) break;
  }
  keepWithinBounds(orders.map(({ file }) => file));
}

function write(file: string, bytes: string): boolean {
  const [handle] = io.open(file, "wb");
  if (handle === undefined) return false;
  const [written] = handle.write(bytes);
  handle.close();
  return written !== undefined;
}
