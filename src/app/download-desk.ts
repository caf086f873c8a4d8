import type { Connection } from "../core/connection";
import { discardPart, isWhole, movePart } from "../koreader/settle-file";
import { digestOf, isTaken } from "../koreader/files";
import type { DeviceBooks } from "../ports/device-books";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { ExistingChoice } from "../ports/downloads";
import { finish, isThereAlready } from "./download-arrival";
import type { DownloadPlaces } from "./download-places";
import type { Runtime } from "./runtime";

/** A book that is to be fetched, from where and to where. */
export interface DownloadPlan {
  readonly connection: Connection;
  readonly download: KeptDownload;
  readonly target: string;
}

/** Decides, before a book is fetched, whether it has to be, and what it is called. */
export class DownloadDesk {
  constructor(
    private readonly runtime: Runtime,
    private readonly store: DownloadStore,
    private readonly deviceBooks: DeviceBooks,
    private readonly places: DownloadPlaces,
  ) {}

  /** Nothing when there is nothing to fetch: it is here already, the reader is asked, or it cannot be. */
  plan(download: KeptDownload): DownloadPlan | undefined {
    const { id, book } = download;
    const connection = this.runtime.settings.connections().find(each => each.id === download.connection);
    // Its server was removed meanwhile.
    if (connection === undefined) return this.end(download, { state: "failed", reason: "cancelled" });
    const here = this.deviceBooks.files(connection.id, [book.remoteId]).get(book.remoteId);
    // What lies under its own name may be what it is to replace, when the power failed just before that.
    if (here !== undefined && here !== download.target) return void this.store.settle(id, "skipped", { target: here });
    const target = download.target ?? this.places.targetFor(download);
    if (target === undefined) return this.end(download, { state: "failed", reason: "disk" });
    if (isThereAlready(download, target)) return void this.store.settle(id, "done");
    if (!isTaken(target) || download.choice === "replace") {
      return this.finishes(download, target) ? undefined : { connection, download, target };
    }
    const there = this.bookAt(connection, target);
    if (there === book.remoteId) return void this.store.settle(id, "skipped", { target });
    return there === undefined ? this.end(download, { state: "asking", target }) : this.beside(connection, download);
  }

  answered(download: KeptDownload, choice: ExistingChoice): void {
    const { id, target } = download;
    switch (choice) {
      case "skip":
        if (target !== undefined) discardPart(target);
        // Its inbox is not told: the book did not arrive.
        return this.store.change(id, { state: "skipped", choice });
      case "replace":
        return this.store.change(id, { state: "waiting", choice });
      case "keep-both": {
        const another = this.places.anotherFor(download);
        this.store.change(id, { state: "waiting", choice, ...(another === undefined ? {} : { target: another }) });
        if (target !== undefined && (another === undefined || !movePart(target, another))) discardPart(target);
      }
    }
  }

  /** All of it was here before: its name was taken meanwhile, or the power failed. */
  private finishes(download: KeptDownload, target: string): boolean {
    const { digest, proof } = download;
    if (digest === undefined || !isWhole(target, digest, proof?.total)) return false;
    finish(this.runtime, this.store, { download, target, digest });
    return true;
  }

  /** Two books whose names come out the same: neither is in the way of the other. */
  private beside(connection: Connection, download: KeptDownload): DownloadPlan | undefined {
    const target = this.places.anotherFor(download);
    return target === undefined ? undefined : { connection, download, target };
  }

  /** Which of the server's books the file is, where that is certain. */
  private bookAt({ id }: Connection, target: string): string | undefined {
    const digest = digestOf(target);
    const book = digest === undefined ? undefined : this.runtime.books.find(digest);
    const link = book === undefined ? undefined : this.runtime.links().link(book, id);
    return link?.isConfirmed === true ? link.remoteId : undefined;
  }

  private end({ id }: KeptDownload, changes: Parameters<DownloadStore["change"]>[1]): undefined {
    this.store.change(id, changes);
    return undefined;
  }
}
