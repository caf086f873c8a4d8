import type { ListEntry, ListKey } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { nameOfList } from "../core/list-key";
import type { Result } from "../core/result";
import { finish, LibraryFolder, touch, usedAt } from "../koreader/library-folder";
import { LibraryNotes } from "../koreader/library-notes";
import { ListFile } from "../koreader/list-file";
import type { SeenList } from "../ports/browse";
import type { Clock } from "../ports/clock";

/** That a book has no cover is asked again after a week: somebody may have given it one. */
const NO_COVER_SECONDS = 7 * 86_400;

/** What was seen of one library, on this device. */
export class Library {
  readonly folder: LibraryFolder;
  readonly notes: LibraryNotes;

  constructor(
    readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    this.folder = new LibraryFolder(connection);
    this.notes = new LibraryNotes(this.folder, () => clock.epoch());
  }

  fileOf(list: ListKey): string {
    return this.folder.list(nameOfList(list));
  }

  /** The list as it was last fetched; a file that is damaged is thrown away. */
  seen(list: ListKey): SeenList | undefined {
    const path = this.fileOf(list);
    const opened = ListFile.open(path, nameOfList(list), () => {
      os.remove(path);
    });
    if (opened === undefined) {
      os.remove(path);
      return undefined;
    }
    touch(path, this.clock.epoch());
    return this.withMarks(opened);
  }

  /** A worker has written the list anew. */
  taken(list: ListKey): SeenList | undefined {
    return finish(this.fileOf(list)) ? this.seen(list) : undefined;
  }

  /** A cover that is here; `false` when it is known that there is none. */
  cover(remoteId: string): string | false | undefined {
    const file = this.folder.cover(remoteId);
    if (usedAt(file) !== undefined) {
      touch(file, this.clock.epoch());
      return file;
    }
    const missedAt = usedAt(this.folder.noCover(remoteId));
    const isFresh = missedAt !== undefined && math.abs(this.clock.epoch() - missedAt) < NO_COVER_SECONDS;
    return isFresh ? false : undefined;
  }

  /** Whether its server knows what it was asked for. */
  learn(what: ListKey["kind"] | "details", asked: Result<unknown, Failure>): void {
    if (asked.ok) this.notes.noteLacking(what, false);
    else if (asked.failure.reason === "unsupported") this.notes.noteLacking(what, true);
  }

  noteNoCover(remoteId: string): void {
    const path = this.folder.noCover(remoteId);
    const [file] = io.open(path, "wb");
    file?.close();
    touch(path, this.clock.epoch());
  }

  /** Lines with what the reader set since they were fetched. */
  private withMarks(list: ListFile): SeenList {
    const { count, fetchedAt, ignoredFilters } = list;
    return {
      count,
      fetchedAt,
      ignoredFilters,
      lines: (first, most) => list.lines(first, most).map(entry => this.marked(entry, list)),
    };
  }

  private marked(entry: ListEntry, { fetchedAt }: SeenList): ListEntry {
    if (entry.kind === "group") return entry;
    const state = this.notes.markSince(entry.book.remoteId, fetchedAt);
    return state === undefined ? entry : { kind: "book", book: { ...entry.book, state } };
  }
}
