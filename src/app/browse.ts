import type { BookDetails, CatalogueBook, ListKey, ReadState } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { isOfGroups } from "../core/list-key";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import { seconds } from "../core/units";
import { isThere } from "../koreader/library-folder";
import { SqliteDeviceBooks } from "../koreader/store/device-books";
import { latelyRead } from "../koreader/store/lately-read";
import { store } from "../koreader/store/open";
import type { Browse, OnDevice, SeenList } from "../ports/browse";
import type { Cancel } from "../ports/scheduler";
import { part } from "../parts";
import type { Listed } from "./catalogue-job";
import type { Errands } from "./errands";
import { type Done, Libraries } from "./libraries";
import type { Library } from "./library";
import { LibraryBooks } from "./library-books";
import { sweepLibraries } from "./library-sweep";
import type { Runtime } from "./runtime";

/** What a library can be entered by, in the order of a screen. */
const SECTIONS: readonly ListKey["kind"][] = ["up-next", "recent", "series", "authors", "shelves", "search"];
/** Lines that are read in one go. */
const SLICE = 50;
/** What is up next is put together of the series of so many books, with a request each. */
const MOST_LATELY = 12;
/** Once the first screen stands. */
const SWEEP_AFTER = seconds(2);

/** The libraries of the reader's servers, as they were last seen and as they are. */
class LibraryBrowse implements Browse {
  constructor(
    private readonly all: Libraries,
    private readonly books: LibraryBooks,
  ) {}

  libraries(): Connection[] {
    return this.all.all();
  }

  sections(id: ConnectionId): ListKey["kind"][] {
    const library = this.all.of(id);
    // What is up next can be put together here.
    return SECTIONS.filter(kind => kind === "up-next" || library?.notes.lacks(kind) !== true);
  }

  seen(id: ConnectionId, list: ListKey): SeenList | undefined {
    return this.all.of(id)?.seen(list);
  }

  refresh(id: ConnectionId, list: ListKey, byTap: boolean, done: Done<SeenList>): Cancel {
    const library = this.all.of(id);
    const obstacle = byTap ? undefined : this.all.obstacle(id);
    if (library === undefined || obstacle !== undefined)
      return this.all.fail(done, library === undefined ? undefined : obstacle);
    if (list.kind === "search") library.notes.searched(list.words);
    return this.all.ask(
      library,
      server => part("app/errand-work").fetchList(server, orderOf(library, list)),
      listed => {
        done(take(library, list, listed));
      },
    );
  }

  allBooks(id: ConnectionId, list: ListKey, done: Done<CatalogueBook[]>): Cancel {
    let cancel: Cancel = () => {};
    const begin = (seen: SeenList): void => {
      cancel = this.readAll(seen, done, next => (cancel = next));
    };
    if (isOfGroups(list)) return this.all.fail(done, { reason: "unsupported", detail: "a list of groups" });
    const seen = this.seen(id, list);
    if (seen !== undefined) begin(seen);
    else cancel = this.refresh(id, list, true, fetched => (fetched.ok ? begin(fetched.value) : done(fetched)));
    return () => {
      cancel();
    };
  }

  details(id: ConnectionId, book: CatalogueBook, done: Done<BookDetails>): Cancel {
    return this.books.details(id, book, result => done(result));
  }

  covers(id: ConnectionId, remoteIds: readonly string[], shown: (remoteId: string, file: string) => void): Cancel {
    return this.books.covers(id, remoteIds, (remoteId, file) => shown(remoteId, file));
  }

  onDevice(id: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, OnDevice> {
    return this.books.onDevice(id, remoteIds);
  }

  mark(id: ConnectionId, remoteId: string, state: ReadState, done: Done<true>): Cancel {
    return this.books.mark(id, remoteId, state, result => done(result));
  }

  recentSearches(id: ConnectionId): string[] {
    return this.all.of(id)?.notes.recentSearches() ?? [];
  }

  private readAll(seen: SeenList, done: Done<CatalogueBook[]>, running: (cancel: Cancel) => void): Cancel {
    const books: CatalogueBook[] = [];
    const read = (first: number): void => {
      for (const line of seen.lines(first, SLICE)) if (line.kind === "book") books.push(line.book);
      if (first + SLICE >= seen.count) return done(success(books));
      running(this.all.later(() => read(first + SLICE)));
    };
    return this.all.later(() => read(0));
  }
}

function orderOf(library: Library, list: ListKey): Parameters<typeof import("./catalogue-job").fetchList>[1] {
  const lately = list.kind === "up-next" ? latelyRead(library.connection.id, MOST_LATELY) : [];
  return { list, file: library.fileOf(list), lately, isUpNextOurs: library.notes.lacks("up-next") };
}

function take(library: Library, list: ListKey, listed: Result<Listed, Failure>): Result<SeenList, Failure> {
  library.learn(list.kind, listed);
  if (!listed.ok) return listed;
  if (list.kind === "up-next") library.notes.noteLacking("up-next", listed.value.isUpNextOurs);
  const seen = library.taken(list);
  return seen === undefined ? failure({ reason: "disk", detail: "the list was not kept" }) : success(seen);
}

/** The libraries of all servers; questions of a tap go to `errands`. */
export function browseOf(runtime: Runtime, errands: Errands): Browse {
  runtime.scheduler.after(SWEEP_AFTER, () => {
    sweepLibraries(runtime);
  });
  const libraries = new Libraries(runtime, errands);
  const books = new LibraryBooks(libraries, new SqliteDeviceBooks(store, file => isThere(file)));
  return new LibraryBrowse(libraries, books);
}
