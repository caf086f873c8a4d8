import type { Connection } from "../core/connection";
import { concernsServer, type Failure } from "../core/failure";
import { type BookId, type ConnectionId, type EntryId, settle } from "../core/outbox";
import type { Job } from "../ports/workers";
import { part } from "../parts";
import { arrive } from "./arrive";
import type { DeliveryMessage, Parcel } from "./delivery-job";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";
import { visit } from "./visit";

/** Entries that one worker takes along: bounds its memory and its time. */
const BATCH = 50;

/** Who began a round, and what it needs of them. */
export interface Rounds {
  ended(connection: ConnectionId): void;
  retryLater(runtime: Runtime, connection: ConnectionId): void;
}

type Settled = DeliveryMessage & { readonly kind: "settled" };

/** One round to one connection, from its first batch to its last. */
export class Round {
  private sent = 0;
  /** The newest entry that was taken along: an entry is tried once in a round. */
  private last = 0 as EntryId;
  private failure: Failure | undefined;
  /** Books that the server turned out not to have. */
  private readonly missing = new LuaSet<BookId>();

  /** @param report a tap asked for it: say how it ended */
  constructor(
    private readonly rounds: Rounds,
    private readonly errands: Errands,
    private readonly connection: Connection,
    public report: boolean,
  ) {}

  sendBatch(runtime: Runtime): void {
    this.errands.add<DeliveryMessage>({
      prepare: () => this.prepare(runtime),
      onMessage: message => {
        this.act(runtime, message);
      },
      onEnd: failure => {
        this.failure ??= failure;
        if (failure === undefined) runtime.waiting().release(this.connection.id);
        else runtime.outbox.doubt();
        if (this.failure === undefined) runtime.health.succeeded(this.connection.id);
        if (this.failure === undefined) this.sendBatch(runtime);
        else this.finish(runtime);
      },
    });
  }

  private prepare(runtime: Runtime): Job<DeliveryMessage> | undefined {
    const parcels = this.collect(runtime);
    if (parcels.length === 0) {
      this.finish(runtime);
      return undefined;
    }
    const device = runtime.settings.deviceName();
    const open = visit(runtime, this.connection);
    return tell => {
      part("app/errand-work").deliver(open(), device, parcels, tell);
    };
  }

  private collect(runtime: Runtime): Parcel[] {
    const { clock, eras } = runtime;
    eras.observe({ epoch: clock.epoch(), monotonic: clock.monotonic() });
    const parcels: Parcel[] = [];
    for (const entry of runtime.waiting().take(this.connection.id, this.last, BATCH)) {
      this.last = entry.id;
      const facts = runtime.books.facts(entry.book);
      const link = runtime.links().link(entry.book, this.connection.id);
      const shift = entry.payload.kind === "session" ? runtime.eras.shiftFrom(entry.payload.session.era) : undefined;
      parcels.push({
        entry,
        ...(shift !== undefined ? { shift } : {}),
        ...(facts !== undefined ? { facts } : {}),
        ...(link !== undefined ? { link } : {}),
      });
    }
    return parcels;
  }

  private act(runtime: Runtime, message: DeliveryMessage): void {
    const connection = this.connection.id;
    switch (message.kind) {
      case "matched":
        runtime.links().saveLink(message.book, connection, message.match);
        break;
      case "gone":
        runtime.links().unlink(message.book, connection);
        break;
      case "written":
        runtime.links().wrote(message.book, connection, message.stamp);
        runtime.reading?.learn(message.book, connection, { fraction: message.at });
        break;
      case "moved":
        arrive(runtime, connection, message.book, message.position);
        break;
      case "unreachable":
        this.failure = message.failure;
        break;
      case "reached":
        runtime.health.reached(connection, message.address);
        break;
      case "settled":
        this.settled(runtime, message);
        break;
    }
  }

  private settled(runtime: Runtime, { entry, book, outcome }: Settled): void {
    const settlement = settle(outcome);
    if (outcome.kind === "unmatched") this.missed(runtime, book);
    switch (settlement.kind) {
      case "remove":
        this.sent += 1;
        runtime.waiting().remove(entry);
        break;
      case "stay":
        runtime.waiting().stay(entry, settlement.state, settlement.reason);
        break;
    }
    if (outcome.kind === "failed" && concernsServer(outcome.failure.reason)) this.failure = outcome.failure;
  }

  /** A book with many entries is missed once in a this. */
  private missed(runtime: Runtime, book: BookId): void {
    if (this.missing.has(book)) return;
    this.missing.add(book);
    runtime.links().missed(book, this.connection.id);
  }

  private note(runtime: Runtime): void {
    const { connection, sent, failure } = this;
    if (sent === 0 && failure === undefined) return;
    const entry = { at: runtime.clock.epoch(), connection: connection.id, sent };
    runtime.journal.note(failure === undefined ? entry : { ...entry, reason: failure.reason });
  }

  private finish(runtime: Runtime): void {
    const { connection, failure } = this;
    this.rounds.ended(connection.id);
    this.note(runtime);
    if (failure !== undefined) {
      serverFailed(runtime, connection, failure, this.report);
      this.rounds.retryLater(runtime, connection.id);
    }
    if (!this.report) return;
    if (failure !== undefined) return runtime.notices().failed(connection.name, failure.reason);
    const left = runtime.waiting().count(connection.id);
    runtime.notices().synced(this.sent, left.sessions + left.positions);
  }
}
