import type { CatalogueBook, RemoteFile } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { DownloadOrder } from "../core/download";
import type { Failure } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import type { DeviceBooks } from "../ports/device-books";
import type { DownloadStore } from "../ports/download-store";
import type { Downloads } from "../ports/downloads";
import type { InboxDesk, Offer, Taken } from "../ports/inbox";
import type { Cancel } from "../ports/scheduler";
import type { InboxItem } from "../ports/server";
import { sendReceipts } from "./inbox-receipts";
import { inquire } from "./inquiry";
import type { Runtime } from "./runtime";

const NO_INBOX: Failure = { reason: "unsupported", detail: "a server without an inbox" };

/** What the inbox works with. */
export interface InboxTools {
  readonly runtime: Runtime;
  readonly store: DownloadStore;
  readonly deviceBooks: DeviceBooks;
  readonly downloads: Downloads;
  /** Which of its files the reader wants of a book. */
  preferred(book: CatalogueBook): RemoteFile | undefined;
}

/** Offers what was sent to the reader's devices. */
export class LibraryInbox implements InboxDesk {
  private found: Offer[] = [];

  constructor(private readonly tools: InboxTools) {}

  offers(): Offer[] {
    const { runtime, store } = this.tools;
    const ids = runtime.settings.connections().map(({ id }) => id);
    return this.found.filter(
      ({ connection, item }) => ids.includes(connection.id) && !store.knowsItem(connection.id, item.itemId),
    );
  }

  look(done: (found: Result<Offer[], Failure>) => void): Cancel {
    const connections = this.tools.runtime.settings.connections();
    return this.lookInto(connections, result => {
      if (result.ok) this.found = result.value;
      done(result.ok ? success(this.offers()) : result);
    });
  }

  take(offers: readonly Offer[], done: (taken: Result<Taken, Failure>) => void): Cancel {
    const connections = this.tools.runtime.settings
      .connections()
      .filter(({ id }) => offers.some(({ connection }) => connection.id === id));
    return this.lookInto(connections, found => {
      if (!found.ok) return done(found);
      this.forget(offers);
      const isThere = (offer: Offer) => found.value.some(each => isSame(each, offer));
      const gone = offers.filter(offer => !isThere(offer));
      const there = offers.filter(offer => isThere(offer));
      const withoutFile = there.filter(({ item }) => this.fileOf(item) === undefined);
      done(success({ queued: this.order(there, true), gone, withoutFile }));
    });
  }

  fetchAnyway(offers: readonly Offer[]): number {
    return this.order(offers, false);
  }

  dismiss({ connection, item }: Offer): void {
    const { runtime, store } = this.tools;
    this.forget([{ connection, item }]);
    store.addReceipt({ connection: connection.id, item: item.itemId });
    sendReceipts(runtime, store);
  }

  /** What a look in the background found. */
  received(connection: Connection, items: readonly InboxItem[]): void {
    const others = this.found.filter(offer => offer.connection.id !== connection.id);
    this.found = others.concat(items.map(item => this.offerOf(connection, item)));
  }

  private forget(offers: readonly Offer[]): void {
    this.found = this.found.filter(each => !offers.some(offer => isSame(each, offer)));
  }

  private order(offers: readonly Offer[], isFromInbox: boolean): number {
    const orders: DownloadOrder[] = [];
    for (const { connection, item } of offers) {
      const file = this.fileOf(item);
      if (file === undefined) continue;
      const order = { connection: connection.id, book: item.book, file };
      orders.push(isFromInbox ? { ...order, inboxItem: item.itemId } : order);
    }
    return orders.length === 0 ? 0 : this.tools.downloads.add(orders);
  }

  /** What was meant; what the reader prefers where nothing was, or where that is gone. */
  private fileOf({ book, fileId }: InboxItem): RemoteFile | undefined {
    return book.files.find(file => file.fileId === fileId) ?? this.tools.preferred(book);
  }

  /** One server after another. */
  private lookInto(connections: readonly Connection[], done: (found: Result<Offer[], Failure>) => void): Cancel {
    let cancel: Cancel = () => {};
    const offers: Offer[] = [];
    let problem: Failure | undefined;
    let answers = 0;
    const next = (index: number): void => {
      const connection = connections[index];
      if (connection === undefined) {
        return done(problem === undefined || answers > 0 ? success(offers) : failure(problem));
      }
      cancel = this.ask(connection, found => {
        if (found.ok) {
          answers += 1;
          for (const item of found.value) offers.push(this.offerOf(connection, item));
        } else problem ??= found.failure;
        next(index + 1);
      });
    };
    next(0);
    return () => {
      cancel();
    };
  }

  private offerOf(connection: Connection, item: InboxItem): Offer {
    const { remoteId } = item.book;
    const here = this.tools.deviceBooks.files(connection.id, [remoteId]).get(remoteId);
    return here === undefined ? { connection, item } : { connection, item, here };
  }

  private ask(connection: Connection, done: (found: Result<InboxItem[], Failure>) => void): Cancel {
    return inquire(
      this.tools.runtime,
      this.tools.runtime.taps,
      connection,
      server => {
        const found = server.inbox?.items() ?? failure(NO_INBOX);
        // An empty list would travel as an empty object: it is wrapped.
        return found.ok ? success({ items: found.value }) : found;
      },
      result => {
        done(result.ok ? success(result.value.items) : result);
      },
    );
  }
}

const isSame = (one: Offer, other: Offer): boolean =>
  one.connection.id === other.connection.id && one.item.itemId === other.item.itemId;
