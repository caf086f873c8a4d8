import type { BookDetails, CatalogueBook, ReadState } from "../core/catalogue";
import type { Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import { readDetails, writeDetails } from "../koreader/details-file";
import type { OnDevice } from "../ports/browse";
import type { DeviceBooks } from "../ports/device-books";
import type { Cancel } from "../ports/scheduler";
import type { Server } from "../ports/server";
import { type Done, type Libraries, OFFLINE } from "./libraries";
import type { Library } from "./library";

/** Within this time a book is not asked for again. */
const FRESH_SECONDS = 600;

/** What a library says of single books, and is told of them. */
export class LibraryBooks {
  constructor(
    private readonly libraries: Libraries,
    private readonly onThisDevice: DeviceBooks,
  ) {}

  details(id: ConnectionId, book: CatalogueBook, done: Done<BookDetails>): Cancel {
    const { libraries } = this;
    const { clock, network } = libraries.runtime;
    const library = libraries.of(id);
    if (library === undefined) return libraries.fail(done);
    const kept = readDetails(library.folder, book.remoteId);
    const isFresh = kept !== undefined && math.abs(clock.epoch() - kept.fetchedAt) < FRESH_SECONDS;
    if (isFresh || (kept !== undefined && !network.isConnected()))
      return libraries.later(() => done(success(kept.details)));
    if (!network.isConnected()) return libraries.fail(done, OFFLINE);
    if (library.notes.lacks("details")) return libraries.fail(done, { reason: "unsupported" });
    return this.askDetails(library, book, done);
  }

  private askDetails(library: Library, { remoteId }: CatalogueBook, done: Done<BookDetails>): Cancel {
    const ask = (server: Server): Result<BookDetails, Failure> =>
      server.catalogue?.details(remoteId) ?? failure({ reason: "unsupported" });
    return this.libraries.ask(library, ask, asked => {
      if (asked.ok) writeDetails(library.folder, asked.value, this.libraries.runtime.clock.epoch());
      library.learn("details", asked);
      done(asked);
    });
  }

  covers(id: ConnectionId, remoteIds: readonly string[], shown: (remoteId: string, file: string) => void): Cancel {
    const library = this.libraries.of(id);
    if (library === undefined) return () => {};
    const missing: string[] = [];
    for (const remoteId of remoteIds) {
      const file = library.cover(remoteId);
      if (file === undefined) missing.push(remoteId);
      else if (file !== false) shown(remoteId, file);
    }
    if (missing.length === 0 || this.libraries.obstacle(id) !== undefined) return () => {};
    return this.libraries.covering.fetch(library, missing, shown);
  }

  onDevice(id: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, OnDevice> {
    const found = new Map<string, OnDevice>();
    for (const [remoteId, file] of this.onThisDevice.files(id, remoteIds)) found.set(remoteId, { file });
    return found;
  }

  mark(id: ConnectionId, remoteId: string, state: ReadState, done: Done<true>): Cancel {
    const library = this.libraries.of(id);
    if (library === undefined) return this.libraries.fail(done);
    return this.libraries.ask(
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
}
