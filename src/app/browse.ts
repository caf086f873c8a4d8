import { HAS_CATALOGUE } from "../core/catalogue";
import type { BookDetails, CatalogueBook, ListKey, ReadState } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { isOfGroups } from "../core/list-key";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import { seconds } from "../core/units";
import { readDetails, writeDetails } from "../koreader/details-file";
import { isThere } from "../koreader/library-folder";
import { SqliteDeviceBooks } from "../koreader/store/device-books";
import { latelyRead } from "../koreader/store/lately-read";
import { store } from "../koreader/store/open";
import type { Browse, OnDevice, SeenList } from "../ports/browse";
import type { DeviceBooks } from "../ports/device-books";
import type { Cancel } from "../ports/scheduler";
import type { Server } from "../ports/server";
import { part } from "../parts";
import type { Listed } from "./catalogue-job";
import { CoverRuns } from "./cover-runs";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import { Library } from "./library";
import { sweepLibraries } from "./library-sweep";
import type { Runtime } from "./runtime";

/** What a library can be entered by, in the order of a screen. */
const SECTIONS: readonly ListKey["kind"][] = ["up-next", "recent", "series", "authors", "shelves", "search"];
const GONE: Failure = { reason: "cancelled", detail: "the connection is no more" };
const OFFLINE: Failure = { reason: "offline", detail: "no network" };
/** Lines that are read in one go. */
const SLICE = 50;
/** What is up next is put together of the series of so many books, with a request each. */
const MOST_LATELY = 12;
/** Within this time a book is not asked for again. */
const FRESH_SECONDS = 600;
/** Once the first screen stands. */
const SWEEP_AFTER = seconds(2);

type Done<Value> = (result: Result<Value, Failure>) => void;

/** The libraries of the reader's servers, as they were last seen and as they are. */
class LibraryBrowse implements Browse {
  private readonly known = new LuaMap<ConnectionId, Library>();
  private readonly covering: CoverRuns;

  constructor(
    private readonly runtime: Runtime,
    private readonly errands: Errands,
    private readonly onThisDevice: DeviceBooks,
  ) {
    this.covering = new CoverRuns(runtime, errands);
  }

  libraries(): Connection[] {
    return this.runtime.settings.connections().filter(({ kind }) => HAS_CATALOGUE[kind]);
  }

  sections(id: ConnectionId): ListKey["kind"][] {
    const library = this.library(id);
    // What is up next can be put together here.
    return SECTIONS.filter(kind => kind === "up-next" || library?.notes.lacks(kind) !== true);
  }

  seen(id: ConnectionId, list: ListKey): SeenList | undefined {
    return this.library(id)?.seen(list);
  }

  refresh(id: ConnectionId, list: ListKey, byTap: boolean, done: Done<SeenList>): Cancel {
    const library = this.library(id);
    const obstacle = library === undefined ? GONE : byTap ? undefined : this.obstacle(id);
    if (library === undefined || obstacle !== undefined) return this.later(() => done(failure(obstacle ?? GONE)));
    if (list.kind === "search") library.notes.searched(list.words);
    return this.ask(
      library,
      server => part("app/errand-work").fetchList(server, this.orderOf(library, list)),
      listed => {
        done(this.take(library, list, listed));
      },
    );
  }

  allBooks(id: ConnectionId, list: ListKey, done: Done<CatalogueBook[]>): Cancel {
    let cancel: Cancel = () => {};
    const begin = (seen: SeenList): void => {
      cancel = this.readAll(seen, done, next => (cancel = next));
    };
    if (isOfGroups(list)) return this.later(() => done(failure({ reason: "unsupported", detail: "a list of groups" })));
    const seen = this.seen(id, list);
    if (seen !== undefined) begin(seen);
    else cancel = this.refresh(id, list, true, fetched => (fetched.ok ? begin(fetched.value) : done(fetched)));
    return () => {
      cancel();
    };
  }

  details(id: ConnectionId, book: CatalogueBook, done: Done<BookDetails>): Cancel {
    const library = this.library(id);
    if (library === undefined) return this.later(() => done(failure(GONE)));
    const kept = readDetails(library.folder, book.remoteId);
    const isFresh = kept !== undefined && math.abs(this.runtime.clock.epoch() - kept.fetchedAt) < FRESH_SECONDS;
    if (isFresh || (kept !== undefined && !this.runtime.network.isConnected()))
      return this.later(() => done(success(kept.details)));
    if (!this.runtime.network.isConnected()) return this.later(() => done(failure(OFFLINE)));
    if (library.notes.lacks("details")) return this.later(() => done(failure({ reason: "unsupported" })));
    return this.ask(
      library,
      server => server.catalogue?.details(book.remoteId) ?? failure({ reason: "unsupported" }),
      asked => {
        if (asked.ok) writeDetails(library.folder, asked.value, this.runtime.clock.epoch());
        this.learn(library, "details", asked);
        done(asked);
      },
    );
  }

  covers(id: ConnectionId, remoteIds: readonly string[], shown: (remoteId: string, file: string) => void): Cancel {
    const library = this.library(id);
    if (library === undefined) return () => {};
    const missing: string[] = [];
    for (const remoteId of remoteIds) {
      const file = library.cover(remoteId);
      if (file === undefined) missing.push(remoteId);
      else if (file !== false) shown(remoteId, file);
    }
    if (missing.length === 0 || this.obstacle(id) !== undefined) return () => {};
    return this.covering.fetch(library, missing, shown);
  }

  onDevice(id: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, OnDevice> {
    const found = new Map<string, OnDevice>();
    for (const [remoteId, file] of this.onThisDevice.files(id, remoteIds)) found.set(remoteId, { file });
    return found;
  }

  mark(id: ConnectionId, remoteId: string, state: ReadState, done: Done<true>): Cancel {
    const library = this.library(id);
    if (library === undefined) return this.later(() => done(failure(GONE)));
    return this.ask(
      library,
      server => {
        const marked: Result<true, Failure> =
          server.catalogue?.mark(remoteId, state) ?? failure({ reason: "unsupported" });
        return marked.ok ? success({ isMarked: true }) : marked;
      },
      marked => {
        if (marked.ok) library.notes.marked(remoteId, state);
        done(marked.ok ? success(true) : marked);
      },
    );
  }

  recentSearches(id: ConnectionId): string[] {
    return this.library(id)?.notes.recentSearches() ?? [];
  }

  /** Why nothing is asked of this server without a tap. */
  private obstacle(id: ConnectionId): Failure | undefined {
    const { network, health } = this.runtime;
    if (!network.isConnected()) return OFFLINE;
    return health.isPausing(id) ? (health.of(id).failure ?? OFFLINE) : undefined;
  }

  private orderOf(library: Library, list: ListKey): Parameters<typeof import("./catalogue-job").fetchList>[1] {
    const lately = list.kind === "up-next" ? latelyRead(library.connection.id, MOST_LATELY) : [];
    return { list, file: library.fileOf(list), lately, isUpNextOurs: library.notes.lacks("up-next") };
  }

  private take(library: Library, list: ListKey, listed: Result<Listed, Failure>): Result<SeenList, Failure> {
    this.learn(library, list.kind, listed);
    if (!listed.ok) return listed;
    if (list.kind === "up-next") library.notes.noteLacking("up-next", listed.value.isUpNextOurs);
    const seen = library.taken(list);
    return seen === undefined ? failure({ reason: "disk", detail: "the list was not kept" }) : success(seen);
  }

  private learn(library: Library, what: ListKey["kind"] | "details", asked: Result<unknown, Failure>): void {
    if (asked.ok) library.notes.noteLacking(what, false);
    else if (asked.failure.reason === "unsupported") library.notes.noteLacking(what, true);
  }

  /** A question of a tap goes before covers that are on their way. */
  private ask<Answer>(library: Library, ask: (server: Server) => Result<Answer, Failure>, done: Done<Answer>): Cancel {
    library.folder.make();
    const resume = this.covering.pause();
    const cancel = inquire(this.runtime, this.errands, library.connection, ask, asked => {
      done(asked);
    });
    resume();
    return cancel;
  }

  private readAll(seen: SeenList, done: Done<CatalogueBook[]>, running: (cancel: Cancel) => void): Cancel {
    const books: CatalogueBook[] = [];
    const read = (first: number): void => {
      for (const line of seen.lines(first, SLICE)) if (line.kind === "book") books.push(line.book);
      if (first + SLICE >= seen.count) return done(success(books));
      running(this.later(() => read(first + SLICE)));
    };
    return this.later(() => read(0));
  }

  private later(task: () => void): Cancel {
    return this.runtime.scheduler.after(seconds(0), task);
  }

  /** The library of a connection as it is now: with another address or key it is another one. */
  private library(id: ConnectionId): Library | undefined {
    const connection = this.libraries().find(known => known.id === id);
    if (connection === undefined) return undefined;
    const known = this.known.get(id);
    if (known?.connection.url === connection.url && known.connection.key === connection.key) return known;
    const library = new Library(connection, this.runtime.clock);
    this.known.set(id, library);
    return library;
  }
}

/** The libraries of all servers; questions of a tap go to `errands`. */
export function browseOf(runtime: Runtime, errands: Errands): Browse {
  runtime.scheduler.after(SWEEP_AFTER, () => {
    sweepLibraries(runtime);
  });
  return new LibraryBrowse(runtime, errands, new SqliteDeviceBooks(store, file => isThere(file)));
}
